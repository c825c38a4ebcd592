package io.tasklane.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Durations and times as the databases count them. */
final class Micros {

    // Longer waits are never; the sum with any current time must stay within DATETIME.
    private static final Duration LONGEST = Duration.ofDays(365_000);

    private Micros() {}

    /** Whole microseconds, rounded up so that nothing starts too early; 0 for a negative duration. */
    static long of(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
        return bounded.getSeconds() * 1_000_000 + (bounded.getNano() + 999) / 1_000;
    }

    /** The time as whole microseconds since 1970; null for null. */
    static @Nullable Long sinceEpoch(@Nullable Instant time) {
        return time != null ? ChronoUnit.MICROS.between(Instant.EPOCH, time) : null;
    }

    /** The time after a wait. */
    static Instant after(Instant now, Duration wait) {
        return now.plus(of(wait), ChronoUnit.MICROS);
    }

    /** The time so long ago. */
    static Instant before(Instant now, Duration age) {
        return now.minus(of(age), ChronoUnit.MICROS);
    }
}
