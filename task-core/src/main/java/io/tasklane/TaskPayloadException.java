package io.tasklane;

import org.jspecify.annotations.Nullable;

/** An argument or a result cannot be written as JSON or read back, or is too large. The message names task and parameter. */
public class TaskPayloadException extends TaskException {

    /**
     * Creates the exception.
     *
     * @param message task, parameter and reason
     */
    public TaskPayloadException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message task, parameter and reason
     * @param cause what the JSON library says, or null
     */
    public TaskPayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
