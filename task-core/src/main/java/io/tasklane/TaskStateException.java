package io.tasklane;

/** The state of a task does not allow what was asked for. */
public class TaskStateException extends TaskException {

    private final TaskId id;

    private final TaskState state;

    /**
     * Creates the exception.
     *
     * @param id the task
     * @param state its state
     * @param message what cannot be done, and what to do
     */
    public TaskStateException(TaskId id, TaskState state, String message) {
        super(message);
        this.id = id;
        this.state = state;
    }

    /** The task. */
    public TaskId id() {
        return this.id;
    }

    /** The state in which it was. */
    public TaskState state() {
        return this.state;
    }
}
