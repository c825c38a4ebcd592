package io.tasklane.store;

import io.tasklane.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task to insert: everything decided.
 *
 * @param id id from {@link TaskWriter#newId}
 * @param task name of the task
 * @param queue name of an existing queue
 * @param priority priority inside the queue, higher first
 * @param retries how often it is tried again
 * @param payload arguments as text
 * @param version version of the payload, at least 1
 * @param headers trace headers and the like; may be empty
 * @param delay earliest start after the insert, by the store's clock, or null; at most a thousand years
 * @param runAt earliest start, or null; never together with {@code delay}; kept between 1970 and 9999
 * @param key its key, or null
 */
public record NewTask(
        TaskId id,
        String task,
        String queue,
        int priority,
        int retries,
        String payload,
        int version,
        Map<String, String> headers,
        @Nullable Duration delay,
        @Nullable Instant runAt,
        @Nullable TaskKey key) {

    public NewTask {
        if (version < 1) {
            throw new IllegalArgumentException(
                    "The version of task '%s' must be 1 or more, not %d".formatted(task, version));
        }
        headers = Map.copyOf(headers);
        delay = delay != null ? StorableTimes.boundedWait(delay) : null;
        runAt = StorableTimes.bounded(runAt);
    }

    /** A task without a key. */
    public NewTask(
            TaskId id,
            String task,
            String queue,
            int priority,
            int retries,
            String payload,
            int version,
            Map<String, String> headers,
            @Nullable Duration delay,
            @Nullable Instant runAt) {
        this(id, task, queue, priority, retries, payload, version, headers, delay, runAt, null);
    }

    /** A task without a key, whose payload is of version 1. */
    public NewTask(
            TaskId id,
            String task,
            String queue,
            int priority,
            int retries,
            String payload,
            Map<String, String> headers,
            @Nullable Duration delay,
            @Nullable Instant runAt) {
        this(id, task, queue, priority, retries, payload, 1, headers, delay, runAt);
    }
}
