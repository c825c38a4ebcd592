package io.tasklane.store.jdbc;

import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import io.tasklane.store.QueueStore.AppliedQueue.Result;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** The queues as stored. */
final class JdbcQueueStore implements QueueStore {

    private final OwnTransactions transactions;

    JdbcQueueStore(OwnTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<TaskQueue> queues() {
        return this.transactions.execute(
                "reading the queues",
                session -> session.list(session.dialect().selectQueues(), QueueRow::read).stream()
                        .map(QueueRow::queue)
                        .sorted(Comparator.comparing(TaskQueue::name))
                        .toList());
    }

    @Override
    public Optional<TaskQueue> queue(String name) {
        return this.transactions.execute(
                "reading the queue " + name,
                session -> session.one(session.dialect().selectQueue(), QueueRow::read, key(name))
                        .map(QueueRow::queue)
                        .filter(queue -> queue.name().equals(name)));
    }

    @Override
    public TaskQueue declare(QueueSpec spec) {
        return onceMoreIfJustCreated(() -> this.transactions.execute("declaring the queue " + spec.name(), session -> {
            QueueRow existing = existing(session, session.dialect().selectQueue(), spec);
            return existing != null ? existing.queue() : create(session, spec).queue();
        }));
    }

    @Override
    public AppliedQueue apply(QueueSpec spec, String application, String hash, Duration supersededFor) {
        return onceMoreIfJustCreated(() -> this.transactions.execute("applying the queue " + spec.name(), session -> {
            QueueRow existing = existing(session, session.dialect().lockQueue(), spec);
            if (existing == null) {
                QueueRow created = create(session, spec);
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
            session.update(session.dialect().updateQueueSettings(), QueueRow.values(spec.settings(), existing.id()));
            return new AppliedQueue(Result.REPLACED, other);
        }));
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
                    "Queue '%s' differs only in case from the existing queue '%s': use one of the names everywhere"
                            .formatted(spec.name(), existing.queue().name()));
        }
        return existing;
    }

    private static QueueRow create(SqlSession session, QueueSpec spec) throws SQLException {
        QueueSettings settings = spec.settings();
        long id = session.insertWithId(
                session.dialect().insertQueue(), QueueRow.values(spec.name(), key(spec.name()), settings));
        return new QueueRow((int) id, new TaskQueue(spec.name(), TaskQueue.State.ACTIVE, settings));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean setPaused(String name, boolean paused) {
        return this.transactions.execute(
                "pausing or resuming the queue " + name,
                session -> session.update(session.dialect().updateQueuePaused(), paused, name) == 1);
    }

    @Override
    public List<QueueStatistics> statistics(Set<TaskState> states) {
        return this.transactions.execute("counting tasks", session -> new QueueCounts(session, states).read());
    }
}
