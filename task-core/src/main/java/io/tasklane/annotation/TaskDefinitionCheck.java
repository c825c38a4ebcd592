package io.tasklane.annotation;

import io.tasklane.handler.TaskDefinition;
import java.util.Collection;

/** A further look at all task definitions at start-up, such as whether their queues exist. */
@FunctionalInterface
public interface TaskDefinitionCheck {

    /**
     * Checks the definitions. What is reported ends up in the one report of all problems.
     *
     * @param definitions all definitions that are valid so far
     * @param report takes what is wrong
     */
    void check(Collection<TaskDefinition> definitions, Report report);

    /** Takes what is wrong. */
    @FunctionalInterface
    interface Report {

        /**
         * Adds a problem.
         *
         * @param definition the task
         * @param problem what is wrong, without a full stop
         * @param action what to do, without a full stop
         */
        void problem(TaskDefinition definition, String problem, String action);
    }
}
