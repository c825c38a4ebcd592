package io.tasklane.actuate.endpoint;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.convert.DurationStyle;

/** Durations as one writes them in a configuration file: what is shown can be copied back. */
final class ConfiguredDuration {

    private static final Duration LEAST_IN_MINUTES = Duration.ofMinutes(2);

    private ConfiguredDuration() {}

    /** Returns the duration in its largest unit without a remainder; a single minute stays {@code 60s}. */
    static String format(Duration duration) {
        return DurationStyle.SIMPLE.print(duration, unit(duration));
    }

    private static ChronoUnit unit(Duration duration) {
        if (duration.toNanosPart() % 1_000 != 0) {
            return ChronoUnit.NANOS;
        }
        if (duration.toNanosPart() % 1_000_000 != 0) {
            return ChronoUnit.MICROS;
        }
        if (duration.toNanosPart() != 0) {
            return ChronoUnit.MILLIS;
        }
        if (duration.toSecondsPart() != 0 || duration.abs().compareTo(LEAST_IN_MINUTES) < 0) {
            return ChronoUnit.SECONDS;
        }
        return duration.toMinutesPart() != 0 ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
    }
}
