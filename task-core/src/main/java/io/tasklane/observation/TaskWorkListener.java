package io.tasklane.observation;

import java.time.Duration;

/** Told of what a worker does with tasks, for meters. Must be quick; what it throws is logged and ignored. */
public interface TaskWorkListener {

    /** Ignores everything. */
    TaskWorkListener NONE = new TaskWorkListener() {};

    /**
     * A task starts.
     *
     * @param queue its queue
     * @param task its name
     * @param wait how long it could have been claimed before its body starts, not negative
     */
    default void started(String queue, String task, Duration wait) {}

    /**
     * This worker no longer owns a task that it runs or has run.
     *
     * @param queue its queue
     * @param task its name
     */
    default void leaseLost(String queue, String task) {}
}
