package io.tasklane;

import org.jspecify.annotations.Nullable;

/**
 * Where a task goes: what a {@link TaskRouter} decides. What is null is left to the annotation, the queue and the defaults.
 *
 * @param queue name of the queue, or null
 * @param priority priority inside the queue, higher first, or null
 * @since 0.1.0
 */
public record TaskRoute(@Nullable String queue, @Nullable Integer priority) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there can be no queue of this name, or no such priority
     */
    public TaskRoute {
        if (queue != null) {
            QueueSpec.requireValidName(queue);
        }
        if (priority != null) {
            QueueSetting.DEFAULT_PRIORITY.check(priority);
        }
    }

    /**
     * A route into a queue, where the task keeps its priority.
     *
     * @param queue name of an existing queue
     */
    public static TaskRoute to(String queue) {
        return new TaskRoute(queue, null);
    }

    /** The same route, with a priority inside the queue, higher first. */
    public TaskRoute priority(int value) {
        return new TaskRoute(this.queue, value);
    }
}
