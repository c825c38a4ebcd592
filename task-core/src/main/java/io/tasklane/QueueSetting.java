package io.tasklane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Something that can be set for a queue: its name, and which values can work.
 *
 * @param <T> type of its values
 */
public final class QueueSetting<T> {

    /** Filled by the constructor, so that no constant below can be left out. */
    private static final List<QueueSetting<?>> DECLARED = new ArrayList<>();

    private static final Duration LONGEST_WAIT = Duration.ofDays(365_000);

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private static final int MOST_TASKS = 1_000_000;

    /** How many of its tasks one node runs at once, 1 to 10000; the most of them, with {@link #MIN_CONCURRENCY}. */
    public static final QueueSetting<Integer> CONCURRENCY =
            integer("concurrency", "1 to 10000", value -> value >= 1 && value <= ConcurrencyRange.MAX);

    /**
     * How many of its tasks one node runs at once while few of them wait, 1 to 10000 and at most {@link #CONCURRENCY}, to which
     * the number then grows. Not set is a fixed number. In YAML and over HTTP both are one: {@code concurrency: 2-10}.
     */
    public static final QueueSetting<Integer> MIN_CONCURRENCY =
            integer("min-concurrency", "1 to 10000", value -> value >= 1 && value <= ConcurrencyRange.MAX);

    /** How often its failed tasks are tried again, not negative. */
    public static final QueueSetting<Integer> RETRIES = integer("retries", "0 or more", value -> value >= 0);

    /** Priority of its tasks that have none of their own. */
    public static final QueueSetting<Integer> DEFAULT_PRIORITY =
            integer("default-priority", "-2147483647 to 2147483647", value -> value != Task.UNSET);

    /** Least priority of its tasks: one that is enqueued with less gets this one. */
    public static final QueueSetting<Integer> MIN_PRIORITY =
            integer("min-priority", "-2147483647 to 2147483647", value -> value != Task.UNSET);

    /** Highest priority of its tasks: one that is enqueued with more gets this one. */
    public static final QueueSetting<Integer> MAX_PRIORITY =
            integer("max-priority", "-2147483647 to 2147483647", value -> value != Task.UNSET);

    /** Wait before the first retry, not negative. */
    public static final QueueSetting<Duration> BACKOFF_INITIAL = wait("backoff.initial");

    /** Factor from one wait to the next, at least 1. */
    public static final QueueSetting<Double> BACKOFF_MULTIPLIER =
            decimal("backoff.multiplier", "1 or more", value -> value >= 1 && Double.isFinite(value));

    /** Longest wait, not negative. */
    public static final QueueSetting<Duration> BACKOFF_MAX = wait("backoff.max");

    /** Random share of each wait, 0 to 1. */
    public static final QueueSetting<Double> BACKOFF_JITTER =
            decimal("backoff.jitter", "0 to 1", value -> value >= 0 && value <= 1);

    /** Which workers run its tasks. Not set is every worker, and empty is none. */
    public static final QueueSetting<WorkerTags> TAGS =
            new QueueSetting<>("tags", WorkerTags.class, WorkerTags.ALLOWED, value -> true);

    /** How many of its tasks all nodes together run at once, 1 to 1000000. */
    public static final QueueSetting<Integer> MAX_RUNNING =
            integer("max-running", "1 to 1000000", value -> value >= 1 && value <= MOST_TASKS);

    /** How many slots the other queues of the same container leave free for it, 0 to 10000. */
    public static final QueueSetting<Integer> RESERVED_SLOTS =
            integer("reserved-slots", "0 to 10000", value -> value >= 0 && value <= 10_000);

    /** How many of its tasks all nodes together start in {@link #RATE_INTERVAL}, 0 to 1000000; 0 starts none. */
    public static final QueueSetting<Integer> RATE_LIMIT =
            integer("rate-limit", "0 to 1000000", value -> value >= 0 && value <= MOST_TASKS);

    /** Interval of {@link #RATE_LIMIT}, 100 milliseconds to 365000 days; one second if it is not set. */
    public static final QueueSetting<Duration> RATE_INTERVAL = new QueueSetting<>(
            "rate-interval",
            Duration.class,
            "100 ms to 365000 days",
            value -> value.compareTo(SHORTEST_INTERVAL) >= 0 && value.compareTo(LONGEST_WAIT) <= 0);

    /**
     * How many of its tasks may start at once after a time without any, 1 to 1000000; a tenth of {@link #RATE_LIMIT} if it is not
     * set, at least 1.
     */
    public static final QueueSetting<Integer> RATE_BURST =
            integer("rate-burst", "1 to 1000000", value -> value >= 1 && value <= MOST_TASKS);

    /** How many attempts have to fail in a row on one node for the queue to be paused, 1 or more. */
    public static final QueueSetting<Integer> AUTO_PAUSE_FAILURES =
            integer("auto-pause.failures", "1 or more", value -> value >= 1);

    /** Which share of the last {@link #AUTO_PAUSE_ATTEMPTS} has to fail on one node for the queue to be paused, above 0 and up to 1. */
    public static final QueueSetting<Double> AUTO_PAUSE_RATE =
            decimal("auto-pause.rate", "above 0, up to 1", value -> value > 0 && value <= 1);

    /** How many attempts {@link #AUTO_PAUSE_RATE} is a share of, 2 to 10000; 20 if it is not set. */
    public static final QueueSetting<Integer> AUTO_PAUSE_ATTEMPTS =
            integer("auto-pause.attempts", "2 to 10000", value -> value >= 2 && value <= 10_000);

    /** How long the queue is paused then, one second to 365000 days; one minute if it is not set. */
    public static final QueueSetting<Duration> AUTO_PAUSE_DURATION = new QueueSetting<>(
            "auto-pause.duration",
            Duration.class,
            "1 s to 365000 days",
            value -> value.compareTo(SHORTEST_PAUSE) >= 0 && value.compareTo(LONGEST_WAIT) <= 0);

    /** After how long a wait its tasks gain {@link #AGING_STEP}, one second to 365000 days; they gain nothing if it is not set. */
    public static final QueueSetting<Duration> AGING_AFTER = new QueueSetting<>(
            "aging.after",
            Duration.class,
            "1 s to 365000 days",
            value -> value.compareTo(SHORTEST_PAUSE) >= 0 && value.compareTo(LONGEST_WAIT) <= 0);

    /** How much priority they gain each time, 1 or more; 1 if it is not set. */
    public static final QueueSetting<Integer> AGING_STEP = integer("aging.step", "1 or more", value -> value >= 1);

    /** Up to which priority they gain; without a limit if it is not set. */
    public static final QueueSetting<Integer> AGING_MAX =
            integer("aging.max", "-2147483647 to 2147483647", value -> value != Task.UNSET);

    private static final List<QueueSetting<?>> ALL = List.copyOf(DECLARED);

    private final String name;

    private final Class<T> type;

    private final String allowed;

    private final Predicate<T> valid;

    private QueueSetting(String name, Class<T> type, String allowed, Predicate<T> valid) {
        this.name = name;
        this.type = type;
        this.allowed = allowed;
        this.valid = valid;
        DECLARED.add(this);
    }

    private static QueueSetting<Integer> integer(String name, String allowed, Predicate<Integer> valid) {
        return new QueueSetting<>(name, Integer.class, allowed, valid);
    }

    private static QueueSetting<Double> decimal(String name, String allowed, Predicate<Double> valid) {
        return new QueueSetting<>(name, Double.class, allowed, valid);
    }

    private static QueueSetting<Duration> wait(String name) {
        return new QueueSetting<>(
                name,
                Duration.class,
                "0 to 365000 days",
                value -> !value.isNegative() && value.compareTo(LONGEST_WAIT) <= 0);
    }

    /** All that can be set, in the order of documentation. */
    public static List<QueueSetting<?>> all() {
        return ALL;
    }

    /** Its name as in YAML, such as {@code backoff.max}. */
    public String name() {
        return this.name;
    }

    /** Type of its values. */
    public Class<T> type() {
        return this.type;
    }

    /** Which values can work, in words. */
    public String allowed() {
        return this.allowed;
    }

    /**
     * Checks a value.
     *
     * @throws InvalidQueueSettingException if it cannot work
     */
    public void check(T value) {
        if (!this.valid.test(value)) {
            throw new InvalidQueueSettingException(this.name, value, this.allowed);
        }
    }

    /** Its name. */
    @Override
    public String toString() {
        return this.name;
    }
}
