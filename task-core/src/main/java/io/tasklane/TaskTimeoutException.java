package io.tasklane;

import java.time.Duration;

/**
 * A task ran for longer than {@link Task#timeout()}: its thread was interrupted, and the attempt has failed. The stack trace is
 * that of the task's thread at that moment. Where the body threw something because of the interrupt, that is suppressed here.
 *
 * <p>To be named in {@link Task#noRetryFor()} by tasks that are not to be tried again after their timeout.
 *
 * @since 0.1.0
 */
public class TaskTimeoutException extends TaskException {

    private final TaskId id;

    private final Duration timeout;

    /**
     * Creates the exception.
     *
     * @param id the task
     * @param timeout for how long it may run
     * @param where stack of the thread that runs it
     */
    public TaskTimeoutException(TaskId id, Duration timeout, StackTraceElement[] where) {
        super("Task %s ran for longer than its timeout of %s and was interrupted where the stack trace says"
                .formatted(id, timeout));
        this.id = id;
        this.timeout = timeout;
        setStackTrace(where);
    }

    /** The task. */
    public TaskId id() {
        return this.id;
    }

    /** For how long it may run. */
    public Duration timeout() {
        return this.timeout;
    }
}
