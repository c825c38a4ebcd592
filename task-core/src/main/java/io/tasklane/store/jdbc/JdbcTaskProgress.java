package io.tasklane.store.jdbc;

import io.tasklane.TaskTransactionException;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskProgress;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a task needs, and writes how far it has come, on the thread that runs it. */
final class JdbcTaskProgress implements TaskProgress {

    private final WorkerConnections connections;

    private final CallerTransactions callers;

    private final TaskSqlDialects dialects;

    JdbcTaskProgress(WorkerConnections connections, CallerTransactions callers, TaskSqlDialects dialects) {
        this.connections = connections;
        this.callers = callers;
        this.dialects = dialects;
    }

    @Override
    public boolean start(TaskLease lease) {
        return this.connections.executeStatement(
                        "the start of task " + lease.task(),
                        session -> session.update(session.dialect().startRunning(), values(lease)))
                == 1;
    }

    @Override
    public @Nullable String payload(TaskLease lease) {
        return this.connections.executeStatement(
                "reading the arguments of task " + lease.task(),
                session -> session.one(
                                session.dialect().selectPayload(),
                                row -> row.text("payload"),
                                lease.task().value())
                        .orElse(null));
    }

    @Override
    public boolean succeedInTransaction(TaskCompletion completion) {
        CallerTransaction caller = this.callers.joined();
        if (caller == null) {
            throw new TaskTransactionException(
                    ("Task %s cannot complete in the transaction of its body: there is none on %s, through which tasks are"
                                    + " stored. Give the worker a transaction manager of that data source")
                            .formatted(completion.lease().task(), this.callers.dataSource()));
        }
        return caller.execute(
                "completing task %s in its transaction"
                        .formatted(completion.lease().task()),
                this.dialects,
                session -> succeed(session, completion));
    }

    private static boolean succeed(SqlSession session, TaskCompletion completion) throws SQLException {
        boolean succeeded = session.dialect().moves().succeed(session, completion);
        if (succeeded && completion.keyed()) {
            new KeyHolds(session).end(List.of(completion.lease().task().value()));
        }
        return succeeded;
    }

    @Override
    public LeaseState leaseState(TaskLease lease) {
        return this.connections.execute("looking for task " + lease.task(), session -> leaseState(session, lease));
    }

    private static LeaseState leaseState(SqlSession session, TaskLease lease) throws SQLException {
        TaskSqlDialect sql = session.dialect();
        if (session.one(sql.lockLease(), row -> true, values(lease)).isPresent()) {
            return LeaseState.HELD;
        }
        // Who has it locked may roll back.
        if (session.one(sql.selectLease(), row -> true, values(lease)).isPresent()) {
            return LeaseState.CHANGING;
        }
        return session.one(
                                sql.selectFinished(),
                                row -> row.integer("state") == TaskCodes.SUCCEEDED
                                        && Long.valueOf(lease.worker()).equals(row.numberOrNull("worker_id")),
                                lease.task().value())
                        .orElse(false)
                ? LeaseState.SUCCEEDED
                : LeaseState.GONE;
    }

    private static Object[] values(TaskLease lease) {
        return new Object[] {lease.task().value(), lease.worker(), lease.token()};
    }

    @Override
    public boolean isUnreachable(Throwable failure) {
        return SqlErrors.isUnreachable(failure);
    }
}
