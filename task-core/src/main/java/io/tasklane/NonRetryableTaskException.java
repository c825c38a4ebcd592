package io.tasklane;

import org.jspecify.annotations.Nullable;

/** Thrown by the body of a task that will never succeed: the task goes straight to {@link TaskState#FAILED}. */
public class NonRetryableTaskException extends TaskException {

    public NonRetryableTaskException(String message) {
        super(message);
    }

    public NonRetryableTaskException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
