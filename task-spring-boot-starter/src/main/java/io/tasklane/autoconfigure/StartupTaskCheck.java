package io.tasklane.autoconfigure;

import io.tasklane.TaskException;
import io.tasklane.annotation.TaskDefinitionCheck;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskParameter;
import io.tasklane.serializer.PayloadUpgrades;
import io.tasklane.serializer.TaskSerializer;
import io.tasklane.store.TaskRateLimits.DeclaredRateLimit;
import io.tasklane.store.TaskStore;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Checks at start-up that there is a store for the tasks of this application, that their queues exist, that their arguments
 * can be read back, that older ones can be brought up to date as far as that is meant, and that those complete in a transaction
 * that are to; and makes their names known to the store, so that the first call of each needs no connection
 * but the caller's.
 */
class StartupTaskCheck implements TaskDefinitionCheck {

    private static final String PASS_DATA =
            "Pass data: values, records, collections, or the id of what the task shall load";

    private static final String UPGRADE_STEP_BY_STEP = "Have one PayloadUpgrader for each version from the oldest that"
            + " may still be stored to the one before @Task(version = ...)";

    private static final Log logger = LogFactory.getLog(StartupTaskCheck.class);

    private final ListableBeanFactory beanFactory;

    private final ObjectProvider<UsedQueues> queues;

    private final ObjectProvider<TaskTransactionManagers> transactions;

    private final ObjectProvider<TaskSerializer> serializer;

    private final PayloadUpgrades upgrades;

    StartupTaskCheck(
            ListableBeanFactory beanFactory,
            ObjectProvider<UsedQueues> queues,
            ObjectProvider<TaskTransactionManagers> transactions,
            ObjectProvider<TaskSerializer> serializer,
            PayloadUpgrades upgrades) {
        this.beanFactory = beanFactory;
        this.queues = queues;
        this.transactions = transactions;
        this.serializer = serializer;
        this.upgrades = upgrades;
    }

    @Override
    public void check(Collection<TaskDefinition> definitions, Report report) {
        if (definitions.isEmpty()) {
            return;
        }
        requireStore(definitions);
        TaskSerializer payloads = requireSerializer(definitions);
        UsedQueues used = this.queues.getObject();
        for (TaskDefinition definition : definitions) {
            String queue = definition.queue();
            if (!used.exists(queue)) {
                report.problem(definition, "there is no queue '%s'".formatted(queue), used.remedy(queue));
            }
            checkTypes(definition, payloads, report);
            this.upgrades.check(definition, problem -> report.problem(definition, problem, UPGRADE_STEP_BY_STEP));
            // An application without workers completes no task.
            if (definition.transaction() != null) {
                this.transactions.ifAvailable(managers -> managers.check(definition, report));
            }
        }
        this.upgrades
                .without(definitions)
                .forEach(step -> logger.warn(
                        "%s is of no use: this application has no task '%s'; correct its name, or remove the bean"
                                .formatted(step, step.task())));
        TaskStore store = this.beanFactory.getBean(TaskStore.class);
        store.intern(definitions.stream().map(TaskDefinition::name).toList());
        limit(store, definitions);
    }

    private void limit(TaskStore store, Collection<TaskDefinition> definitions) {
        List<DeclaredRateLimit> limits = definitions.stream()
                .map(definition -> new DeclaredRateLimit(definition.name(), definition.rateLimit()))
                .toList();
        String application = this.beanFactory.getBean(TasklaneSettings.class).application();
        Set<String> changed = store.applyRateLimits(application, limits);
        if (!changed.isEmpty()) {
            logger.info("Rate limits of the tasks %s are as @Task or tasklane.tasks says"
                    .formatted(new TreeSet<>(changed)));
        }
    }

    private void requireStore(Collection<TaskDefinition> definitions) {
        if (this.beanFactory.getBeanNamesForType(TaskStore.class, true, false).length == 0) {
            throw new NoTaskStoreException(
                    sources(definitions), List.of(this.beanFactory.getBeanNamesForType(DataSource.class, true, false)));
        }
    }

    private TaskSerializer requireSerializer(Collection<TaskDefinition> definitions) {
        TaskSerializer found = this.serializer.getIfAvailable();
        if (found == null) {
            throw new TaskException(("Nothing writes the arguments of the tasks %s: there is no TaskSerializer. Add"
                            + " spring-boot-starter-jackson, or define a bean of type TaskSerializer")
                    .formatted(sources(definitions)));
        }
        return found;
    }

    private static void checkTypes(TaskDefinition definition, TaskSerializer payloads, Report report) {
        for (TaskParameter parameter : definition.parameters()) {
            String problem = parameter.injected() ? null : payloads.problem(parameter.type());
            if (problem != null) {
                report.problem(definition, "parameter '%s': %s".formatted(parameter.name(), problem), PASS_DATA);
            }
        }
        Type resultType = definition.resultType();
        String problem = resultType != null ? payloads.problem(resultType) : null;
        if (problem != null) {
            report.problem(definition, "its result: " + problem, "Return data");
        }
    }

    private static List<String> sources(Collection<TaskDefinition> definitions) {
        return definitions.stream().map(TaskDefinition::source).sorted().toList();
    }
}
