package io.tasklane.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times within what every database can hold: what is later than that is never, what is earlier is long past. */
final class StorableTimes {

    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private static final Duration LONGEST = Duration.ofDays(365_000);

    private StorableTimes() {}

    static @Nullable Instant bounded(@Nullable Instant instant) {
        if (instant == null) {
            return null;
        }
        return instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant;
    }

    static Duration boundedWait(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
