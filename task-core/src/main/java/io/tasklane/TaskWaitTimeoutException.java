package io.tasklane;

import java.time.Duration;

/** The awaited task has not ended in time. It is not cancelled by that. */
public class TaskWaitTimeoutException extends TaskException {

    private final TaskId id;

    /**
     * Creates the exception.
     *
     * @param id the task
     * @param timeout how long was waited
     */
    public TaskWaitTimeoutException(TaskId id, Duration timeout) {
        super("Task %s has not ended within %s; it goes on, and may be asked again".formatted(id, timeout));
        this.id = id;
    }

    /** The task. */
    public TaskId id() {
        return this.id;
    }
}
