package io.tasklane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is set for one queue. Null means not set: each node puts its own {@code tasklane.defaults} behind it.
 *
 * @param concurrency how many of its tasks one node runs at once, at least 1
 * @param retries how often its failed tasks are tried again, not negative
 * @param defaultPriority priority of its tasks that have none of their own
 * @param backoffInitial wait before the first retry, not negative
 * @param backoffMultiplier factor from one wait to the next, at least 1
 * @param backoffMax longest wait, not negative
 * @param backoffJitter random share of each wait, 0 to 1
 */
public record QueueSettings(
        @Nullable Integer concurrency,
        @Nullable Integer retries,
        @Nullable Integer defaultPriority,
        @Nullable Duration backoffInitial,
        @Nullable Double backoffMultiplier,
        @Nullable Duration backoffMax,
        @Nullable Double backoffJitter) {

    /** Nothing set. */
    public static final QueueSettings NONE = new QueueSettings(null, null, null, null, null, null, null);

    /**
     * Checks the values.
     *
     * @throws InvalidQueueSettingException if one of them cannot work
     */
    public QueueSettings {
        check(
                concurrency == null || (concurrency >= 1 && concurrency <= 10_000),
                "concurrency",
                concurrency,
                "1 to 10000");
        check(retries == null || retries >= 0, "retries", retries, "0 or more");
        check(
                defaultPriority == null || defaultPriority != Task.UNSET,
                "default-priority",
                defaultPriority,
                "-2147483647 to 2147483647");
        check(
                backoffInitial == null || !backoffInitial.isNegative(),
                "backoff.initial",
                backoffInitial,
                "not negative");
        check(
                backoffMultiplier == null || backoffMultiplier >= 1,
                "backoff.multiplier",
                backoffMultiplier,
                "1 or more");
        check(backoffMax == null || !backoffMax.isNegative(), "backoff.max", backoffMax, "not negative");
        check(
                backoffJitter == null || (backoffJitter >= 0 && backoffJitter <= 1),
                "backoff.jitter",
                backoffJitter,
                "0 to 1");
    }

    private static void check(boolean valid, String setting, @Nullable Object value, String allowed) {
        if (!valid) {
            throw new InvalidQueueSettingException(setting, value, allowed);
        }
    }
}
