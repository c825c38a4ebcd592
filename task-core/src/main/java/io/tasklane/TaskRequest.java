package io.tasklane;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task to enqueue by name, for producers that lack the bean:
 * {@code TaskRequest.named("Mailer.welcome").argument("userId", 42).queue("email")}. Immutable: each method that takes a
 * value returns a changed copy. What is left out is taken from the task's annotation where this application knows the
 * task, else from the queue and the defaults.
 *
 * @param task name of the task, 1 to 255 characters
 * @param arguments values by parameter name, in the order given; values may be null
 * @param queue queue, or null
 * @param priority priority, or null
 * @param retries number of retries, or null
 * @param delay earliest start after the enqueue, or null; never together with {@code runAt}
 * @param runAt earliest start, or null
 * @param version version of the arguments, or null
 * @param concurrencyKey key, or null
 */
public record TaskRequest(
        String task,
        Map<String, @Nullable Object> arguments,
        @Nullable String queue,
        @Nullable Integer priority,
        @Nullable Integer retries,
        @Nullable Duration delay,
        @Nullable Instant runAt,
        @Nullable Integer version,
        @Nullable String concurrencyKey) {

    /** Longest key, in characters. */
    public static final int MAX_KEY_LENGTH = 200;

    /** Longest name of a task, in characters. */
    public static final int MAX_NAME_LENGTH = 255;

    /**
     * Checks what can be checked without queues.
     *
     * @throws IllegalArgumentException if name, priority, retries, delay, version or key cannot be, or both a delay and a runAt are given
     */
    public TaskRequest {
        requireValidName(task);
        if (priority != null && priority == Task.UNSET) {
            throw new IllegalArgumentException(
                    "Priority %d of task '%s' is reserved; use a value from -2147483647 to 2147483647"
                            .formatted(priority, task));
        }
        if (retries != null && retries < 0) {
            throw new IllegalArgumentException(
                    "Retries of task '%s' must not be negative: %d".formatted(task, retries));
        }
        if (delay != null && delay.isNegative()) {
            throw new IllegalArgumentException("Delay of task '%s' must not be negative: %s".formatted(task, delay));
        }
        if (delay != null && runAt != null) {
            throw new IllegalArgumentException(
                    "Task '%s' has both a delay and a runAt; give one of them".formatted(task));
        }
        if (version != null && version < 1) {
            throw new IllegalArgumentException(
                    "Version of the arguments of task '%s' must be 1 or more, not %d".formatted(task, version));
        }
        concurrencyKey = concurrencyKey != null ? requireValidKey(concurrencyKey) : null;
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /**
     * Checks the name of a task.
     *
     * @return the name
     * @throws IllegalArgumentException if the name is blank or too long, has blanks at an end, which some databases ignore,
     *     or control characters
     */
    public static String requireValidName(String name) {
        if (name.isBlank()
                || name.length() > MAX_NAME_LENGTH
                || !name.strip().equals(name)
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A task name has 1 to %d characters, none of them a control character, and no blanks at its ends, not '%s'"
                            .formatted(MAX_NAME_LENGTH, name));
        }
        return name;
    }

    /**
     * Checks a key.
     *
     * @return the key without the blanks at its ends, which some databases ignore
     * @throws IllegalArgumentException if the key is blank or too long, or has control characters
     */
    public static String requireValidKey(String key) {
        String stripped = key.strip();
        if (stripped.isEmpty()
                || stripped.length() > MAX_KEY_LENGTH
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A concurrency key has 1 to %d characters, none of them a control character, but this one has %d: '%s'"
                            .formatted(
                                    MAX_KEY_LENGTH,
                                    stripped.length(),
                                    stripped.substring(0, Math.min(stripped.length(), MAX_KEY_LENGTH))));
        }
        return stripped;
    }

    /**
     * Starts a request for the task with this name.
     *
     * @param task name of the task
     * @throws IllegalArgumentException if there can be no task of this name
     */
    public static TaskRequest named(String task) {
        return new TaskRequest(task, Map.of(), null, null, null, null, null, null, null);
    }

    /** Adds an argument by parameter name. */
    public TaskRequest argument(String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(this.arguments);
        changed.put(name, value);
        return new TaskRequest(
                this.task,
                changed,
                this.queue,
                this.priority,
                this.retries,
                this.delay,
                this.runAt,
                this.version,
                this.concurrencyKey);
    }

    /** Sets the queue. */
    public TaskRequest queue(String name) {
        return new TaskRequest(
                this.task,
                this.arguments,
                name,
                this.priority,
                this.retries,
                this.delay,
                this.runAt,
                this.version,
                this.concurrencyKey);
    }

    /** Sets the priority, higher first. */
    public TaskRequest priority(int value) {
        return new TaskRequest(
                this.task,
                this.arguments,
                this.queue,
                value,
                this.retries,
                this.delay,
                this.runAt,
                this.version,
                this.concurrencyKey);
    }

    /** Sets how often a failed task is tried again. */
    public TaskRequest retries(int value) {
        return new TaskRequest(
                this.task,
                this.arguments,
                this.queue,
                this.priority,
                value,
                this.delay,
                this.runAt,
                this.version,
                this.concurrencyKey);
    }

    /** Sets the earliest start after the enqueue; replaces {@link #runAt(Instant)}. */
    public TaskRequest delay(Duration value) {
        return new TaskRequest(
                this.task,
                this.arguments,
                this.queue,
                this.priority,
                this.retries,
                value,
                null,
                this.version,
                this.concurrencyKey);
    }

    /** Sets the earliest start, null or a past instant for at once; replaces {@link #delay(Duration)}. */
    public TaskRequest runAt(@Nullable Instant instant) {
        return new TaskRequest(
                this.task,
                this.arguments,
                this.queue,
                this.priority,
                this.retries,
                null,
                instant,
                this.version,
                this.concurrencyKey);
    }

    /**
     * Sets the version of the arguments, where it is not that of the task's annotation here, or 1 for a task that this
     * application does not know.
     */
    public TaskRequest version(int value) {
        return new TaskRequest(
                this.task,
                this.arguments,
                this.queue,
                this.priority,
                this.retries,
                this.delay,
                this.runAt,
                value,
                this.concurrencyKey);
    }

    /** Sets the key: tasks of the same key run in the order in which they were enqueued. */
    public TaskRequest concurrencyKey(String key) {
        return new TaskRequest(
                this.task,
                this.arguments,
                this.queue,
                this.priority,
                this.retries,
                this.delay,
                this.runAt,
                this.version,
                key);
    }
}
