package io.tasklane.worker;

import java.util.List;
import java.util.OptionalLong;

/** What this node consumes now: for endpoints, health and meters. Reads memory only. */
public interface WorkerContainers {

    /** Returns the containers of this node, ordered by name; none while the node is stopped. */
    List<WorkerContainerInfo> containers();

    /** Returns the id of this node as a worker; empty while it has not joined. */
    OptionalLong workerId();

    /**
     * Stops a container of this node: its running tasks end, and no new ones start. Holds until it is started, or the node ends.
     *
     * @param container its name
     * @throws IllegalArgumentException if there is none of this name
     * @throws IllegalStateException if the node is stopped as a whole
     */
    void stop(String container);

    /**
     * Starts a container that was stopped.
     *
     * @param container its name
     * @throws IllegalArgumentException if there is none of this name
     * @throws IllegalStateException if the node is stopped as a whole
     */
    void start(String container);

    /**
     * Stops consuming a queue on this node: its running tasks end, and no new ones start here. The other queues of its container
     * go on. Holds until it is started, or the node ends; to stop a queue for good, and on all nodes, pause it.
     *
     * @param queue its name
     * @throws IllegalArgumentException if there is none of this name
     * @throws IllegalStateException if the node is stopped as a whole
     */
    void stopConsuming(String queue);

    /**
     * Consumes a queue again.
     *
     * @param queue its name
     * @throws IllegalArgumentException if there is none of this name
     * @throws IllegalStateException if the node is stopped as a whole
     */
    void startConsuming(String queue);

    /** Returns how this node feels. */
    WorkerHealth health();
}
