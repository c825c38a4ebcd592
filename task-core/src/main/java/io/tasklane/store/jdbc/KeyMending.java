package io.tasklane.store.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for holds of tasks that have ended, and for tasks that wait for keys which nobody holds: one batch at a time. */
final class KeyMending {

    private final SqlSession session;

    private final int limit;

    KeyMending(SqlSession session, int limit) {
        this.session = session;
        this.limit = limit;
    }

    /** Looks at the next holds, or else at the next tasks that wait. Returns where to go on. */
    Mending goOn(Mending from) throws SQLException {
        if (from.allHolds()) {
            return mendWaiting(from);
        }
        List<Long> ids = this.session.list(
                this.session.dialect().selectHoldsFrom(), row -> row.number("id"), from.last(), this.limit);
        new KeyHolds(this.session).mend(ids);
        return ids.size() < this.limit ? new Mending(true, 0) : new Mending(false, ids.get(ids.size() - 1));
    }

    private Mending mendWaiting(Mending from) throws SQLException {
        Map<Long, String> unheld = new HashMap<>();
        Set<String> keys = new HashSet<>();
        List<Long> ids = this.session.list(
                this.session.dialect().selectWaitingFrom(),
                row -> {
                    String key = row.text("concurrency_key");
                    if (row.integer("is_held") == 0 && keys.add(key)) {
                        unheld.put(row.number("task_id"), key);
                    }
                    return row.number("task_id");
                },
                from.last(),
                this.limit);
        new KeyHolds(this.session).lookAgain(unheld);
        return ids.size() < this.limit ? Mending.START : new Mending(true, ids.get(ids.size() - 1));
    }

    /**
     * How far it has come.
     *
     * @param allHolds whether all holds were looked at
     * @param last the last hold or task that was looked at
     */
    record Mending(boolean allHolds, long last) {

        static final Mending START = new Mending(false, 0);
    }
}
