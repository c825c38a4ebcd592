package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.worker.TaskKind;
import org.jspecify.annotations.Nullable;

/**
 * A task as Tasklane has it in the end.
 *
 * @param id its id
 * @param number its number
 * @param kind its kind
 * @param state its state
 * @param retriesUsed retries that were used
 * @param recoveries how often its worker died
 * @param worker id of the worker that ended it
 * @param run id of the run whose result was accepted, null without one
 * @param createdMicros when it was inserted, in microseconds since 1970
 * @param attempted whether an attempt of it did not succeed
 */
record StoredTask(
        long id,
        long number,
        TaskKind kind,
        String state,
        int retriesUsed,
        int recoveries,
        long worker,
        @Nullable String run,
        long createdMicros,
        boolean attempted) {

    boolean hasSucceeded() {
        return this.state.equals("SUCCEEDED");
    }

    /** Number of the task that enqueued it, if it is a child. */
    long parent() {
        return -this.number;
    }

    /** Whether it may start only once, and ended because nobody knew how far it had come. */
    boolean mayHaveRun() {
        return this.kind == TaskKind.ONCE && this.state.equals("FAILED");
    }
}
