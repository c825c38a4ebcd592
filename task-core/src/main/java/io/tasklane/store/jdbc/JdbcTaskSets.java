package io.tasklane.store.jdbc;

import io.tasklane.TaskCriteria;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.AuditStore.Entry;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskSetAdministration;
import io.tasklane.store.TaskSetChange;
import io.tasklane.store.TaskSetChange.Cancel;
import io.tasklane.store.TaskSetChange.Delete;
import io.tasklane.store.TaskSetChange.Reroute;
import io.tasklane.store.jdbc.TaskSetSearch.Page;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes many tasks, a batch in a transaction. */
final class JdbcTaskSets implements TaskSetAdministration {

    private final OwnTransactions transactions;

    private final ClaimLocking locking;

    private final InternedNames names;

    JdbcTaskSets(OwnTransactions transactions, WorkerConnections connections, InternedNames names) {
        this.transactions = transactions;
        this.locking = new ClaimLocking(connections);
        this.names = names;
    }

    @Override
    public long count(TaskSetChange change) {
        return this.transactions.execute("counting tasks of queue " + change.queue(), session -> {
            TaskSetScope scope = scope(session, change, session.now());
            if (scope == null) {
                return 0L;
            }
            long count = 0;
            for (TaskState state : change.states()) {
                count += new TaskSetSearch(session, scope).count(state);
            }
            return count;
        });
    }

    @Override
    public Batch change(
            TaskSetChange change, Entry audit, @Nullable Cursor after, int limit, TaskChangeListener committed) {
        String doing = "changing tasks of queue " + change.queue();
        Done done = this.locking.execute(doing, true, session -> {
            Cursor start = after != null ? after : begin(session, audit);
            TaskSetScope scope = scope(session, change, start.since());
            Done batch = scope == null ? Done.NOTHING : change(session, scope, start, limit);
            write(session, audit, start.audit(), batch.batch());
            return batch;
        });
        if (done.batch().changed() > 0) {
            CommitListeners.tell(doing, () -> tell(change, done.workers(), committed));
        }
        return done.batch();
    }

    private static Cursor begin(SqlSession session, Entry audit) throws SQLException {
        long row = session.insertWithId(session.dialect().insertAudit(), JdbcAuditStore.values(audit.unfinished()));
        return TaskSetSearch.startOf(session.now(), row, 0);
    }

    private static void write(SqlSession session, Entry audit, long row, Batch batch) throws SQLException {
        if (batch.changed() > 0) {
            session.update(session.dialect().countAudited(), batch.changed(), row);
        }
        if (batch.next() == null) {
            session.update(session.dialect().finishAudit(), audit.detail(), row);
        }
    }

    private Done change(SqlSession session, TaskSetScope scope, Cursor start, int limit) throws SQLException {
        List<TaskState> states = scope.change().states();
        TaskSetSearch search = new TaskSetSearch(session, scope);
        Cursor at = start;
        while (at.state() < states.size()) {
            TaskState state = states.get(at.state());
            Page page = search.find(state, at, limit);
            if (page.last() != null) {
                TaskSetMoves moves = new TaskSetMoves(session, scope, target(session, scope));
                int changed = moves.apply(state, page.found());
                return new Done(new Batch(changed, page.last()), moves.workers());
            }
            at = TaskSetSearch.startOf(at.since(), at.audit(), at.state() + 1);
        }
        return Done.NOTHING;
    }

    private int target(SqlSession session, TaskSetScope scope) throws SQLException {
        return scope.change().action() instanceof Reroute reroute
                ? this.names.queueId(session, reroute.queue())
                : scope.queueId();
    }

    /** Null if there is no such task. */
    private @Nullable TaskSetScope scope(SqlSession session, TaskSetChange change, Instant since) throws SQLException {
        TaskCriteria which = change.which();
        int queue = this.names.queueId(session, change.queue());
        Integer kind = null;
        if (which.task() != null) {
            List<Integer> known = this.names.knownKindIds(session, List.of(which.task()));
            if (known.isEmpty()) {
                return null;
            }
            kind = known.get(0);
        }
        Instant before = which.before();
        if (change.age() != null) {
            Instant aged = Micros.before(since, change.age());
            before = before == null || aged.isBefore(before) ? aged : before;
        }
        return new TaskSetScope(change, queue, kind, since, which.from(), before);
    }

    private static void tell(TaskSetChange change, Set<Long> workers, TaskChangeListener committed) {
        workers.forEach(committed::cancelled);
        if (change.action() instanceof Reroute reroute) {
            committed.requeued(reroute.queue());
        } else if (!(change.action() instanceof Delete) && !(change.action() instanceof Cancel)) {
            committed.requeued(change.queue());
        }
    }

    @Override
    public boolean deleteScheduled(String queue, TaskId id, Entry audit) {
        return this.locking.execute("deleting the scheduled task " + id, true, session -> {
            int queueId = this.names.queueId(session, queue);
            LockedTask task = new TaskLock(session).lock(id);
            if (task == null || task.state() != TaskState.SCHEDULED || task.queueId() != queueId) {
                return false;
            }
            List<Long> ids = List.of(id.value());
            session.update(session.dialect().deleteDue(), ids);
            session.update(session.dialect().deleteAttempts(), ids);
            session.update(session.dialect().deleteTasks(), ids);
            new KeyHolds(session).end(ids);
            session.update(session.dialect().insertAudit(), JdbcAuditStore.values(audit));
            return true;
        });
    }

    /** A batch, and the workers that run tasks which it cancelled. */
    private record Done(Batch batch, Set<Long> workers) {

        static final Done NOTHING = new Done(new Batch(0, null), Set.of());
    }
}
