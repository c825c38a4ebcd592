package io.tasklane.store;

import io.tasklane.TaskId;

/**
 * What an operator does to single tasks: in the caller's transaction on this store's database; without one, and after one has
 * completed, in a transaction of the store's own. Right also beside workers that claim, complete and recover the same task.
 */
public interface TaskAdministration {

    /**
     * Queues a task that ended in FAILED, CANCELLED or EXPIRED, at the back of its priority, with no retry or recovery used. Its
     * attempts are kept.
     *
     * @param id the task
     * @param committed told after the commit, never after a roll-back
     * @return false if there is no such task, or if it has not ended
     * @throws io.tasklane.TaskStateException if it has succeeded
     * @throws io.tasklane.TaskTransactionException if the caller's transaction is read-only or belongs to another database
     */
    boolean retry(TaskId id, TaskChangeListener committed);

    /**
     * Ends a task that waits in CANCELLED. A RUNNING one is marked: from the commit on it ends in CANCELLED, whatever its worker
     * writes, and also if that worker dies.
     *
     * @param id the task
     * @param committed told after the commit, never after a roll-back
     * @return false if there is no such task, or if it has ended
     * @throws io.tasklane.TaskTransactionException if the caller's transaction is read-only or belongs to another database
     */
    boolean cancel(TaskId id, TaskChangeListener committed);

    /**
     * Deletes a task with its attempts.
     *
     * @param id the task
     * @return false if there is no such task
     * @throws io.tasklane.TaskStateException if it is RUNNING
     * @throws io.tasklane.TaskTransactionException if the caller's transaction is read-only or belongs to another database
     */
    boolean delete(TaskId id);
}
