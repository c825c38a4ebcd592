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

    private static final Duration LONGEST_WAIT = Duration.ofDays(365_000);

    private static final String WAITS = "0 to 365000 days";

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
        check(isWait(backoffInitial), "backoff.initial", backoffInitial, WAITS);
        check(
                backoffMultiplier == null || (backoffMultiplier >= 1 && Double.isFinite(backoffMultiplier)),
                "backoff.multiplier",
                backoffMultiplier,
                "1 or more");
        check(isWait(backoffMax), "backoff.max", backoffMax, WAITS);
        check(
                backoffJitter == null || (backoffJitter >= 0 && backoffJitter <= 1),
                "backoff.jitter",
                backoffJitter,
                "0 to 1");
    }

    /** Sets how many of its tasks one node runs at once; null lifts the setting. */
    public QueueSettings withConcurrency(@Nullable Integer value) {
        return new QueueSettings(
                value,
                this.retries,
                this.defaultPriority,
                this.backoffInitial,
                this.backoffMultiplier,
                this.backoffMax,
                this.backoffJitter);
    }

    /** Sets how often its failed tasks are tried again; null lifts the setting. */
    public QueueSettings withRetries(@Nullable Integer value) {
        return new QueueSettings(
                this.concurrency,
                value,
                this.defaultPriority,
                this.backoffInitial,
                this.backoffMultiplier,
                this.backoffMax,
                this.backoffJitter);
    }

    /** Sets the priority of its tasks that have none of their own; null lifts the setting. */
    public QueueSettings withDefaultPriority(@Nullable Integer value) {
        return new QueueSettings(
                this.concurrency,
                this.retries,
                value,
                this.backoffInitial,
                this.backoffMultiplier,
                this.backoffMax,
                this.backoffJitter);
    }

    /** Sets the wait before the first retry; null lifts the setting. */
    public QueueSettings withBackoffInitial(@Nullable Duration value) {
        return new QueueSettings(
                this.concurrency,
                this.retries,
                this.defaultPriority,
                value,
                this.backoffMultiplier,
                this.backoffMax,
                this.backoffJitter);
    }

    /** Sets the factor from one wait to the next; null lifts the setting. */
    public QueueSettings withBackoffMultiplier(@Nullable Double value) {
        return new QueueSettings(
                this.concurrency,
                this.retries,
                this.defaultPriority,
                this.backoffInitial,
                value,
                this.backoffMax,
                this.backoffJitter);
    }

    /** Sets the longest wait; null lifts the setting. */
    public QueueSettings withBackoffMax(@Nullable Duration value) {
        return new QueueSettings(
                this.concurrency,
                this.retries,
                this.defaultPriority,
                this.backoffInitial,
                this.backoffMultiplier,
                value,
                this.backoffJitter);
    }

    /** Sets the random share of each wait, 0 to 1; null lifts the setting. */
    public QueueSettings withBackoffJitter(@Nullable Double value) {
        return new QueueSettings(
                this.concurrency,
                this.retries,
                this.defaultPriority,
                this.backoffInitial,
                this.backoffMultiplier,
                this.backoffMax,
                value);
    }

    private static boolean isWait(@Nullable Duration duration) {
        return duration == null || (!duration.isNegative() && duration.compareTo(LONGEST_WAIT) <= 0);
    }

    private static void check(boolean valid, String setting, @Nullable Object value, String allowed) {
        if (!valid) {
            throw new InvalidQueueSettingException(setting, value, allowed);
        }
    }
}
