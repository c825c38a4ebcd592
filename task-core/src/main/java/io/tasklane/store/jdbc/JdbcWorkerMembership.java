package io.tasklane.store.jdbc;

import io.tasklane.store.StoppedWork;
import io.tasklane.store.StoredWorker;
import io.tasklane.store.WorkerDescription;
import io.tasklane.store.WorkerMembership;
import io.tasklane.store.jdbc.TaskMoves.RecoveredRows;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Workers, and the tasks of dead ones. */
final class JdbcWorkerMembership implements WorkerMembership {

    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final int BATCH = 1_000;

    private final WorkerConnections connections;

    private final OwnTransactions transactions;

    private final InternedNames names;

    JdbcWorkerMembership(WorkerConnections connections, OwnTransactions transactions, InternedNames names) {
        this.connections = connections;
        this.transactions = transactions;
        this.names = names;
    }

    @Override
    public long join(WorkerDescription description) {
        return this.connections.executeKept(
                "joining as a worker",
                session -> session.insertWithId(session.dialect().insertWorker(), values(description)));
    }

    @Override
    public boolean heartbeat(long worker, WorkerDescription description) {
        List<@Nullable Object> values = new ArrayList<>(List.of(values(description)));
        values.add(worker);
        return this.connections.executeKept(
                "the heartbeat of worker " + worker,
                session -> session.update(session.dialect().heartbeat(), values.toArray()) == 1);
    }

    private static Object[] values(WorkerDescription description) {
        return new Object[] {
            description.application(),
            description.host(),
            description.pid(),
            String.join(",", description.tags()),
            String.join(",", description.containers()),
            String.join(",", description.queues()),
            description.concurrency(),
            description.running()
        };
    }

    @Override
    public Recovery recover(Duration after, int maxRecoveries) {
        Death death = this.connections.executeKept("looking for dead workers", JdbcWorkerMembership::look);
        List<Long> buried = death.isPossible(after)
                ? this.connections.executeKept("declaring workers dead", session -> bury(session, after))
                : List.of();
        if (buried.isEmpty() && !death.orphans()) {
            return new Recovery(List.of(), 0, 0, 0, Set.of(), death.stops());
        }
        Set<String> queues = new HashSet<>();
        int putBack = 0;
        int failed = 0;
        int cancelled = 0;
        int batch = BATCH;
        while (batch == BATCH) {
            RecoveredRows rows = this.connections.executeKept("recovering tasks", session -> {
                List<Long> dead = deadWorkersWithTasks(session);
                RecoveredRows recovered = dead.isEmpty()
                        ? RecoveredRows.NONE
                        : session.dialect().moves().recover(session, dead, maxRecoveries, BATCH);
                for (int queue : Set.copyOf(recovered.putBack())) {
                    queues.add(this.names.queue(session, queue));
                }
                return recovered;
            });
            batch = rows.total();
            putBack += rows.putBack().size();
            failed += rows.failed();
            cancelled += rows.cancelled();
        }
        return new Recovery(buried, putBack, failed, cancelled, queues, death.stops());
    }

    private static Death look(SqlSession session) throws SQLException {
        return session.one(
                        session.dialect().lookForDeath(),
                        row -> new Death(
                                row.time("now_at"),
                                row.timeOrNull("oldest_beat"),
                                row.timeOrNull("oldest_death"),
                                row.number("orphaned") > 0,
                                row.number("stops") > 0))
                .orElseThrow();
    }

    private static List<Long> bury(SqlSession session, Duration after) throws SQLException {
        Instant now = session.now();
        List<Long> silent =
                session.list(session.dialect().lockSilentWorkers(), row -> row.number("id"), now.minus(after));
        if (!silent.isEmpty()) {
            session.update(session.dialect().buryWorkers(), silent);
        }
        session.update(session.dialect().forgetWorkers(), now.minus(REMEMBERED));
        return silent;
    }

    // In this order: a worker that joins in between is not yet seen with tasks, and nobody comes back to life.
    private static List<Long> deadWorkersWithTasks(SqlSession session) throws SQLException {
        List<Long> workers = session.list(session.dialect().selectWorkersOfRunning(), row -> row.number("worker_id"));
        if (workers.isEmpty()) {
            return List.of();
        }
        Set<Long> living =
                new HashSet<>(session.list(session.dialect().selectLivingWorkers(), row -> row.number("id")));
        return workers.stream().filter(worker -> !living.contains(worker)).toList();
    }

    @Override
    public void leave(long worker) {
        this.connections.executeKept(
                "the leave of worker " + worker,
                session -> session.update(session.dialect().deleteWorker(), worker));
    }

    @Override
    public Optional<StoppedWork> stopped(long worker) {
        return this.transactions.execute(
                "reading what worker " + worker + " is to stop",
                session -> session.one(session.dialect().selectStopped(), JdbcWorkerMembership::stopped, worker));
    }

    @Override
    public Optional<StoppedWork> stop(long worker, UnaryOperator<StoppedWork> change) {
        return this.transactions.execute("telling worker " + worker + " what to stop", session -> {
            Optional<StoppedWork> changed = session.one(
                            session.dialect().lockStopped(), JdbcWorkerMembership::stopped, worker)
                    .map(change);
            if (changed.isPresent()) {
                session.update(
                        session.dialect().updateStopped(),
                        String.join(",", changed.get().queues()),
                        String.join(",", changed.get().containers()),
                        worker);
            }
            return changed;
        });
    }

    @Override
    public List<StoredWorker> workers() {
        return this.transactions.execute("reading the workers", session -> {
            Instant since = session.now().minus(REMEMBERED);
            return session.list(session.dialect().selectWorkers(), JdbcWorkerMembership::read, since);
        });
    }

    private static StoredWorker read(SqlRow row) throws SQLException {
        WorkerDescription description = new WorkerDescription(
                row.text("application"),
                row.text("host"),
                row.number("pid"),
                names(row.textOrNull("tags")),
                names(row.textOrNull("containers")),
                names(row.text("queues")),
                row.integer("concurrency"),
                row.integer("running"));
        return new StoredWorker(
                row.number("id"),
                description,
                row.time("started_at"),
                row.time("heartbeat_at"),
                row.timeOrNull("dead_at") == null,
                stopped(row));
    }

    private static StoppedWork stopped(SqlRow row) throws SQLException {
        return StoppedWork.of(
                Set.copyOf(names(row.textOrNull("stopped_queues"))),
                Set.copyOf(names(row.textOrNull("stopped_containers"))));
    }

    private static List<String> names(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    /**
     * What a first look tells.
     *
     * @param now the time of the look
     * @param oldestBeat heartbeat of the living worker that has been silent for longest, null if none is alive
     * @param oldestDeath when the first of the remembered dead was found to be, null without any
     * @param orphans whether there are tasks whose worker is not alive
     * @param stops whether some living worker is told to stop something
     */
    private record Death(
            Instant now,
            @Nullable Instant oldestBeat,
            @Nullable Instant oldestDeath,
            boolean orphans,
            boolean stops) {

        boolean isPossible(Duration after) {
            return (this.oldestBeat != null && this.oldestBeat.isBefore(this.now.minus(after)))
                    || (this.oldestDeath != null && this.oldestDeath.isBefore(this.now.minus(REMEMBERED)));
        }
    }
}
