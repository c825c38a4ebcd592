package io.tasklane.annotation;

import io.tasklane.handler.TaskDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What must hold between the task methods of an application, and between a method and its bean. */
final class TaskBeanRules {

    private final ConfigurableListableBeanFactory beanFactory;

    TaskBeanRules(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    List<TaskMethodProblem> check(List<TaskBean> tasks) {
        List<TaskMethodProblem> problems = new ArrayList<>();
        tasks.forEach(task -> problems.addAll(task.examination().findings().problems(task.name())));
        checkNames(tasks, problems);
        tasks.forEach(task -> checkProxy(task, problems));
        return problems;
    }

    private static void checkNames(List<TaskBean> tasks, List<TaskMethodProblem> problems) {
        Map<String, List<TaskBean>> byName = new LinkedHashMap<>();
        for (TaskBean task : tasks) {
            names(task.examination().definition())
                    .forEach(name -> byName.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(task));
        }
        Map<TaskBean, TaskBean> reported = new HashMap<>();
        byName.forEach((name, sharing) -> {
            TaskBean first = sharing.get(0);
            for (TaskBean other : sharing.subList(1, sharing.size())) {
                if (reported.put(other, first) != first) {
                    problems.add(conflict(name, first, other));
                }
            }
        });
    }

    private static TaskMethodProblem conflict(String name, TaskBean first, TaskBean other) {
        if (first.examination().equals(other.examination())) {
            return other.problem(
                    "%s has the same method, so that nobody could say which bean runs a stored task '%s'"
                            .formatted(first.where(), name),
                    "Keep one bean, or give each one a subclass of its own: its simple name then names the tasks");
        }
        return other.problem(
                "the task name '%s' is also used by %s".formatted(name, first.where()),
                "Give one of them another @Task(name = ...)");
    }

    private static Set<String> names(TaskDefinition definition) {
        Set<String> names = new LinkedHashSet<>();
        names.add(definition.name());
        names.addAll(definition.aliases());
        return names;
    }

    /** A bean that exists already must be proxied, and the method must be callable on the proxy. */
    private void checkProxy(TaskBean task, List<TaskMethodProblem> problems) {
        TaskMethodExamination examination = task.examination();
        Object bean = this.beanFactory.getSingleton(task.name());
        if (!examination.findings().isEmpty() || bean == null || bean instanceof FactoryBean) {
            return;
        }
        if (!AopUtils.isAopProxy(bean)) {
            problems.add(task.problem(
                    "the bean is not proxied, so that a call would run the body at once instead of enqueueing it",
                    "Let Spring create the bean, and no post-processor depend on it: what is created before all"
                            + " post-processors are in place is proxied by none"));
            return;
        }
        try {
            AopUtils.selectInvocableMethod(examination.method(), bean.getClass());
        } catch (IllegalStateException ex) {
            problems.add(task.problem(
                    "the bean's proxy has only the methods of its interfaces",
                    "Declare the method in an interface of the class, or proxy classes"
                            + " (spring.aop.proxy-target-class=true)"));
        }
    }
}
