package io.tasklane.store;

import io.tasklane.TaskAttempt;
import io.tasklane.TaskDetails;
import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as stored.
 *
 * @param id its id
 * @param task name of the task
 * @param queue queue in which it is
 * @param state where it is in its life
 * @param priority priority inside its queue
 * @param retries how often it may be tried again
 * @param retriesUsed how often it was
 * @param recoveries how often its worker died
 * @param payload arguments as text
 * @param version version of the payload
 * @param createdAt when it was inserted
 * @param runAt when it becomes due; only in SCHEDULED
 * @param worker id of the worker that runs or ran it last; only in RUNNING and the end states
 * @param claimedAt when it was claimed; only in RUNNING
 * @param cancelledAt when it was cancelled while it runs; only in RUNNING
 * @param startedAt when its last attempt started; only in the end states
 * @param finishedAt when it ended; only in the end states
 * @param result result as text, null without one
 * @param error error of the last attempt that failed, null without one
 */
public record StoredTask(
        TaskId id,
        String task,
        String queue,
        TaskState state,
        int priority,
        int retries,
        int retriesUsed,
        int recoveries,
        String payload,
        int version,
        Instant createdAt,
        @Nullable Instant runAt,
        @Nullable Long worker,
        @Nullable Instant claimedAt,
        @Nullable Instant cancelledAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String result,
        @Nullable TaskError error) {

    /** What operators see of it, with its attempts. */
    public TaskDetails details(List<TaskAttempt> attempts) {
        return new TaskDetails(
                this.id,
                this.task,
                this.queue,
                this.state,
                this.priority,
                this.retries,
                this.retriesUsed,
                this.recoveries,
                this.payload,
                this.createdAt,
                this.runAt,
                this.claimedAt,
                this.cancelledAt,
                this.startedAt,
                this.finishedAt,
                this.result,
                this.error,
                attempts);
    }
}
