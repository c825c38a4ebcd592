package io.tasklane.store.jdbc;

import io.tasklane.TaskState;
import io.tasklane.store.PriorityAging;
import io.tasklane.store.TaskMaintenance;
import io.tasklane.store.jdbc.FinishedTasks.Batch;
import io.tasklane.store.jdbc.FinishedTasks.Outdated;
import io.tasklane.store.jdbc.KeyMending.Mending;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Maintenance, and the lease under which one worker at a time does it. */
final class JdbcTaskMaintenance implements TaskMaintenance {

    private final WorkerConnections connections;

    private final ClaimLocking locking;

    private final InternedNames names;

    // While a transaction stays open for long, what was deleted stays in the index: a batch that began at the oldest
    // task again
    // would walk past all of it.
    private final AtomicReference<@Nullable Rest> rest = new AtomicReference<>();

    private final AtomicReference<Mending> mending = new AtomicReference<>(Mending.START);

    JdbcTaskMaintenance(WorkerConnections connections, InternedNames names) {
        this.connections = connections;
        this.locking = new ClaimLocking(connections);
        this.names = names;
    }

    @Override
    public boolean leaseMaintenance(long worker, Duration duration) {
        return this.connections.executeKept(
                "taking the maintenance lease",
                session -> session.update(
                                session.dialect().leaseMaintenance(), worker, Micros.of(duration), worker, worker)
                        == 1);
    }

    @Override
    public int prune(Map<TaskState, Duration> ages, int limit) {
        if (ages.isEmpty()) {
            return 0;
        }
        Rest left = this.rest.getAndSet(null);
        Pruned pruned = this.connections.execute("deleting finished tasks", session -> {
            FinishedTasks finished = new FinishedTasks(session);
            Deque<Outdated> groups = left != null && left.ages().equals(ages)
                    ? new ArrayDeque<>(left.groups())
                    : new ArrayDeque<>(finished.outdated(ages));
            Batch batch = new Batch(limit);
            while (!groups.isEmpty() && !batch.isFull()) {
                Outdated more = finished.fill(batch, groups.remove());
                if (more != null) {
                    groups.addFirst(more);
                }
            }
            return new Pruned(finished.delete(batch), groups);
        });
        if (!pruned.groups().isEmpty()) {
            this.rest.set(new Rest(Map.copyOf(ages), pruned.groups()));
        }
        return pruned.count();
    }

    @Override
    public int pruneAudit(Duration age, int limit) {
        return this.connections.execute("deleting old audit records", session -> {
            List<Long> old = session.list(
                    session.dialect().selectOldAudit(),
                    row -> row.number("id"),
                    Micros.before(session.now(), age),
                    limit);
            return old.isEmpty() ? 0 : session.update(session.dialect().deleteAudit(), old);
        });
    }

    @Override
    public boolean mendKeys(int limit) {
        Mending from = this.mending.get();
        Mending next = this.connections.execute("mending keys", session -> new KeyMending(session, limit).goOn(from));
        this.mending.set(next);
        return next.equals(Mending.START);
    }

    @Override
    public AgedTasks age(String queue, PriorityAging rule, @Nullable Place from, int limit) {
        return this.locking.execute("raising the priority of tasks of queue " + queue, true, session -> {
            List<Integer> id = this.names.knownQueueIds(session, List.of(queue));
            return id.isEmpty() ? AgedTasks.NONE : new ReadyAging(session, id.get(0), rule).age(from, limit);
        });
    }

    /** Where the next batch goes on. */
    private record Rest(Map<TaskState, Duration> ages, Deque<Outdated> groups) {}

    /** What a batch did and left. */
    private record Pruned(int count, Deque<Outdated> groups) {}
}
