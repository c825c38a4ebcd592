package io.tasklane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Operates queues. Queues live in the database, so every node sees the same. A pause holds from the next claim on, wherever
 * that is. Other changes reach every node within {@code tasklane.worker.queue-refresh-interval} (10 seconds), and at once
 * where nodes hear from each other (PostgreSQL). Tasks that run are not touched: they keep their slots and the retries that
 * they were enqueued with; how long a failed one waits is what is set when it fails.
 *
 * <p>Each method reads and writes in a transaction of its own, on a connection beside the caller's: what it has done stays,
 * whatever becomes of the caller's transaction. Callers may come at the same time, from several nodes: each change applies
 * to what the others have left.
 */
public interface TaskQueues {

    /**
     * Creates the queue if it does not exist. An existing queue is left as it is.
     *
     * @param spec name, settings, and whether it is to be paused
     * @return the queue as stored
     * @throws IllegalArgumentException if another queue's name differs only in case
     * @throws InvalidQueueSettingException if two settings cannot work together
     */
    TaskQueue declare(QueueSpec spec);

    /**
     * Replaces all settings of a queue: what the specification leaves out is not set any more. A paused queue stays paused
     * unless the specification says {@link QueueSpec#active()}. Creates the queue if it does not exist.
     *
     * @param spec name, settings, and whether it is to be paused
     * @return the queue as stored
     * @throws IllegalArgumentException if another queue's name differs only in case
     * @throws InvalidQueueSettingException if two settings cannot work together
     */
    TaskQueue replace(QueueSpec spec);

    /**
     * Changes some settings of a queue: {@code queues.patch("email", s -> s.with(CONCURRENCY, 4).with(RETRIES, null))}, with what
     * {@link QueueSetting} names.
     *
     * @param name name of the queue
     * @param change makes the new settings from the stored ones, which nobody else changes meanwhile; quick, and without other
     *     effects, because it may be called again
     * @return the queue as stored
     * @throws NoSuchQueueException if there is none
     * @throws InvalidQueueSettingException if a setting has a value that cannot work, or two cannot work together
     */
    TaskQueue patch(String name, UnaryOperator<QueueSettings> change);

    /**
     * Stops claiming from the queue, on all nodes and across restarts, until somebody resumes it. Running tasks go on; tasks may
     * still be enqueued.
     *
     * @param name name of the queue
     * @return the queue as stored
     * @throws NoSuchQueueException if there is none
     */
    TaskQueue pause(String name);

    /**
     * Stops claiming from the queue for a while, by the database's clock. Nothing has to run for the pause to end; nodes see
     * the end within their poll interval.
     *
     * @param name name of the queue
     * @param duration for how long from now on, positive
     * @return the queue as stored
     * @throws NoSuchQueueException if there is none
     * @throws IllegalArgumentException if the duration is not positive
     */
    TaskQueue pause(String name, Duration duration);

    /**
     * Stops claiming from the queue until an instant of the database's clock. One that has passed ends a pause.
     *
     * @param name name of the queue
     * @param until when the pause ends
     * @return the queue as stored
     * @throws NoSuchQueueException if there is none
     */
    TaskQueue pause(String name, Instant until);

    /**
     * Claims from the queue again.
     *
     * @param name name of the queue
     * @return the queue as stored
     * @throws NoSuchQueueException if there is none
     */
    TaskQueue resume(String name);

    /**
     * Deletes a queue without tasks that wait or run. Those that have ended stay as long as their retention wants.
     *
     * @param name name of the queue
     * @throws NoSuchQueueException if there is none
     * @throws QueueInUseException if tasks of it wait or run
     * @throws IllegalArgumentException for the queue {@code default}, which always exists
     */
    void delete(String name);

    /**
     * Deletes a queue, with its tasks or without them. From then on tasks for it are refused, by other nodes within their
     * refresh interval; until then they may still enqueue some, which stay and wait as those that are kept. Tasks are deleted a
     * thousand at a time: with millions of them this takes minutes. To go on after a failure, call it again.
     *
     * @param name name of the queue
     * @param remaining what becomes of its tasks
     * @throws NoSuchQueueException if there is none
     * @throws QueueInUseException if its tasks are to be deleted, and some of them run
     * @throws IllegalArgumentException for the queue {@code default}, which always exists
     */
    void delete(String name, RemainingTasks remaining);

    /**
     * Returns a queue.
     *
     * @param name name of the queue
     * @throws NoSuchQueueException if there is none
     */
    TaskQueue get(String name);

    /** Returns all queues, ordered by name. */
    List<TaskQueue> list();

    /**
     * Returns what can be done with one queue and its tasks. The queue is not looked for before it is operated.
     *
     * @param name name of the queue
     * @throws IllegalArgumentException if there can be no queue of this name
     */
    QueueOperations queue(String name);

    /** Returns the number of tasks in {@link TaskState#QUEUED} by queue, ordered by name; empty queues have 0. */
    Map<String, Long> depths();
}
