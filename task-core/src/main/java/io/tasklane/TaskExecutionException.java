package io.tasklane;

import org.jspecify.annotations.Nullable;

/** The awaited task did not succeed. Carries what was stored: the class of the error need not exist in this application. */
public class TaskExecutionException extends TaskException {

    private final TaskId id;

    private final TaskState state;

    private final transient @Nullable TaskError error;

    /**
     * Creates the exception.
     *
     * @param id the task
     * @param state the state in which it ended
     * @param error the stored error, or null where there is none
     */
    public TaskExecutionException(TaskId id, TaskState state, @Nullable TaskError error) {
        super("Task %s ended in %s%s"
                .formatted(id, state, error != null ? ": " + error.type() + ": " + error.message() : ""));
        this.id = id;
        this.state = state;
        this.error = error;
    }

    /** The task. */
    public TaskId id() {
        return this.id;
    }

    /** The state in which it ended. */
    public TaskState state() {
        return this.state;
    }

    /** Class, message and stack of the last attempt, or null where there is none. */
    public @Nullable TaskError error() {
        return this.error;
    }
}
