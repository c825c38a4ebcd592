package io.tasklane.actuate.endpoint;

import io.tasklane.queue.WorkerStops;
import io.tasklane.store.StoredWorker;
import io.tasklane.store.WorkerMembership;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the workers of all nodes, and of the node that answers its containers. With unrestricted access it also stops and starts
 * containers, and the consuming of queues, on single workers or all.
 */
@Endpoint(id = TaskWorkersEndpoint.ID, defaultAccess = Access.READ_ONLY)
public class TaskWorkersEndpoint {

    static final String ID = "taskworkers";

    private static final String ALL = "all";

    private final WorkerMembership membership;

    private final WorkerStops stops;

    private final @Nullable WorkerNodeView node;

    /**
     * Creates the endpoint.
     *
     * @param membership who is alive
     * @param stops stops and starts what they do
     * @param node this node, null if it only produces
     */
    public TaskWorkersEndpoint(WorkerMembership membership, WorkerStops stops, @Nullable WorkerNodeView node) {
        this.membership = membership;
        this.stops = stops;
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

    /**
     * Stops or starts containers, or the consuming of queues: tasks that run end, and no new ones start. Holds until the worker
     * ends; to stop a queue for good, pause it. Nothing is changed unless all names exist.
     *
     * @param id id of the worker, or {@code all} for all that are alive now
     * @param stopQueue name of a queue that it is not to consume
     * @param startQueue name of a queue that it is to consume again
     * @param stopContainer name of a container to stop
     * @param startContainer name of a container to start
     * @return the workers that were told
     */
    @WriteOperation
    public TaskWorkersDescriptor change(
            @Selector String id,
            @Nullable String stopQueue,
            @Nullable String startQueue,
            @Nullable String stopContainer,
            @Nullable String startContainer) {
        if (stopQueue == null && startQueue == null && stopContainer == null && startContainer == null) {
            throw TaskRequestException.invalid(
                    "Nothing to do is given: put stopQueue, startQueue, stopContainer or startContainer into the body, as JSON");
        }
        List<StoredWorker> workers = living(id);
        try {
            // All of it before anything is changed.
            Stream.of(stopQueue, startQueue).filter(Objects::nonNull).forEach(this.stops::requireQueue);
            Stream.of(stopContainer, startContainer)
                    .filter(Objects::nonNull)
                    .forEach(container -> this.stops.requireContainer(workers, container));
            change(workers, stopQueue, true, this.stops::queue);
            change(workers, startQueue, false, this.stops::queue);
            change(workers, stopContainer, true, this.stops::container);
            change(workers, startContainer, false, this.stops::container);
        } catch (IllegalArgumentException ex) {
            throw TaskRequestException.invalid(String.valueOf(ex.getMessage()));
        }
        Set<Long> told = workers.stream().map(StoredWorker::id).collect(Collectors.toSet());
        return new TaskWorkersDescriptor(workers().workers().stream()
                .filter(worker -> told.contains(worker.id()))
                .toList());
    }

    private static void change(List<StoredWorker> workers, @Nullable String name, boolean stop, Change change) {
        if (name != null) {
            change.make(workers, name, stop);
        }
    }

    private List<StoredWorker> living(String id) {
        List<StoredWorker> living = this.membership.workers().stream()
                .filter(StoredWorker::alive)
                .filter(worker -> id.equals(ALL) || Long.toString(worker.id()).equals(id))
                .toList();
        if (living.isEmpty()) {
            throw TaskRequestException.notFound(
                    id.equals(ALL) ? "No worker is alive" : "There is no worker '%s' that is alive".formatted(id));
        }
        return living;
    }

    private @Nullable List<WorkerContainerDescriptor> containersOf(long worker) {
        return this.node != null && this.node.is(worker) ? this.node.containers() : null;
    }

    /** One of the changes that are possible. */
    @FunctionalInterface
    private interface Change {

        void make(List<StoredWorker> workers, String name, boolean stop);
    }

    /**
     * The workers.
     *
     * @param workers those alive, and those declared dead within the last day, ordered by id
     */
    public record TaskWorkersDescriptor(List<TaskWorkerDescriptor> workers) {}
}
