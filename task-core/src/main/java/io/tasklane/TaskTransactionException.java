package io.tasklane;

/**
 * A task cannot be enqueued in the transaction at hand: it is read-only, or belongs to another database, so that the task
 * could not commit together with it. The message says which, and what to do.
 */
public class TaskTransactionException extends TaskException {

    /**
     * Creates the exception.
     *
     * @param message which transaction, and what to do
     */
    public TaskTransactionException(String message) {
        super(message);
    }
}
