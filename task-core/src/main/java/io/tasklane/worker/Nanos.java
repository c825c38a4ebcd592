package io.tasklane.worker;

import java.time.Duration;

/** Durations as nanoseconds. */
final class Nanos {

    /** About 73 years: can be added to a clock reading without overflow. */
    static final long FOREVER = Long.MAX_VALUE / 4;

    private Nanos() {}

    /** At most {@link #FOREVER}. */
    static long of(Duration duration) {
        return duration.getSeconds() >= FOREVER / 1_000_000_000 ? FOREVER : duration.toNanos();
    }
}
