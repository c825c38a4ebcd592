package io.tasklane.store;

/**
 * How much to claim from one queue.
 *
 * @param queue name of the queue
 * @param limit most tasks from this queue, at least 1
 * @param free how many of them a slot is free for; those beyond it are claimed ahead
 * @param limited whether the worker knows of a limit that all nodes share. Without that nothing is claimed from a queue that has
 *     one, so that a worker which has not heard of it does not exceed it
 */
public record QueueClaim(String queue, int limit, int free, boolean limited) {

    /** From a queue without a limit that all nodes share. */
    public QueueClaim(String queue, int limit, int free) {
        this(queue, limit, free, false);
    }

    /** Claims nothing ahead, from a queue without a limit that all nodes share. */
    public QueueClaim(String queue, int limit) {
        this(queue, limit, limit, false);
    }
}
