package io.tasklane;

import java.time.Duration;
import java.time.Instant;

/**
 * What can be done with many tasks of a queue at once. Each method works in batches of up to a thousand tasks, each in a
 * transaction of its own beside the caller's: what is done stays, whatever becomes of the caller's transaction, and if a method
 * fails half-way it can be called again. Workers may run meanwhile: a task that one of them is claiming or completing at that
 * moment is passed by. Tasks that come while a method works are left alone.
 *
 * <p>All methods throw {@link NoSuchQueueException} if the queue does not exist.
 *
 * @since 0.1.0
 */
public interface QueueTaskOperations {

    /**
     * Deletes tasks that have ended, with their attempts.
     *
     * @param state the state in which they ended
     * @param olderThan only those that ended before this
     * @return number of tasks
     * @throws IllegalArgumentException if it is no state in which tasks end
     */
    long clean(TaskState state, Instant olderThan);

    /**
     * Deletes tasks that ended longer ago than this, by the database's clock, with their attempts.
     *
     * @param state the state in which they ended
     * @param age not negative; zero for all that have ended by now
     * @return number of tasks
     * @throws IllegalArgumentException if it is no state in which tasks end, or the age is negative
     */
    long clean(TaskState state, Duration age);

    /**
     * Has failed tasks run again: they are QUEUED, at the back of their priority, with all their retries before them. Each task
     * counts how often that was done with it, by this method, and stays FAILED once it was often enough.
     *
     * @param maxRequeues how often it may be done with one task, at least 1
     * @return number of tasks
     * @throws IllegalArgumentException if the number is below 1
     */
    default long requeueFailed(int maxRequeues) {
        return requeueFailed(maxRequeues, TaskCriteria.ALL);
    }

    /**
     * The same for some of the failed tasks.
     *
     * @param maxRequeues how often it may be done with one task, at least 1
     * @param which of the failed tasks; the times are those at which they failed
     * @return number of tasks
     * @throws IllegalArgumentException if the number is below 1, or the criteria have another state
     */
    long requeueFailed(int maxRequeues, TaskCriteria which);

    /**
     * Cancels tasks, as {@link TaskAdmin#cancel} does: those that wait are CANCELLED, those that run are asked to stop.
     *
     * @param which of the tasks that are SCHEDULED, BLOCKED, QUEUED or RUNNING
     * @return number of tasks
     * @throws IllegalArgumentException if the criteria have another state
     */
    long cancel(TaskCriteria which);

    /**
     * Puts waiting tasks into another queue, at the back of their priority there. Due times stay. So do keys, with the order of their
     * tasks: a concurrency key holds in all queues. Tasks of a fair key go on to take their turns in the queue in which they were
     * enqueued.
     *
     * @param which of the tasks that are SCHEDULED, BLOCKED or QUEUED
     * @param queue name of the other queue
     * @return number of tasks
     * @throws IllegalArgumentException if the criteria have another state, or it is the same queue
     * @throws NoSuchQueueException if the other queue does not exist
     */
    long reroute(TaskCriteria which, String queue);

    /**
     * Gives waiting tasks another priority, at the back of which they are then. Those that have it already stay where they are. Among
     * the tasks of a key the order stays.
     *
     * @param which of the tasks that are SCHEDULED, BLOCKED or QUEUED
     * @param priority the new priority, higher first
     * @return number of tasks
     * @throws IllegalArgumentException if the criteria have another state, or the queue does not allow the priority
     */
    long reprioritise(TaskCriteria which, int priority);

    /**
     * Makes tasks QUEUED whose time has come. Workers do that by themselves; this is for when none runs.
     *
     * @return number of tasks
     */
    long promoteDue();

    /**
     * Deletes the tasks that are QUEUED, or BLOCKED because they wait for their keys. What runs goes on, and what is SCHEDULED stays.
     *
     * @return number of tasks
     */
    default long drain() {
        return drain(false);
    }

    /**
     * Deletes the tasks that wait. What runs goes on.
     *
     * @param scheduled whether those that are SCHEDULED are deleted too
     * @return number of tasks
     */
    long drain(boolean scheduled);
}
