package io.tasklane;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Operates one queue and its tasks: {@code taskQueues.queue("email").requeueFailed(3)}. All methods throw
 * {@link NoSuchQueueException} if the queue does not exist.
 *
 * @since 0.1.0
 */
public interface QueueOperations extends QueueTaskOperations {

    /** Name of the queue. */
    String name();

    /** Stops claiming from the queue until it is resumed, see {@link TaskQueues#pause(String)}. */
    TaskQueue pause();

    /** Stops claiming from the queue for a while, see {@link TaskQueues#pause(String, Duration)}. */
    TaskQueue pause(Duration duration);

    /** Stops claiming from the queue until then, see {@link TaskQueues#pause(String, Instant)}. */
    TaskQueue pause(Instant until);

    /** Claims from the queue again, see {@link TaskQueues#resume}. */
    TaskQueue resume();

    /** Counts the tasks of the queue. */
    QueueStats stats();

    /**
     * Lists tasks: QUEUED in the order of execution, SCHEDULED by due time, BLOCKED oldest first, RUNNING and those that have ended
     * newest first.
     *
     * @param state their state
     * @param after the {@link TaskListing#next()} of the page before, null for the first page
     * @param size number of tasks on the page, 1 to 500
     * @return the page
     * @throws IllegalArgumentException if the size is out of range, or the cursor is none or belongs to another list
     */
    TaskListing list(TaskState state, @Nullable String after, int size);

    /**
     * Lists the tasks whose time has come and that are still SCHEDULED, by due time. Changes nothing.
     *
     * @param size most tasks, 1 to 500
     */
    TaskListing listDue(int size);

    /**
     * Deletes a task that is SCHEDULED in this queue.
     *
     * @param id the task
     * @return whether there was such a task; false once it is QUEUED or RUNNING, or has ended
     */
    boolean removeScheduled(TaskId id);

    /**
     * Deletes the queue with all its tasks.
     *
     * @param force whether it is done even if tasks run: they are cancelled, and keep their rows until they have ended and their
     *     retention is over
     * @throws QueueInUseException if tasks run, and it is not forced
     * @throws IllegalArgumentException if it is the queue {@code default}, which cannot be deleted
     */
    void obliterate(boolean force);

    /** The same operations on tasks, which change nothing and only return the number of tasks that they would change. */
    QueueTaskOperations dryRun();

    /**
     * The same operations on tasks, which tell how far they are.
     *
     * @param progress takes the number of tasks so far, after each batch, on the thread that calls
     */
    QueueTaskOperations reporting(LongConsumer progress);
}
