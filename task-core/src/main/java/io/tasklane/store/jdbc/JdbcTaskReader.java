package io.tasklane.store.jdbc;

import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskReader;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds tasks by id, on the caller's connection if there is one. */
final class JdbcTaskReader implements TaskReader {

    private final CallerTransactions callers;

    private final OwnTransactions transactions;

    private final TaskSqlDialects dialects;

    JdbcTaskReader(CallerTransactions callers, OwnTransactions transactions, TaskSqlDialects dialects) {
        this.callers = callers;
        this.transactions = transactions;
        this.dialects = dialects;
    }

    @Override
    public Optional<TaskState> state(TaskId id) {
        return read(
                "reading the state of task " + id,
                session -> session.one(
                        session.dialect().selectState(), row -> TaskCodes.state(row.integer("state")), id.value()));
    }

    @Override
    public Optional<StoredTask> find(TaskId id) {
        return read(
                "reading task " + id,
                session -> session.one(session.dialect().selectTask(), JdbcTaskReader::task, id.value()));
    }

    @Override
    public List<StoredAttempt> attempts(TaskId id) {
        return read(
                "reading the attempts of task " + id,
                session -> session.list(session.dialect().selectAttempts(), JdbcTaskReader::attempt, id.value()));
    }

    private <T> T read(String doing, SqlWork<T> work) {
        CallerTransaction caller = this.callers.joined();
        return caller != null ? caller.execute(doing, this.dialects, work) : this.transactions.execute(doing, work);
    }

    private static StoredTask task(SqlRow row) throws SQLException {
        return new StoredTask(
                new TaskId(row.number("id")),
                row.text("kind_name"),
                row.text("queue_name"),
                TaskCodes.state(row.integer("state")),
                row.integer("priority"),
                row.integer("retries"),
                row.integer("retries_used"),
                row.integer("recoveries"),
                row.text("payload"),
                row.integer("version"),
                row.time("created_at"),
                row.timeOrNull("run_at"),
                row.numberOrNull("worker_id"),
                row.timeOrNull("claimed_at"),
                row.timeOrNull("cancelled_at"),
                row.timeOrNull("started_at"),
                row.timeOrNull("finished_at"),
                row.textOrNull("result"),
                error(row));
    }

    private static StoredAttempt attempt(SqlRow row) throws SQLException {
        return new StoredAttempt(
                row.integer("number"),
                TaskCodes.outcome(row.integer("outcome")),
                row.number("worker_id"),
                row.timeOrNull("started_at"),
                row.time("finished_at"),
                error(row));
    }

    private static @Nullable TaskError error(SqlRow row) throws SQLException {
        return ErrorText.of(
                row.textOrNull("error_class"), row.textOrNull("error_message"), row.textOrNull("error_stack"));
    }
}
