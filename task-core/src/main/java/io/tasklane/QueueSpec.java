package io.tasklane;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A queue to declare: {@code QueueSpec.named("email").concurrency(20)}. Immutable: each method that takes a value returns
 * a changed copy.
 *
 * @param name name of the queue: 1 to 100 letters, digits, {@code _} and {@code -}; case counts
 * @param settings what is set
 * @param state whether workers claim from it, or null to leave that as it is: a new queue is active
 */
public record QueueSpec(String name, QueueSettings settings, TaskQueue.@Nullable State state) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** The queue of tasks that name none; always exists. */
    public static final String DEFAULT = "default";

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is blank, too long or has other characters
     */
    public QueueSpec {
        requireValidName(name);
    }

    /** A queue with these settings, whose state stays as it is. */
    public QueueSpec(String name, QueueSettings settings) {
        this(name, settings, null);
    }

    /**
     * Starts the description of a queue.
     *
     * @param name name of the queue
     * @throws IllegalArgumentException if the name is blank, too long or has other characters
     */
    public static QueueSpec named(String name) {
        return new QueueSpec(name, QueueSettings.NONE);
    }

    /**
     * Checks the name of a queue.
     *
     * @return the name
     * @throws IllegalArgumentException if the name is blank, too long or has other characters
     */
    public static String requireValidName(@Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A queue name has 1 to 100 letters, digits, '_' and '-', not '%s'".formatted(name));
        }
        return name;
    }

    /** Sets how many of its tasks one node runs at once. */
    public QueueSpec concurrency(int value) {
        return with(this.settings.with(QueueSetting.CONCURRENCY, value).with(QueueSetting.MIN_CONCURRENCY, null));
    }

    /**
     * Sets between which numbers it follows what waits how many of its tasks one node runs at once.
     *
     * @param min least number
     * @param max greatest number
     */
    public QueueSpec concurrency(int min, int max) {
        return with(this.settings.with(QueueSetting.CONCURRENCY, max).with(QueueSetting.MIN_CONCURRENCY, min));
    }

    /** Sets how often its failed tasks are tried again. */
    public QueueSpec retries(int value) {
        return with(this.settings.with(QueueSetting.RETRIES, value));
    }

    /** Sets the priority of its tasks that have none of their own. */
    public QueueSpec defaultPriority(int value) {
        return with(this.settings.with(QueueSetting.DEFAULT_PRIORITY, value));
    }

    /** Sets the least priority of its tasks: one that is enqueued with less gets this one. */
    public QueueSpec minPriority(int value) {
        return with(this.settings.with(QueueSetting.MIN_PRIORITY, value));
    }

    /** Sets the highest priority of its tasks: one that is enqueued with more gets this one. */
    public QueueSpec maxPriority(int value) {
        return with(this.settings.with(QueueSetting.MAX_PRIORITY, value));
    }

    /**
     * Sets how long its failed tasks wait.
     *
     * @param initial wait before the first retry
     * @param multiplier factor from one wait to the next
     * @param max longest wait
     * @param jitter random share of each wait, 0 to 1
     */
    public QueueSpec backoff(Duration initial, double multiplier, Duration max, double jitter) {
        return with(this.settings
                .with(QueueSetting.BACKOFF_INITIAL, initial)
                .with(QueueSetting.BACKOFF_MULTIPLIER, multiplier)
                .with(QueueSetting.BACKOFF_MAX, max)
                .with(QueueSetting.BACKOFF_JITTER, jitter));
    }

    /**
     * Sets which workers run its tasks: those of whose tags any is matched in full by any of these.
     *
     * @param expressions regular expressions, such as {@code has=gpu}; none for no worker at all
     * @throws InvalidQueueSettingException if one cannot work
     */
    public QueueSpec tags(String... expressions) {
        return with(this.settings.with(QueueSetting.TAGS, WorkerTags.of(expressions)));
    }

    /** Sets how many of its tasks all nodes together run at once. */
    public QueueSpec maxRunning(int value) {
        return with(this.settings.with(QueueSetting.MAX_RUNNING, value));
    }

    /** Sets how many slots the other queues of the same container leave free for it. */
    public QueueSpec reservedSlots(int value) {
        return with(this.settings.with(QueueSetting.RESERVED_SLOTS, value));
    }

    /**
     * Sets how many of its tasks all nodes together start in an interval.
     *
     * @param limit most tasks in an interval; 0 starts none
     * @param interval the interval, at least 100 milliseconds
     */
    public QueueSpec rateLimit(int limit, Duration interval) {
        return with(this.settings.with(QueueSetting.RATE_LIMIT, limit).with(QueueSetting.RATE_INTERVAL, interval));
    }

    /** Nothing is to be claimed from it until it is resumed. */
    public QueueSpec paused() {
        return new QueueSpec(this.name, this.settings, TaskQueue.State.PAUSED);
    }

    /** Workers are to claim from it, even if it is paused now. */
    public QueueSpec active() {
        return new QueueSpec(this.name, this.settings, TaskQueue.State.ACTIVE);
    }

    private QueueSpec with(QueueSettings changed) {
        return new QueueSpec(this.name, changed, this.state);
    }
}
