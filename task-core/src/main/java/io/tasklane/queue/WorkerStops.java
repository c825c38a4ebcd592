package io.tasklane.queue;

import io.tasklane.TaskQueue;
import io.tasklane.store.QueueStore;
import io.tasklane.store.StoppedWork;
import io.tasklane.store.StoredWorker;
import io.tasklane.store.WorkerMembership;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * Stops and starts containers, and the consuming of queues, on running workers wherever they are. A worker hears of it when it
 * reads its queues anew, and at once where nodes hear from each other; tasks that run end as ever. It holds until the worker ends.
 */
public final class WorkerStops {

    private static final Log logger = LogFactory.getLog(WorkerStops.class);

    private final WorkerMembership membership;

    private final QueueStore store;

    private final Supplier<List<QueueChangeListener>> listeners;

    /**
     * Creates the operations.
     *
     * @param membership where workers look for what they are told
     * @param store the queues there are
     * @param listeners told after each change; asked for once, at the first one
     */
    public WorkerStops(WorkerMembership membership, QueueStore store, Supplier<List<QueueChangeListener>> listeners) {
        this.membership = membership;
        this.store = store;
        this.listeners = SingletonSupplier.of(() -> List.copyOf(listeners.get()));
    }

    /**
     * Stops or starts the consuming of a queue.
     *
     * @param workers the workers; those that have ended meanwhile are left out
     * @param queue name of the queue
     * @param stop whether to stop
     * @throws IllegalArgumentException if there is no such queue
     */
    public void queue(Collection<StoredWorker> workers, String queue, boolean stop) {
        requireQueue(queue);
        change(workers, queue, stopped -> stopped.withQueue(queue, stop));
    }

    /**
     * Stops or starts a container on those of the workers that have it.
     *
     * @param workers the workers; those that have ended meanwhile are left out
     * @param container name of the container
     * @param stop whether to stop
     * @throws IllegalArgumentException if none of them has such a container
     */
    public void container(Collection<StoredWorker> workers, String container, boolean stop) {
        requireContainer(workers, container);
        List<StoredWorker> having = workers.stream()
                .filter(worker -> worker.description().containers().contains(container))
                .toList();
        change(having, container, stopped -> stopped.withContainer(container, stop));
    }

    /**
     * Checks the name of a queue, where several changes are made or none.
     *
     * @param queue name of the queue
     * @throws IllegalArgumentException if there is no such queue
     */
    public void requireQueue(String queue) {
        require(
                "queue",
                queue,
                this.store.queues().stream().map(TaskQueue::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * Checks the name of a container, where several changes are made or none.
     *
     * @param workers the workers
     * @param container name of the container
     * @throws IllegalArgumentException if none of them has such a container
     */
    public void requireContainer(Collection<StoredWorker> workers, String container) {
        Set<String> known = new TreeSet<>();
        workers.forEach(worker -> known.addAll(worker.description().containers()));
        require("container", container, known);
    }

    private static void require(String what, String name, Set<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no %s '%s'; there are: %s".formatted(what, name, String.join(", ", known)));
        }
    }

    private void change(Collection<StoredWorker> workers, String name, UnaryOperator<StoppedWork> change) {
        workers.forEach(worker -> this.membership.stop(worker.id(), change));
        this.listeners.get().forEach(listener -> tell(listener, name));
    }

    // The change is stored: a failure after it must not look like one of the change.
    private static void tell(QueueChangeListener listener, String name) {
        try {
            listener.changed(name);
        } catch (RuntimeException ex) {
            logger.warn(
                    "%s failed after workers were told to stop or start '%s'; they hear of it when they read their queues anew"
                            .formatted(listener, name),
                    ex);
        }
    }
}
