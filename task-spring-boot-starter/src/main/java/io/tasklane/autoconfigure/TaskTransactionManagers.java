package io.tasklane.autoconfigure;

import io.tasklane.annotation.TaskDefinitionCheck.Report;
import io.tasklane.handler.TaskDefinition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.TransactionManagementConfigurer;

/** Finds the transaction manager of the database of the tasks, in whose transactions tasks complete. */
class TaskTransactionManagers {

    private final ListableBeanFactory beanFactory;

    private final Predicate<PlatformTransactionManager> usable;

    /**
     * Creates it; looks at no bean yet.
     *
     * @param usable whether the transactions of a manager are those of the database of the tasks
     */
    TaskTransactionManagers(ListableBeanFactory beanFactory, Predicate<PlatformTransactionManager> usable) {
        this.beanFactory = beanFactory;
        this.usable = usable;
    }

    /** The one to use, null if there is none, or several without one to prefer. */
    @Nullable
    PlatformTransactionManager find() {
        Map<String, PlatformTransactionManager> found = usable();
        if (found.size() == 1) {
            return found.values().iterator().next();
        }
        PlatformTransactionManager preferred = this.beanFactory
                .getBeanProvider(PlatformTransactionManager.class)
                .getIfUnique();
        return preferred != null && found.containsValue(preferred) ? preferred : null;
    }

    /** Reports what keeps a task from completing in a transaction. */
    void check(TaskDefinition definition, Report report) {
        PlatformTransactionManager manager = find();
        if (manager == null) {
            report.problem(definition, missing(), "Define one for that data source, and mark one of several @Primary");
            return;
        }
        String asked = Objects.requireNonNull(definition.transaction()).manager();
        TransactionManager own = asked != null ? named(asked) : null;
        if (own != null && own != manager) {
            report.problem(
                    definition,
                    ("with completion = IN_TRANSACTION the body must run in the transaction in which the task completes,"
                                    + " of %s, but its @Transactional takes %s")
                            .formatted(manager.getClass().getSimpleName(), describe(own)),
                    "Remove @Transactional, as the worker opens a transaction round the method, or name that manager");
        }
    }

    private String missing() {
        List<String> all = List.of(this.beanFactory.getBeanNamesForType(PlatformTransactionManager.class, true, false));
        Map<String, PlatformTransactionManager> found = usable();
        return "with completion = IN_TRANSACTION the worker opens transactions on the data source of the tasks, but "
                + (found.isEmpty()
                        ? "no transaction manager is known to do that; there are: " + (all.isEmpty() ? "none" : all)
                        : "several transaction managers do that: " + found.keySet());
    }

    private Map<String, PlatformTransactionManager> usable() {
        Map<String, PlatformTransactionManager> found =
                new TreeMap<>(this.beanFactory.getBeansOfType(PlatformTransactionManager.class));
        found.values().removeIf(this.usable.negate());
        return found;
    }

    /** The manager that Spring takes for an annotation, null if it will complain by itself. */
    private @Nullable TransactionManager named(String qualifier) {
        if (qualifier.isEmpty()) {
            TransactionManagementConfigurer configurer = this.beanFactory
                    .getBeanProvider(TransactionManagementConfigurer.class)
                    .getIfUnique();
            return configurer != null
                    ? configurer.annotationDrivenTransactionManager()
                    : this.beanFactory.getBeanProvider(TransactionManager.class).getIfUnique();
        }
        try {
            return BeanFactoryAnnotationUtils.qualifiedBeanOfType(
                    this.beanFactory, TransactionManager.class, qualifier);
        } catch (NoSuchBeanDefinitionException ex) {
            return null;
        }
    }

    private String describe(TransactionManager manager) {
        return this.beanFactory.getBeansOfType(TransactionManager.class).entrySet().stream()
                .filter(bean -> bean.getValue() == manager)
                .map(bean -> "bean '%s'".formatted(bean.getKey()))
                .findFirst()
                .orElseGet(() -> manager.getClass().getName());
    }
}
