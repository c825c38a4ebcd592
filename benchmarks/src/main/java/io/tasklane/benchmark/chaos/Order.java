package io.tasklane.benchmark.chaos;

import io.tasklane.benchmark.chaos.worker.TaskKind;
import java.time.Duration;

/**
 * What a producer knows of one task: an order and the task that belongs to it, written in one transaction.
 *
 * @param number number of order and task
 * @param kind what was enqueued
 * @param priority its priority
 * @param delay earliest start after the enqueue
 * @param fate what became of the transaction
 * @param commitNanos monotonic time before the commit
 * @param knownMicros when the producer knew of the end, in microseconds since 1970
 */
public record Order(
        long number, TaskKind kind, int priority, Duration delay, Fate fate, long commitNanos, long knownMicros) {

    /** What became of a transaction. */
    public enum Fate {
        /** The commit has returned. */
        COMMITTED,
        /** It was rolled back on purpose. */
        ROLLED_BACK,
        /** It failed, or the answer to its commit was lost: whether the order exists, the database knows. */
        UNKNOWN
    }
}
