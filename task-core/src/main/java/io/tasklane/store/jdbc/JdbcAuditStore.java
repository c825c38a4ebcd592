package io.tasklane.store.jdbc;

import io.tasklane.store.AuditRecord;
import io.tasklane.store.AuditStore;
import io.tasklane.store.jdbc.CallerTransactions.Intent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators did. */
final class JdbcAuditStore implements AuditStore {

    private static final String DOING = "writing the audit";

    private final CallerTransactions callers;

    private final OwnTransactions transactions;

    private final TaskSqlDialects dialects;

    JdbcAuditStore(CallerTransactions callers, OwnTransactions transactions, TaskSqlDialects dialects) {
        this.callers = callers;
        this.transactions = transactions;
        this.dialects = dialects;
    }

    @Override
    public void audit(Entry entry, boolean joined) {
        SqlWork<Integer> insert = session -> session.update(session.dialect().insertAudit(), values(entry));
        CallerTransaction caller = joined ? this.callers.forWriting(Intent.audit()) : null;
        if (caller == null) {
            this.transactions.execute(DOING, insert);
        } else {
            caller.execute(DOING, this.dialects, insert);
        }
    }

    /** The values of a row, but for its time, which is that of the database. */
    static @Nullable Object[] values(Entry entry) {
        return new @Nullable Object[] {entry.actor(), entry.action(), entry.queue(), entry.detail(), entry.tasks()};
    }

    @Override
    public List<AuditRecord> audited(int limit) {
        return this.transactions.execute(
                "reading the audit",
                session -> session.list(
                        session.dialect().selectAudit(),
                        row -> new AuditRecord(
                                row.time("done_at"),
                                row.text("actor"),
                                row.text("action"),
                                row.textOrNull("queue"),
                                row.textOrNull("detail"),
                                row.number("tasks")),
                        limit));
    }
}
