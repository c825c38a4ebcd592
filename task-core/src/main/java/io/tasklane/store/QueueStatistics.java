package io.tasklane.store;

import io.tasklane.TaskState;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in one queue.
 *
 * @param queue name of the queue
 * @param tasks number of tasks by state; every state has an entry, in the order of the enum
 * @param oldestAge how long the oldest task in QUEUED has been claimable, null if there is none
 * @param consumers number of live workers that consume the queue
 */
public record QueueStatistics(
        String queue, Map<TaskState, Long> tasks, @Nullable Duration oldestAge, int consumers) {

    /** Number of tasks in this state. */
    public long count(TaskState state) {
        return this.tasks.getOrDefault(state, 0L);
    }
}
