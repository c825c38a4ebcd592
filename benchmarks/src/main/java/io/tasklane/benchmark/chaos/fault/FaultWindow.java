package io.tasklane.benchmark.chaos.fault;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * When a fault was at work, and on whom.
 *
 * @param fault name of the fault
 * @param nodes numbers of the nodes that it met
 * @param begin when it began
 * @param end when it was over, by itself or because it was taken back
 * @param silences whether the nodes were silent from the beginning for so long that others had to take over
 * @param resumed how long it took until all nodes ran tasks again
 */
public record FaultWindow(
        String fault, Set<Integer> nodes, Moment begin, Moment end, boolean silences, Duration resumed) {

    public FaultWindow {
        nodes = Set.copyOf(nodes);
    }

    /** Whether it was at work on a node at some time between these two, in nanoseconds. */
    public boolean meets(int node, long fromNanos, long toNanos) {
        return this.nodes.contains(node) && this.begin.nanos() - toNanos <= 0 && this.end.nanos() - fromNanos >= 0;
    }

    /** Whether it was at work for at least so long. */
    public boolean lasts(Duration time) {
        return this.end.nanos() - this.begin.nanos() >= time.toNanos();
    }

    /**
     * A moment on two clocks.
     *
     * @param nanos monotonic time of the machine, the same in all its processes
     * @param micros microseconds since 1970
     */
    public record Moment(long nanos, long micros) {

        /** Returns this moment. */
        public static Moment now() {
            return new Moment(System.nanoTime(), ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        }
    }
}
