package io.tasklane.annotation;

import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandlerRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Registers the task methods of all beans once the singletons exist, before anything is claimed. Refuses to start with
 * all problems in one report.
 */
public final class TaskMethodRegistrar implements SmartInitializingSingleton {

    private static final Log logger = LogFactory.getLog(TaskMethodRegistrar.class);

    private final ConfigurableListableBeanFactory beanFactory;

    private final AnnotationTaskDefinitionSource definitions;

    private final TaskHandlerRegistry handlers;

    private final TaskDefinitionCheck check;

    /**
     * Creates a registrar.
     *
     * @param beanFactory where the beans are
     * @param definitions reads their methods
     * @param handlers takes what is found
     * @param check looks at all definitions before they are registered
     */
    public TaskMethodRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            AnnotationTaskDefinitionSource definitions,
            TaskHandlerRegistry handlers,
            TaskDefinitionCheck check) {
        this.beanFactory = beanFactory;
        this.definitions = definitions;
        this.handlers = handlers;
        this.check = check;
    }

    /**
     * Finds, checks and registers the task methods.
     *
     * @throws InvalidTaskMethodsException if there is any problem; nothing is registered then
     */
    @Override
    public void afterSingletonsInstantiated() {
        List<TaskBean> tasks = new TaskBeanFinder(this.beanFactory, this.definitions).find();
        List<TaskMethodProblem> problems = new ArrayList<>(new TaskBeanRules(this.beanFactory).check(tasks));
        checkFurther(tasks, problems);
        if (!problems.isEmpty()) {
            throw new InvalidTaskMethodsException(problems);
        }
        for (TaskBean task : tasks) {
            TaskDefinition definition = task.examination().definition();
            this.handlers.register(
                    definition,
                    new MethodTaskHandler(
                            definition,
                            this.beanFactory,
                            task.name(),
                            task.examination().method()));
            for (String warning : task.examination().findings().warnings()) {
                logger.warn(task.where() + ": " + warning);
            }
        }
    }

    private void checkFurther(List<TaskBean> tasks, List<TaskMethodProblem> problems) {
        Map<TaskDefinition, TaskBean> valid = new LinkedHashMap<>();
        for (TaskBean task : tasks) {
            if (task.examination().findings().isEmpty()) {
                valid.putIfAbsent(task.examination().definition(), task);
            }
        }
        this.check.check(List.copyOf(valid.keySet()), (definition, problem, action) -> {
            TaskBean task = valid.get(definition);
            if (task == null) {
                throw new IllegalArgumentException("Not one of the definitions to check: " + definition.source());
            }
            problems.add(task.problem(problem, action));
        });
    }
}
