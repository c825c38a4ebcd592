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
 * @param text text that the payload contains, case counts; looks at the newest {@value #TEXT_SEARCH_LIMIT} tasks that match the
 *     rest, by their ids
 */
public record TaskFilter(
        @Nullable String queue,
        Set<TaskState> states,
        @Nullable String task,
        @Nullable String text) {

    /** How many tasks a search for text looks at. */
    public static final int TEXT_SEARCH_LIMIT = 100_000;

    /** Any task. */
    public static final TaskFilter ANY = new TaskFilter(null, Set.of(), null, null);

    public TaskFilter {
        queue = anyIfEmpty(queue);
        task = anyIfEmpty(task);
        text = anyIfEmpty(text);
        states = Set.copyOf(states);
    }

    private static @Nullable String anyIfEmpty(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
