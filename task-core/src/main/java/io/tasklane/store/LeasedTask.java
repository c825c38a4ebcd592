package io.tasklane.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A claimed task, with all that is needed to run it.
 *
 * @param lease ownership
 * @param task name of the task, as stored
 * @param queue queue from which it was claimed
 * @param priority priority inside the queue
 * @param seq place among the tasks of its queue and priority: lower comes first
 * @param retries how often it may be tried again
 * @param retriesUsed how often it was
 * @param recoveries how often its worker died
 * @param payload arguments as text; null if they are large, and to be read with {@link TaskProgress#payload} when the task
 *     starts, so that no claim fills the memory
 * @param version version of the payload
 * @param headers trace headers and the like
 * @param readyAt since when it could be claimed, by the store's clock
 * @param claimedAt when it was claimed, by the store's clock
 * @param unreadableSince when a node first could not read its payload, or null
 * @param suspect whether it may have ended its worker, see {@link ClaimRequest}
 * @param keyed whether it has a key
 */
public record LeasedTask(
        TaskLease lease,
        String task,
        String queue,
        int priority,
        long seq,
        int retries,
        int retriesUsed,
        int recoveries,
        @Nullable String payload,
        int version,
        Map<String, String> headers,
        Instant readyAt,
        Instant claimedAt,
        @Nullable Instant unreadableSince,
        boolean suspect,
        boolean keyed) {

    /** A task without a key. */
    public LeasedTask(
            TaskLease lease,
            String task,
            String queue,
            int priority,
            long seq,
            int retries,
            int retriesUsed,
            int recoveries,
            @Nullable String payload,
            int version,
            Map<String, String> headers,
            Instant readyAt,
            Instant claimedAt,
            @Nullable Instant unreadableSince,
            boolean suspect) {
        this(
                lease,
                task,
                queue,
                priority,
                seq,
                retries,
                retriesUsed,
                recoveries,
                payload,
                version,
                headers,
                readyAt,
                claimedAt,
                unreadableSince,
                suspect,
                false);
    }

    /**
     * What is written of one attempt.
     *
     * @param startedAt when the body started, on the store's clock; null if it never started
     * @param finishedAt when the body ended, on the store's clock; null if it never started
     * @param outcome what came of it
     */
    public TaskCompletion completion(@Nullable Instant startedAt, @Nullable Instant finishedAt, TaskOutcome outcome) {
        return new TaskCompletion(this.lease, startedAt, finishedAt, outcome, this.keyed);
    }
}
