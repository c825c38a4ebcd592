package io.tasklane.store.jdbc;

import io.tasklane.store.StoreFinding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether InnoDB can purge what was deleted: a transaction that stays open keeps that from it, whatever database it is in. To
 * look needs the privilege {@code PROCESS}.
 */
final class MySqlTransactionCheck implements StoreCheck {

    // The beginning of a transaction is shown in the time zone of the server, whatever that of the session is.
    private static final String SELECT_TRANSACTIONS = """
            SELECT x.trx_mysql_thread_id AS id, p.user AS owner, p.host AS client, p.db AS db, p.command AS doing,
                TIMESTAMPDIFF(SECOND, x.trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')) AS seconds
            FROM information_schema.innodb_trx x
            LEFT JOIN information_schema.processlist p ON p.id = x.trx_mysql_thread_id
            WHERE x.trx_mysql_thread_id NOT IN (0, CONNECTION_ID())
            HAVING seconds >= ?
            ORDER BY seconds DESC LIMIT 3""";

    private final DoctorSettings settings;

    MySqlTransactionCheck(DoctorSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<StoreFinding> look(SqlSession session) throws SQLException {
        return session.list(
                SELECT_TRANSACTIONS,
                MySqlTransactionCheck::finding,
                this.settings.longTransaction().toSeconds());
    }

    private static StoreFinding finding(SqlRow row) throws SQLException {
        long id = row.number("id");
        List<String> details = new ArrayList<>();
        add(details, "user ", row.textOrNull("owner"));
        add(details, "host ", row.textOrNull("client"));
        add(details, "database ", row.textOrNull("db"));
        add(details, "", row.textOrNull("doing"));
        return new StoreFinding(
                "long-transaction",
                "session " + id + (details.isEmpty() ? "" : " (" + String.join(", ", details) + ")"),
                ("has had a transaction open for %d s: until it ends, rows that were deleted since then cannot be purged,"
                                + " and claims have to walk past them")
                        .formatted(row.number("seconds")),
                "end it there, or with KILL %d; keep transactions short".formatted(id));
    }

    private static void add(List<String> details, String label, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            details.add(label + value);
        }
    }
}
