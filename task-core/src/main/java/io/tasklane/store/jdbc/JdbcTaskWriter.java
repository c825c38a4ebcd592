package io.tasklane.store.jdbc;

import io.tasklane.TaskId;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskCommitListener;
import io.tasklane.store.TaskWriter;
import io.tasklane.store.jdbc.CallerTransactions.Intent;
import io.tasklane.store.jdbc.TaskMoves.TaskRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inserts tasks in the caller's transaction, or in one of the store's own. */
final class JdbcTaskWriter implements TaskWriter {

    private final CallerTransactions callers;

    private final OwnTransactions transactions;

    private final TaskSqlDialects dialects;

    private final InternedNames names;

    private final IdBlocks ids = new IdBlocks();

    JdbcTaskWriter(
            CallerTransactions callers, OwnTransactions transactions, TaskSqlDialects dialects, InternedNames names) {
        this.callers = callers;
        this.transactions = transactions;
        this.dialects = dialects;
        this.names = names;
    }

    @Override
    public TaskId newId() {
        long id = this.ids.next();
        return new TaskId(id != 0 ? id : refill());
    }

    // On the caller's connection if there is one: to need a second one while holding the first can exhaust a pool.
    private long refill() {
        CallerTransaction caller = this.callers.joined();
        if (caller != null && this.callers.isWritable()) {
            return caller.execute("taking ids", this.dialects, this.ids::refill);
        }
        return this.transactions.execute("taking ids", this.ids::refill);
    }

    @Override
    public void intern(Collection<String> tasks) {
        this.names.internKinds(tasks);
    }

    @Override
    public void insert(List<NewTask> tasks, TaskCommitListener committed) {
        if (tasks.isEmpty()) {
            return;
        }
        List<NewTask> inserted = List.copyOf(tasks);
        String doing = "inserting " + describe(inserted);
        CallerTransaction caller =
                this.callers.forWriting(Intent.enqueue(inserted.get(0).task()));
        if (caller == null) {
            this.names.internKinds(
                    inserted.stream().map(NewTask::task).distinct().toList());
            insertInOwn(doing, inserted);
            CommitListeners.tell(doing, () -> committed.committed(inserted));
            return;
        }
        caller.execute(doing, this.dialects, session -> insert(session, inserted));
        if (caller.synchronization() != null) {
            caller.synchronization().add(doing, () -> committed.committed(inserted));
        }
    }

    private void insertInOwn(String doing, List<NewTask> tasks) {
        SqlWork<Integer> insert = session -> insert(session, tasks);
        if (tasks.size() == 1 && this.transactions.movesAreStatements()) {
            this.transactions.executeStatement(doing, insert);
        } else {
            this.transactions.execute(doing, insert);
        }
    }

    private int insert(SqlSession session, List<NewTask> tasks) throws SQLException {
        List<TaskRow> rows = new ArrayList<>(tasks.size());
        for (NewTask task : tasks) {
            rows.add(new TaskRow(
                    task, this.names.queueId(session, task.queue()), this.names.kindId(session, task.task())));
        }
        TaskMoves moves = session.dialect().moves();
        for (List<TaskRow> batch :
                Batches.of(rows, row -> Batches.bytes(row.task().payload()))) {
            moves.insert(session, batch);
        }
        return rows.size();
    }

    private static String describe(List<NewTask> tasks) {
        NewTask first = tasks.get(0);
        String one = "task %s (%s)".formatted(first.id(), first.task());
        return tasks.size() == 1 ? one : "%d tasks, the first is %s".formatted(tasks.size(), one);
    }

    @Override
    public @Nullable Object currentTransaction() {
        CallerTransaction caller = this.callers.joined();
        if (caller == null) {
            return null;
        }
        return caller.synchronization() != null ? caller.synchronization().identity() : caller.dataSource();
    }
}
