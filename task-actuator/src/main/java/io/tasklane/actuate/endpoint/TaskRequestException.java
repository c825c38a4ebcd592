package io.tasklane.actuate.endpoint;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** A request that an endpoint does not do, with the HTTP status that says so. */
final class TaskRequestException extends InvalidEndpointRequestException {

    private static final int BAD_REQUEST = 400;

    private static final int NOT_FOUND = 404;

    private static final int CONFLICT = 409;

    private final int status;

    private TaskRequestException(String message, int status) {
        super(message, message);
        this.status = status;
    }

    /** The request itself is wrong. */
    static TaskRequestException invalid(String message) {
        return new TaskRequestException(message, BAD_REQUEST);
    }

    /** There is nothing of the name that it gives. */
    static TaskRequestException notFound(String message) {
        return new TaskRequestException(message, NOT_FOUND);
    }

    /** It cannot be done as things are now. */
    static TaskRequestException conflict(String message) {
        return new TaskRequestException(message, CONFLICT);
    }

    int status() {
        return this.status;
    }
}
