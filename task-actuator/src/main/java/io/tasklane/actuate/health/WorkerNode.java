package io.tasklane.actuate.health;

import io.tasklane.worker.WorkerContainerInfo;
import io.tasklane.worker.WorkerContainers;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * This node as a worker, as the health detail shows it.
 *
 * @param state where it is in its life
 * @param id its id as a worker, null while it has none
 */
record WorkerNode(State state, @Nullable Long id) {

    static WorkerNode of(@Nullable WorkerContainers node) {
        if (node == null) {
            return new WorkerNode(State.PRODUCES_ONLY, null);
        }
        OptionalLong id = node.workerId();
        List<WorkerContainerInfo> containers = node.containers();
        return new WorkerNode(state(id.isPresent(), containers), id.isPresent() ? id.getAsLong() : null);
    }

    private static State state(boolean joined, List<WorkerContainerInfo> containers) {
        if (!joined && containers.isEmpty()) {
            return State.STOPPED;
        }
        if (!containers.isEmpty()
                && containers.stream().allMatch(info -> info.state() == WorkerContainerInfo.State.DRAINING)) {
            return State.DRAINING;
        }
        return joined ? State.RUNNING : State.JOINING;
    }

    /** Where a node is in its life. */
    enum State {
        /** Workers are switched off here. */
        PRODUCES_ONLY,
        /** Not started, or stopped. */
        STOPPED,
        /** Started, but the database has not yet accepted it, or has declared it dead. */
        JOINING,
        /** Claims and runs tasks. */
        RUNNING,
        /** Claims no more and waits for its tasks. */
        DRAINING
    }
}
