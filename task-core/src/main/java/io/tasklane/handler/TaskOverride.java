package io.tasklane.handler;

import io.tasklane.RateLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says about a task, before its annotation is asked. Null means left out.
 *
 * @param queue name of the queue
 * @param priority priority inside the queue
 * @param retries how often it is tried again
 * @param backoff how long it waits for that
 * @param delay earliest start after the enqueue
 * @param timeout how long one run may take
 * @param rateLimit how many of its name may start in a time
 */
public record TaskOverride(
        @Nullable String queue,
        @Nullable Integer priority,
        @Nullable Integer retries,
        TaskBackoff backoff,
        @Nullable Duration delay,
        @Nullable Duration timeout,
        @Nullable RateLimit rateLimit) {

    /** Nothing set. */
    public static final TaskOverride NONE = new TaskOverride(null, null, null, TaskBackoff.UNSET, null, null, null);

    /** This one, with the place that a route gives behind it. */
    TaskOverride over(@Nullable String otherQueue, @Nullable Integer otherPriority) {
        return new TaskOverride(
                this.queue != null ? this.queue : otherQueue,
                this.priority != null ? this.priority : otherPriority,
                this.retries,
                this.backoff,
                this.delay,
                this.timeout,
                this.rateLimit);
    }
}
