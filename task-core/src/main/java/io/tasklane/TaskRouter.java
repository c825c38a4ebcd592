package io.tasklane;

import java.util.Optional;

/**
 * Decides at each enqueue where a task goes, where neither the call nor {@code tasklane.tasks} nor {@code tasklane.routes}
 * says so; its answer wins over the annotation. Beans of this type are asked in their order, until one answers. They are asked
 * on the caller's thread, within its transaction, at each enqueue: they have to be quick. What one throws goes to the caller,
 * and nothing is enqueued.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TaskRouter {

    /**
     * Decides where a task goes.
     *
     * @param request name and arguments of the task, and what the call says about it
     * @return the route into an existing queue, empty to leave the decision to the next one
     */
    Optional<TaskRoute> route(TaskRequest request);
}
