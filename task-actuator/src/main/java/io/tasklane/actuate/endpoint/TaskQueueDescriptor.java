package io.tasklane.actuate.endpoint;

import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One queue as the endpoint shows it.
 *
 * @param state whether workers claim from it
 * @param pausedUntil when its pause ends by itself; null without a pause, and for one without an end
 * @param settings what applies to its tasks on this node
 * @param tasks number of tasks by state
 * @param oldestAge how long the oldest task that could be claimed has been waiting, in seconds; null if there is none
 * @param consumers number of live workers that consume it
 */
public record TaskQueueDescriptor(
        TaskQueue.State state,
        @Nullable Instant pausedUntil,
        QueueSettingsDescriptor settings,
        Map<TaskState, Long> tasks,
        @Nullable Double oldestAge,
        int consumers) {

    static TaskQueueDescriptor of(TaskQueue queue, QueueSettingsDescriptor settings, QueueStatistics statistics) {
        Double oldestAge =
                statistics.oldestAge() != null ? statistics.oldestAge().toMillis() / 1000.0 : null;
        return new TaskQueueDescriptor(
                queue.state(), queue.pausedUntil(), settings, statistics.tasks(), oldestAge, statistics.consumers());
    }
}
