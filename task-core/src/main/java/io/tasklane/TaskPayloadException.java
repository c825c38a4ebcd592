package io.tasklane;

import org.jspecify.annotations.Nullable;

/** An argument or a result cannot be written as JSON or read back, or is too large. The message names task and parameter. */
public class TaskPayloadException extends TaskException {

    public TaskPayloadException(String message) {
        super(message);
    }

    public TaskPayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
