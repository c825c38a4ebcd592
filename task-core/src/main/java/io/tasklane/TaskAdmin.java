package io.tasklane;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Operates single tasks. Changes are part of the caller's transaction on the database of the tasks, and hold once it has
 * committed; without one they are committed before the method returns. Until the commit the row of the task is locked: what
 * its worker writes waits for it, so keep such transactions short.
 *
 * @since 0.1.0
 */
public interface TaskAdmin {

    /**
     * Returns a task as it is now, with all that is known of its attempts.
     *
     * @param id the task
     * @return the task, empty for an unknown id and after it was deleted
     */
    Optional<TaskDetails> find(TaskId id);

    /**
     * Has a task run again that has ended without success: it is {@link TaskState#QUEUED}, at the back of its priority, with all
     * its retries and recoveries before it. The attempts it has had are kept.
     *
     * @param id the task
     * @return whether it is queued now; false for an unknown id, and for a task that has not ended and runs anyway
     * @throws TaskStateException if it has succeeded
     * @throws TaskTransactionException if the caller's transaction is read-only or belongs to another database
     */
    boolean retry(TaskId id);

    /**
     * Cancels a task. One that waits is {@link TaskState#CANCELLED} and never runs. One that runs is asked to stop:
     * {@link TaskContext#isCancellationRequested()} turns true, its thread is interrupted, and when its body has returned it is
     * CANCELLED, whatever it returned or threw; until then it is {@link TaskState#RUNNING}. The row is kept as long as retention
     * says.
     *
     * @param id the task
     * @return whether it is or will be cancelled; false for an unknown id, and for a task that has ended
     * @throws TaskTransactionException if the caller's transaction is read-only or belongs to another database
     */
    boolean cancel(TaskId id);

    /**
     * Limits how many tasks of a name all nodes together may start in a time, or lifts that. Holds at once on this node, and on
     * the others as a change of a queue does. The next start of an application leaves it alone, unless its
     * {@link Task#rateLimit()}, or what its configuration says in front of that, has changed. Commits by itself, whatever the caller's transaction does.
     *
     * @param task name of the task; need not be known yet
     * @param limit the limit, null for none
     */
    void rateLimit(String task, @Nullable RateLimit limit);

    /** Returns the rate limits of tasks by the names of the tasks, as stored. */
    Map<String, RateLimit> rateLimits();

    /**
     * Deletes a task with all its attempts, whether it has run or not.
     *
     * @param id the task
     * @return whether there was such a task
     * @throws TaskStateException if it is running: cancel it first
     * @throws TaskTransactionException if the caller's transaction is read-only or belongs to another database
     */
    boolean delete(TaskId id);
}
