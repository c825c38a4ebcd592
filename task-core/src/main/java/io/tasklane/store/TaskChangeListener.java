package io.tasklane.store;

/**
 * Told of what an operator did, after it has committed, so that workers need not find it by themselves. Must be quick; what it
 * throws is logged.
 */
public interface TaskChangeListener {

    /**
     * A task can be claimed again.
     *
     * @param queue its queue
     */
    void requeued(String queue);

    /**
     * A task is to stop.
     *
     * @param worker id of the worker that runs it
     */
    void cancelled(long worker);

    /**
     * The rate limit of a task was changed.
     *
     * @param task its name
     */
    default void rateLimitChanged(String task) {}
}
