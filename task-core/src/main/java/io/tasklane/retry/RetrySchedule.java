package io.tasklane.retry;

import java.time.Duration;

/** How long a failed task waits for its next try. May be registered as a bean to replace the exponential one. */
@FunctionalInterface
public interface RetrySchedule {

    /**
     * Returns the wait before a retry.
     *
     * @param retry number of the retry, 1 for the first
     * @param backoff settings of the task, its queue and the defaults, merged
     * @return the wait, not negative
     */
    Duration delay(int retry, RetryBackoff backoff);
}
