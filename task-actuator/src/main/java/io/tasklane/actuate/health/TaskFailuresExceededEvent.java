package io.tasklane.actuate.health;

/**
 * A queue has more failed tasks than {@code tasklane.health.max-failed} allows. Published as an application event by each node
 * that sees it, once: and again only after there were fewer in between. A node sees it when its health is asked for or its metrics
 * are read.
 *
 * @param queue name of the queue
 * @param failed how many failed tasks it has
 * @param maxFailed how many are allowed
 */
public record TaskFailuresExceededEvent(String queue, long failed, int maxFailed) {}
