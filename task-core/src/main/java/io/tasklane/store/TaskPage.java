package io.tasklane.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of tasks.
 *
 * @param tasks the tasks; their error is not filled in
 * @param next cursor of the next page, null on the last one
 * @param limited whether the text search stopped at its limit, so that older tasks may match too
 */
public record TaskPage(List<StoredTask> tasks, @Nullable String next, boolean limited) {

    public TaskPage {
        tasks = List.copyOf(tasks);
    }
}
