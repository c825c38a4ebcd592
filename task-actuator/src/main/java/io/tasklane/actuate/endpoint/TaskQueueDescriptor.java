package io.tasklane.actuate.endpoint;

import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One queue as the endpoint shows it.
 *
 * @param state whether workers claim from it
 * @param settings what applies to its tasks on this node
 * @param tasks number of tasks by state
 * @param oldestAge how long the oldest task that could be claimed has been waiting, in seconds; null if there is none
 * @param consumers number of live workers that consume it
 */
public record TaskQueueDescriptor(
        TaskQueue.State state,
        QueueSettingsDescriptor settings,
        Map<TaskState, Long> tasks,
        @Nullable Double oldestAge,
        int consumers) {

    static TaskQueueDescriptor of(TaskQueue.State state, QueueSettingsDescriptor settings, QueueStatistics statistics) {
        Double oldestAge =
                statistics.oldestAge() != null ? statistics.oldestAge().toMillis() / 1000.0 : null;
        return new TaskQueueDescriptor(state, settings, statistics.tasks(), oldestAge, statistics.consumers());
    }
}
