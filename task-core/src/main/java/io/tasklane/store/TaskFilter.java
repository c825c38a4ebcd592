package io.tasklane.store;

import io.tasklane.TaskState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to find. Null and empty mean any.
 *
 * @param queue name of the queue
 * @param states states
 * @param task name of the task
 * @param text text that the payload contains; looks at the newest 100,000 tasks that match the rest
 */
public record TaskFilter(
        @Nullable String queue,
        Set<TaskState> states,
        @Nullable String task,
        @Nullable String text) {

    /** Any task. */
    public static final TaskFilter ANY = new TaskFilter(null, Set.of(), null, null);

    public TaskFilter {
        states = Set.copyOf(states);
    }
}
