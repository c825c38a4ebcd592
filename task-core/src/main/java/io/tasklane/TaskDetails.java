package io.tasklane;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as an operator sees it. Times are those of the database's clock.
 *
 * @param id its id
 * @param task its name
 * @param queue queue in which it is
 * @param state where it is in its life
 * @param priority priority inside its queue, higher first
 * @param retries how often it may be tried again
 * @param retriesUsed how often it was, since it was enqueued or last retried by hand
 * @param recoveries how often its worker died since then
 * @param payload its arguments as text
 * @param createdAt when it was enqueued
 * @param runAt when it becomes due; only in SCHEDULED
 * @param claimedAt when it was claimed; only in RUNNING
 * @param cancelledAt when it was cancelled while it runs; only in RUNNING
 * @param startedAt when its last attempt started; only in the end states, null if it never did
 * @param finishedAt when it ended; only in the end states
 * @param result its result as text, null without one
 * @param error error of its last attempt that failed, null without one
 * @param attempts its attempts that did not succeed, the first one first
 * @since 0.1.0
 */
public record TaskDetails(
        TaskId id,
        String task,
        String queue,
        TaskState state,
        int priority,
        int retries,
        int retriesUsed,
        int recoveries,
        String payload,
        Instant createdAt,
        @Nullable Instant runAt,
        @Nullable Instant claimedAt,
        @Nullable Instant cancelledAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String result,
        @Nullable TaskError error,
        List<TaskAttempt> attempts) {

    public TaskDetails {
        attempts = List.copyOf(attempts);
    }
}
