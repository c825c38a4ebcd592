package io.tasklane;

import java.util.List;
import java.util.Map;

/**
 * Operates queues. Queues live in the database, so every node sees the same; a change reaches every node within 10
 * seconds, a pause at the next claim.
 */
public interface TaskQueues {

    /**
     * Creates the queue if it does not exist. An existing queue is left as it is.
     *
     * @param spec name and settings
     * @return the queue as stored
     * @throws IllegalArgumentException if another queue's name differs only in case
     */
    TaskQueue declare(QueueSpec spec);

    /**
     * Returns a queue.
     *
     * @param name name of the queue
     * @throws NoSuchQueueException if there is none
     */
    TaskQueue get(String name);

    /** Returns all queues, ordered by name. */
    List<TaskQueue> list();

    /** Returns the number of tasks in {@link TaskState#QUEUED} by queue, ordered by name; empty queues have 0. */
    Map<String, Long> depths();

    /**
     * Stops claiming from the queue, on all nodes and across restarts. Running tasks go on; tasks may still be enqueued.
     *
     * @param name name of the queue
     * @throws NoSuchQueueException if there is none
     */
    void pause(String name);

    /**
     * Claims from the queue again.
     *
     * @param name name of the queue
     * @throws NoSuchQueueException if there is none
     */
    void resume(String name);
}
