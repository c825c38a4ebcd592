package io.tasklane;

import org.jspecify.annotations.Nullable;

/** Thrown by the body of a task that will never succeed: the task goes straight to {@link TaskState#FAILED}. */
public class NonRetryableTaskException extends TaskException {

    /**
     * Creates the exception.
     *
     * @param message why the task can never succeed
     */
    public NonRetryableTaskException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message why the task can never succeed
     * @param cause what was caught, or null
     */
    public NonRetryableTaskException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
