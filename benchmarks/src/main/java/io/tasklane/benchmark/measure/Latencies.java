package io.tasklane.benchmark.measure;

import java.util.Arrays;

/** Times in milliseconds, and their percentiles. */
public final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private final double[] sorted;

    /** Takes times in nanoseconds; a start seen before its commit was reported counts as no time at all. */
    public Latencies(long[] nanos) {
        this.sorted = Arrays.stream(nanos)
                .mapToDouble(time -> Math.max(0, time) / NANOS_PER_MILLI)
                .sorted()
                .toArray();
    }

    /** Returns the time that this share of all does not exceed. */
    public double percentile(double share) {
        return this.sorted[(int) Math.ceil(share * this.sorted.length) - 1];
    }

    /** Returns the longest time. */
    public double max() {
        return this.sorted[this.sorted.length - 1];
    }
}
