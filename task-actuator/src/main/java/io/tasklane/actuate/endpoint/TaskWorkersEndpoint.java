package io.tasklane.actuate.endpoint;

import io.tasklane.store.WorkerMembership;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Shows the workers of all nodes, and of the node that answers its containers. */
@Endpoint(id = TaskWorkersEndpoint.ID)
public class TaskWorkersEndpoint {

    static final String ID = "taskworkers";

    private final WorkerMembership membership;

    private final @Nullable WorkerNodeView node;

    /**
     * Creates the endpoint.
     *
     * @param membership who is alive
     * @param node this node, null if it only produces
     */
    public TaskWorkersEndpoint(WorkerMembership membership, @Nullable WorkerNodeView node) {
        this.membership = membership;
        this.node = node;
    }

    /** Shows all workers. */
    @ReadOperation
    public TaskWorkersDescriptor workers() {
        return new TaskWorkersDescriptor(this.membership.workers().stream()
                .map(worker -> TaskWorkerDescriptor.of(worker, containersOf(worker.id())))
                .toList());
    }

    /**
     * Shows one worker.
     *
     * @param id its id
     * @return null, which is answered as not found, if there is no such worker
     */
    @ReadOperation
    public @Nullable TaskWorkerDescriptor worker(@Selector String id) {
        return workers().workers().stream()
                .filter(worker -> Long.toString(worker.id()).equals(id))
                .findFirst()
                .orElse(null);
    }

    private @Nullable List<WorkerContainerDescriptor> containersOf(long worker) {
        return this.node != null && this.node.is(worker) ? this.node.containers() : null;
    }

    /**
     * The workers.
     *
     * @param workers those alive, and those declared dead within the last day, ordered by id
     */
    public record TaskWorkersDescriptor(List<TaskWorkerDescriptor> workers) {}
}
