package io.tasklane.store.jdbc;

import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskProgress;
import org.jspecify.annotations.Nullable;

/** Reads what a task needs, and writes how far it has come, on the thread that runs it. */
final class JdbcTaskProgress implements TaskProgress {

    private final WorkerConnections connections;

    JdbcTaskProgress(WorkerConnections connections) {
        this.connections = connections;
    }

    @Override
    public boolean start(TaskLease lease) {
        return this.connections.executeStatement(
                        "the start of task " + lease.task(),
                        session -> session.update(
                                session.dialect().startRunning(), lease.task().value(), lease.worker(), lease.token()))
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
    public boolean isUnreachable(Throwable failure) {
        return SqlErrors.isUnreachable(failure);
    }
}
