package io.tasklane.queue;

import io.tasklane.ConcurrencyRange;
import io.tasklane.retry.RetryBackoff;

/**
 * What applies to a task where neither the call, nor its annotation, nor its queue says otherwise.
 *
 * @param retries how often a failed task is tried again
 * @param priority priority inside the queue
 * @param backoff how long a failed task waits
 * @param concurrency how many tasks of a queue one node runs at once
 */
public record TaskDefaults(int retries, int priority, RetryBackoff backoff, ConcurrencyRange concurrency) {

    /** 3 retries, priority 0, {@link RetryBackoff#DEFAULT}, concurrency 10. */
    public static final TaskDefaults DEFAULT = new TaskDefaults(3, 0, RetryBackoff.DEFAULT, ConcurrencyRange.of(10));
}
