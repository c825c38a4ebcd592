package io.tasklane;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern TEXT = Pattern.compile("(\\d+) */ *(\\d*)(ms|s|m|h|d)");

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

    /**
     * Reads a limit such as {@code 10/s}, {@code 100/m}, {@code 1000/h} or {@code 100/30s}. Its burst is a tenth of the limit, at
     * least 1.
     *
     * @throws IllegalArgumentException if the text has another form
     * @throws InvalidQueueSettingException if one of its values cannot work
     */
    public static RateLimit parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no rate limit: write 10/s, 100/m, 1000/h or 100/30s".formatted(text));
        }
        try {
            int limit = Integer.parseInt(matcher.group(1));
            String count = matcher.group(2);
            long units = count.isEmpty() ? 1 : Long.parseLong(count);
            return of(limit, unit(matcher.group(3)).multipliedBy(units));
        } catch (NumberFormatException | ArithmeticException ex) {
            throw new IllegalArgumentException("'%s' is no rate limit: its numbers are too large".formatted(text), ex);
        }
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    /** A limit whose burst is a tenth of it, at least 1. */
    public static RateLimit of(int limit, Duration interval) {
        return new RateLimit(limit, interval, Math.max(1, limit / 10));
    }

    /** Whether it starts no task at all. */
    public boolean isBlocked() {
        return this.limit == 0;
    }
}
