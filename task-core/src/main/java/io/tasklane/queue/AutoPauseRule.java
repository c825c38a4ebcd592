package io.tasklane.queue;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a queue is paused for its failures, and for how long.
 *
 * @param inRow how many attempts have to fail one after the other, null to leave that out
 * @param rate which share of the last attempts has to fail, null to leave that out
 * @param attempts how many attempts the share is of; before there are as many nothing is decided by it
 * @param duration how long the pause is
 */
public record AutoPauseRule(
        @Nullable Integer inRow, @Nullable Double rate, int attempts, Duration duration) {

    private static final int DEFAULT_ATTEMPTS = 20;

    private static final Duration DEFAULT_DURATION = Duration.ofMinutes(1);

    /** Returns the rule of a queue, null if it has none. */
    public static @Nullable AutoPauseRule of(QueueSettings settings) {
        Integer inRow = settings.get(QueueSetting.AUTO_PAUSE_FAILURES);
        Double rate = settings.get(QueueSetting.AUTO_PAUSE_RATE);
        if (inRow == null && rate == null) {
            return null;
        }
        return new AutoPauseRule(
                inRow,
                rate,
                Objects.requireNonNullElse(settings.get(QueueSetting.AUTO_PAUSE_ATTEMPTS), DEFAULT_ATTEMPTS),
                Objects.requireNonNullElse(settings.get(QueueSetting.AUTO_PAUSE_DURATION), DEFAULT_DURATION));
    }
}
