package io.tasklane.queue;

/** Told of changes to queues that were made on this node, once they are committed and its {@link QueueRegistry} knows of them. */
@FunctionalInterface
public interface QueueChangeListener {

    /**
     * A queue was declared, changed, paused, resumed or deleted. Called on the thread that did it; must be quick.
     *
     * @param queue its name
     */
    void changed(String queue);
}
