package io.tasklane.store.jdbc;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.TaskStateException;
import io.tasklane.store.TaskAdministration;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.jdbc.CallerTransactions.Intent;
import io.tasklane.store.jdbc.KeyHolds.Waiting;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes single tasks in the caller's transaction, or in one of the store's own. */
final class JdbcTaskAdministration implements TaskAdministration {

    private final CallerTransactions callers;

    private final OwnTransactions transactions;

    private final TaskSqlDialects dialects;

    private final InternedNames names;

    JdbcTaskAdministration(
            CallerTransactions callers, OwnTransactions transactions, TaskSqlDialects dialects, InternedNames names) {
        this.callers = callers;
        this.transactions = transactions;
        this.dialects = dialects;
        this.names = names;
    }

    @Override
    public boolean retry(TaskId id, TaskChangeListener committed) {
        return change(Intent.retry(id), "retrying task " + id, session -> {
            LockedTask task = new TaskLock(session).lock(id);
            if (task == null || !task.state().isFinished()) {
                return Change.NONE;
            }
            if (task.state() == TaskState.SUCCEEDED) {
                throw new TaskStateException(
                        id,
                        task.state(),
                        "Task %s has succeeded and cannot be retried: enqueue another one".formatted(id));
            }
            String queue = this.names.queue(session, task.queueId());
            requeue(session, task);
            return Change.of(() -> committed.requeued(queue));
        });
    }

    private static void requeue(SqlSession session, LockedTask task) throws SQLException {
        TaskSqlDialect sql = session.dialect();
        session.update(sql.deleteFinished(), List.of(task.id()));
        Map<Long, Integer> lastAttempts = StepwiseCompletion.lastAttempts(session, List.of(task.id()));
        if (lastAttempts.containsKey(task.id())) {
            session.update(sql.forgetUsed(), task.id(), lastAttempts.get(task.id()));
        }
        Waiting waiting = new Waiting(task.queueId(), task.band(), task.kindId(), 0, 0, null);
        if (new KeyHolds(session).block(Map.of(task.id(), waiting)).isEmpty()) {
            session.insertAll(
                    sql.insertReady(),
                    row(task.queueId(), task.band(), task.id(), task.kindId(), 0, 0, session.now(), null));
        }
    }

    @Override
    public boolean cancel(TaskId id, TaskChangeListener committed) {
        return change(Intent.cancel(id), "cancelling task " + id, session -> {
            LockedTask task = new TaskLock(session).lock(id);
            if (task == null || task.state().isFinished()) {
                return Change.NONE;
            }
            if (task.state() == TaskState.RUNNING) {
                if (task.cancelledAt() == null) {
                    session.update(session.dialect().cancelRunning(), id.value());
                }
                return Change.of(() -> committed.cancelled(task.worker()));
            }
            deletePlace(session, task);
            Instant now = session.now();
            session.insertAll(
                    session.dialect().insertFinished(),
                    row(
                            task.id(),
                            task.queueId(),
                            task.kindId(),
                            TaskCodes.CANCELLED,
                            task.retriesUsed(),
                            task.recoveries(),
                            null,
                            null,
                            now,
                            null));
            endKey(session, task);
            return Change.DONE;
        });
    }

    @Override
    public boolean delete(TaskId id) {
        return change(Intent.delete(id), "deleting task " + id, session -> {
            LockedTask task = new TaskLock(session).lock(id);
            if (task == null) {
                return Change.NONE;
            }
            if (task.state() == TaskState.RUNNING) {
                throw new TaskStateException(
                        id,
                        task.state(),
                        "Task %s is running and cannot be deleted: cancel it first, and delete it once it has ended"
                                .formatted(id));
            }
            session.update(session.dialect().deleteAttempts(), List.of(task.id()));
            session.update(session.dialect().deleteTasks(), List.of(task.id()));
            deletePlace(session, task);
            endKey(session, task);
            return Change.DONE;
        });
    }

    private static void endKey(SqlSession session, LockedTask task) throws SQLException {
        KeyHolds holds = new KeyHolds(session);
        if (task.key() != null) {
            holds.lookAgain(Map.of(task.id(), task.key()));
        } else {
            holds.end(List.of(task.id()));
        }
    }

    private static void deletePlace(SqlSession session, LockedTask task) throws SQLException {
        TaskSqlDialect sql = session.dialect();
        switch (task.state()) {
            case QUEUED -> session.update(sql.deleteReady(), task.queueId(), task.band(), List.of(task.seq()));
            case SCHEDULED -> session.update(sql.deleteDue(), List.of(task.id()));
            case BLOCKED -> session.update(sql.deleteBlocked(), List.of(task.id()));
            default -> session.update(sql.deleteFinished(), List.of(task.id()));
        }
    }

    private static List<@Nullable Object[]> row(@Nullable Object... values) {
        return Collections.singletonList(values);
    }

    private boolean change(Intent intent, String doing, SqlWork<Change> work) {
        CallerTransaction caller = this.callers.forWriting(intent);
        if (caller == null) {
            Change change = this.transactions.execute(doing, work);
            CommitListeners.tell(doing, change.told());
            return change.done();
        }
        Change change = caller.execute(doing, this.dialects, work);
        if (caller.synchronization() != null) {
            caller.synchronization().add(doing, change.told());
        }
        return change.done();
    }

    /**
     * What was done.
     *
     * @param done whether anything was
     * @param told to be run after the commit
     */
    private record Change(boolean done, Runnable told) {

        static final Change NONE = new Change(false, () -> {});

        static final Change DONE = of(() -> {});

        static Change of(Runnable told) {
            return new Change(true, told);
        }
    }
}
