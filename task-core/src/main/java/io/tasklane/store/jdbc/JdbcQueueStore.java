package io.tasklane.store.jdbc;

import io.tasklane.QueueInUseException;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import io.tasklane.store.QueueStore.AppliedQueue.Result;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** The queues as stored. Whoever changes one locks its row first. */
final class JdbcQueueStore implements QueueStore {

    private final OwnTransactions transactions;

    private final ClaimLocking locking;

    private final KindRates kindRates;

    JdbcQueueStore(OwnTransactions transactions, WorkerConnections connections, KindRates kindRates) {
        this.transactions = transactions;
        this.kindRates = kindRates;
        this.locking = new ClaimLocking(connections);
    }

    @Override
    public List<TaskQueue> queues() {
        return this.transactions.execute(
                "reading the queues",
                session -> session.list(session.dialect().selectQueues(), this::read).stream()
                        .map(QueueRow::queue)
                        .sorted(Comparator.comparing(TaskQueue::name))
                        .toList());
    }

    private QueueRow read(SqlRow row) throws SQLException {
        // So that a limit of a task that was set elsewhere is known here.
        this.kindRates.learn(row.number("kind_rates") > 0);
        return QueueRow.read(row);
    }

    @Override
    public Optional<TaskQueue> queue(String name) {
        return this.transactions.execute(
                "reading the queue " + name,
                session -> find(session, session.dialect().selectQueue(), name)
                        .filter(row -> !row.deleted())
                        .map(QueueRow::queue));
    }

    @Override
    public TaskQueue declare(QueueSpec spec) {
        return changed("declaring the queue " + spec.name(), session -> {
            QueueRow existing = existing(session, session.dialect().selectQueue(), spec);
            if (existing != null && !existing.deleted()) {
                return existing;
            }
            // Looked at without a lock first, because most declared queues are there.
            QueueRow locked = existing(session, session.dialect().lockQueue(), spec);
            return locked != null && !locked.deleted() ? locked : declare(session, locked, spec);
        });
    }

    @Override
    public TaskQueue replace(QueueSpec spec) {
        return changed("replacing the queue " + spec.name(), session -> {
            QueueRow existing = existing(session, session.dialect().lockQueue(), spec);
            return existing == null || existing.deleted()
                    ? declare(session, existing, spec)
                    : update(session, existing.with(spec));
        });
    }

    @Override
    public AppliedQueue apply(QueueSpec spec, String application, String hash, Duration supersededFor) {
        return onceMoreIfJustCreated(() -> this.transactions.execute("applying the queue " + spec.name(), session -> {
            QueueRow existing = existing(session, session.dialect().lockQueue(), spec);
            if (existing == null || existing.deleted()) {
                QueueRow created = declare(session, existing, spec);
                new QueueSources(session, created.id()).apply(application, hash);
                return new AppliedQueue(Result.CREATED, null);
            }
            QueueSources sources = new QueueSources(session, existing.id());
            String other = sources.otherApplication(application, hash);
            if (sources.isLast(application, hash)) {
                return new AppliedQueue(Result.UNCHANGED, other);
            }
            if (sources.isSuperseded(application, hash, session.now().minus(supersededFor))) {
                return new AppliedQueue(Result.SUPERSEDED, other);
            }
            sources.apply(application, hash);
            update(session, existing.with(spec.settings()));
            return new AppliedQueue(Result.REPLACED, other);
        }));
    }

    private TaskQueue changed(String doing, SqlWork<QueueRow> change) {
        return onceMoreIfJustCreated(() -> this.transactions.execute(doing, change))
                .queue();
    }

    private static <T> T onceMoreIfJustCreated(OwnTransactions.Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (DuplicateKeyException ex) {
            return attempt.run();
        }
    }

    private static @Nullable QueueRow existing(SqlSession session, String template, QueueSpec spec)
            throws SQLException {
        QueueRow existing =
                session.one(template, QueueRow::read, key(spec.name())).orElse(null);
        if (existing != null && !existing.queue().name().equals(spec.name())) {
            throw new IllegalArgumentException(
                    "Queue '%s' differs only in case from the %s queue '%s': use one of the names everywhere"
                            .formatted(
                                    spec.name(),
                                    existing.deleted() ? "deleted" : "existing",
                                    existing.queue().name()));
        }
        return existing;
    }

    private static QueueRow declare(SqlSession session, @Nullable QueueRow deleted, QueueSpec spec)
            throws SQLException {
        if (deleted != null) {
            return update(session, deleted.declared(spec));
        }
        TaskQueue queue = new TaskQueue(
                spec.name(), QueueRow.state(spec.state() == TaskQueue.State.PAUSED), null, spec.settings());
        long id = session.insertWithId(session.dialect().insertQueue(), QueueRow.values(key(spec.name()), queue));
        return new QueueRow((int) id, queue, false);
    }

    private static QueueRow update(SqlSession session, QueueRow row) throws SQLException {
        session.update(session.dialect().updateQueue(), row.values());
        if (row.queue().settings().get(QueueSetting.MAX_RUNNING) != null) {
            session.dialect().limitRunning(session, row.id());
        }
        return row;
    }

    private static Optional<QueueRow> find(SqlSession session, String template, String name) throws SQLException {
        return session.one(template, QueueRow::read, key(name))
                .filter(row -> row.queue().name().equals(name));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<TaskQueue> patch(String name, UnaryOperator<QueueSettings> change) {
        return change(
                "changing",
                name,
                (session, row) -> row.with(change.apply(row.queue().settings())));
    }

    @Override
    public Optional<TaskQueue> pause(String name, @Nullable Duration duration) {
        return change(
                "pausing",
                name,
                (session, row) -> row.with(
                        TaskQueue.State.PAUSED, duration != null ? Micros.after(session.now(), duration) : null));
    }

    @Override
    public Optional<TaskQueue> pauseUntil(String name, Instant until) {
        return change("pausing", name, (session, row) -> {
            boolean paused = until.isAfter(session.now());
            return row.with(QueueRow.state(paused), paused ? until : null);
        });
    }

    @Override
    public Optional<TaskQueue> resume(String name) {
        return change("resuming", name, (session, row) -> row.with(TaskQueue.State.ACTIVE, null));
    }

    private Optional<TaskQueue> change(String doing, String name, QueueChange change) {
        return this.transactions.execute(doing + " the queue " + name, session -> {
            QueueRow row = find(session, session.dialect().lockQueue(), name)
                    .filter(found -> !found.deleted())
                    .orElse(null);
            return row == null
                    ? Optional.<TaskQueue>empty()
                    : Optional.of(update(session, change.of(session, row)).queue());
        });
    }

    @Override
    public boolean delete(String name, @Nullable RemainingTasks remaining) {
        boolean purge = remaining == RemainingTasks.DELETE;
        Integer deleted = this.transactions.execute("deleting the queue " + name, session -> {
            QueueRow row = find(session, session.dialect().lockQueue(), name).orElse(null);
            if (row == null) {
                return null;
            }
            QueueTasks tasks = QueueTasks.count(session, row.id());
            if (row.deleted() && !(purge && tasks.any())) {
                return null;
            }
            if ((purge && tasks.running() > 0) || (remaining == null && tasks.unfinished() > 0)) {
                throw new QueueInUseException(name, tasks.waiting(), tasks.running());
            }
            update(session, row.asDeleted());
            session.update(session.dialect().forgetQueueSources(), row.id());
            return row.id();
        });
        if (deleted != null && purge) {
            new QueuePurge(this.locking, deleted).run();
        }
        return deleted != null;
    }

    @Override
    public long purge(String name) {
        return this.transactions
                .execute(
                        "reading the queue " + name,
                        session -> find(session, session.dialect().selectQueue(), name))
                .map(row -> new QueuePurge(this.locking, row.id()).run())
                .orElse(0L);
    }

    @Override
    public List<QueueStatistics> statistics(Set<TaskState> states) {
        return this.transactions.execute("counting tasks", session -> new QueueCounts(session, states).read());
    }

    /** A change of a queue whose row is locked. */
    @FunctionalInterface
    private interface QueueChange {

        QueueRow of(SqlSession session, QueueRow row) throws SQLException;
    }

    /** The tasks of a queue. Those that have ended may be millions, and are not counted. */
    private record QueueTasks(long waiting, long running, boolean anyEnded) {

        static QueueTasks count(SqlSession session, int queue) throws SQLException {
            return session.one(
                            session.dialect().countTasksOfQueue(),
                            row -> new QueueTasks(
                                    row.number("waiting"), row.number("running"), row.integer("any_ended") == 1),
                            queue)
                    .orElseThrow();
        }

        long unfinished() {
            return this.waiting + this.running;
        }

        boolean any() {
            return unfinished() > 0 || this.anyEnded;
        }
    }
}
