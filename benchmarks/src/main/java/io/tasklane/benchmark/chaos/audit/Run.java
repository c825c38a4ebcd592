package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.fault.FaultWindow;
import io.tasklane.benchmark.chaos.worker.TaskKind;
import java.util.concurrent.TimeUnit;

/**
 * One run of the body of a task, as the ledger has it.
 *
 * @param id id of the run
 * @param number number of the task
 * @param kind its kind
 * @param process name of the process
 * @param node number of its place
 * @param millis how long it was to work
 * @param attempt number of the attempt
 * @param recoveries recoveries of the task so far
 * @param worker id of the worker by the task's row, 0 if that was no longer there
 * @param seq place of the task in its queue, 0 if unknown
 * @param claimedMicros when it was claimed, in microseconds since 1970, 0 if unknown
 * @param startNanos when the body began, on the monotonic clock of the machine
 * @param endNanos when it had done its work, 0 if it never had
 */
record Run(
        String id,
        long number,
        TaskKind kind,
        String process,
        int node,
        int millis,
        int attempt,
        int recoveries,
        long worker,
        long seq,
        long claimedMicros,
        long startNanos,
        long endNanos) {

    /** Time after the end of a body within which its completion is written when nothing happens. */
    private static final long WRITTEN_WITHIN = TimeUnit.SECONDS.toNanos(3);

    boolean hasEnded() {
        return this.endNanos != 0;
    }

    /** When it ended, or would have. */
    private long lastNanos() {
        return hasEnded() ? this.endNanos : this.startNanos + TimeUnit.MILLISECONDS.toNanos(this.millis);
    }

    /** Whether its body ran when the fault began. */
    boolean runsAtBeginOf(FaultWindow fault) {
        long begin = fault.begin().nanos();
        return fault.nodes().contains(this.node) && this.startNanos - begin <= 0 && lastNanos() - begin >= 0;
    }

    /** Whether it was claimed, ran, or its completion was on its way, while a fault was at work on its node. */
    boolean isInFlightAt(FaultWindow fault) {
        // A claim that was gone when the body began was made before the fault that took it away.
        long first = this.claimedMicros != 0 ? this.startNanos : this.startNanos - WRITTEN_WITHIN;
        return fault.meets(this.node, first, lastNanos() + WRITTEN_WITHIN);
    }

    boolean isLaterThan(Run other) {
        return this.attempt > other.attempt || (this.attempt == other.attempt && this.recoveries > other.recoveries);
    }
}
