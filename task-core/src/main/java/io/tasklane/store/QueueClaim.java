package io.tasklane.store;

/**
 * How much to claim from one queue.
 *
 * @param queue name of the queue
 * @param limit most tasks from this queue, at least 1
 */
public record QueueClaim(String queue, int limit) {}
