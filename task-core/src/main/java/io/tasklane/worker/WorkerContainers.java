package io.tasklane.worker;

import java.util.List;
import java.util.OptionalLong;

/** What this node consumes now: for endpoints, health and meters. Reads memory only. */
public interface WorkerContainers {

    /** Returns the containers of this node, ordered by name; none while the node is stopped. */
    List<WorkerContainerInfo> containers();

    /** Returns the id of this node as a worker; empty while it has not joined. */
    OptionalLong workerId();

    /** Returns how this node feels. */
    WorkerHealth health();
}
