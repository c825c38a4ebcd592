package io.tasklane;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks all nodes together may start in a time: a bucket that fills evenly and holds at most {@code burst}. No interval
 * sees more than {@code limit + burst} of them.
 *
 * @param limit most tasks in an interval; 0 starts none
 * @param interval the interval
 * @param burst how many may start at once after a time without any, at least 1
 */
public record RateLimit(int limit, Duration interval, int burst) {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    /**
     * Checks the values.
     *
     * @throws InvalidQueueSettingException if one of them cannot work
     */
    public RateLimit {
        QueueSetting.RATE_LIMIT.check(limit);
        QueueSetting.RATE_INTERVAL.check(interval);
        QueueSetting.RATE_BURST.check(burst);
    }

    /**
     * Returns what is set for a queue: an interval of one second and a burst of a tenth of the limit, at least 1, where it sets
     * none.
     *
     * @return null if the queue has no limit
     */
    public static @Nullable RateLimit of(QueueSettings settings) {
        Integer limit = settings.get(QueueSetting.RATE_LIMIT);
        if (limit == null) {
            return null;
        }
        return new RateLimit(
                limit,
                Objects.requireNonNullElse(settings.get(QueueSetting.RATE_INTERVAL), DEFAULT_INTERVAL),
                Objects.requireNonNullElse(settings.get(QueueSetting.RATE_BURST), Math.max(1, limit / 10)));
    }

    /** Whether it starts no task at all. */
    public boolean isBlocked() {
        return this.limit == 0;
    }
}
