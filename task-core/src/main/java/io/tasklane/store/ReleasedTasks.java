package io.tasklane.store;

import java.util.HashMap;
import java.util.Map;

/**
 * What became of BLOCKED tasks.
 *
 * @param tasks how many became QUEUED, by the name of their queue
 * @param more whether others may wait to be looked at
 * @since 0.1.0
 */
public record ReleasedTasks(Map<String, Integer> tasks, boolean more) {

    /** Nothing to do. */
    public static final ReleasedTasks NONE = new ReleasedTasks(Map.of(), false);

    public ReleasedTasks {
        tasks = Map.copyOf(tasks);
    }

    /** These and others. */
    public ReleasedTasks and(ReleasedTasks others) {
        Map<String, Integer> all = new HashMap<>(this.tasks);
        others.tasks.forEach((queue, count) -> all.merge(queue, count, Integer::sum));
        return new ReleasedTasks(all, this.more || others.more);
    }
}
