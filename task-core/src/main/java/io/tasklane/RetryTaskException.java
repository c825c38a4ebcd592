package io.tasklane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by the body of a task that wants its next try after a delay of its own choice. Uses up a retry like any failure;
 * with none left the task ends in {@link TaskState#FAILED} with the cause as its error.
 */
public class RetryTaskException extends TaskException {

    private final Duration delay;

    /**
     * Creates the exception.
     *
     * @param cause why, or null
     * @param delay how long to wait, not negative; used as it is, without jitter
     */
    public RetryTaskException(@Nullable Throwable cause, Duration delay) {
        super("Retry in " + delay, cause);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("The delay of a retry must not be negative: " + delay);
        }
        this.delay = delay;
    }

    /** How long to wait. */
    public Duration delay() {
        return this.delay;
    }
}
