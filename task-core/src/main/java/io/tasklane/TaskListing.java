package io.tasklane;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of tasks.
 *
 * @param tasks the tasks; attempts and errors are not filled in
 * @param next where the next page starts, to be passed back as it is; null on the last page
 * @since 0.1.0
 */
public record TaskListing(List<TaskDetails> tasks, @Nullable String next) {

    public TaskListing {
        tasks = List.copyOf(tasks);
    }
}
