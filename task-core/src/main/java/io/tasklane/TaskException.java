package io.tasklane;

import org.jspecify.annotations.Nullable;

/** Root of Tasklane's unchecked exceptions. */
public class TaskException extends RuntimeException {

    public TaskException(String message) {
        super(message);
    }

    public TaskException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
