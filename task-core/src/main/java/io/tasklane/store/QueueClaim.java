package io.tasklane.store;

/**
 * How much to claim from one queue.
 *
 * @param queue name of the queue
 * @param limit most tasks from this queue, at least 1
 * @param free how many of them a slot is free for; those beyond it are claimed ahead
 */
public record QueueClaim(String queue, int limit, int free) {

    /** Claims nothing ahead. */
    public QueueClaim(String queue, int limit) {
        this(queue, limit, limit);
    }
}
