package io.tasklane;

import org.jspecify.annotations.Nullable;

/** Root of Tasklane's unchecked exceptions. */
public class TaskException extends RuntimeException {

    /**
     * Creates the exception.
     *
     * @param message what went wrong, where, and what to do
     */
    public TaskException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what went wrong, where, and what to do
     * @param cause what was caught, or null
     */
    public TaskException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
