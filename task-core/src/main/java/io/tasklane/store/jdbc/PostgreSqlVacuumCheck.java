package io.tasklane.store.jdbc;

import io.tasklane.store.StoreFinding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether PostgreSQL can clear away what was deleted. As long as some transaction may still want to see deleted rows, claims
 * have to walk past them. Of the sessions of other users a role without {@code pg_read_all_stats} sees no times.
 */
final class PostgreSqlVacuumCheck implements StoreCheck {

    private static final int TOLD = 3;

    /** Whatever keeps deleted rows, the oldest first. Sessions that have neither read nor written keep none. */
    private static final String SELECT_HOLDERS = """
            SELECT * FROM (
                SELECT 'session' AS kind, pid::text AS name, usename::text AS owner, application_name::text AS application,
                    host(client_addr) AS client, state AS doing,
                    extract(epoch FROM clock_timestamp() - xact_start)::bigint AS seconds,
                    greatest(age(backend_xmin), age(backend_xid)) AS transactions
                FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
                UNION ALL
                SELECT 'prepared transaction', gid, owner::text, NULL, NULL, NULL,
                    extract(epoch FROM clock_timestamp() - prepared)::bigint, age(transaction)
                FROM pg_prepared_xacts WHERE database = current_database()
                UNION ALL
                SELECT 'replication slot', slot_name::text, NULL, NULL, NULL,
                    CASE WHEN active THEN 'active' ELSE 'not active' END, NULL, age(xmin)
                FROM pg_replication_slots
                UNION ALL
                SELECT 'standby', pid::text, usename::text, application_name::text, host(client_addr), state, NULL,
                    age(backend_xmin)
                FROM pg_stat_replication
            ) holders
            WHERE transactions IS NOT NULL
            ORDER BY transactions DESC""";

    private static final String SELECT_DEAD_ROWS = """
            SELECT relname, n_dead_tup, n_live_tup, current_setting('autovacuum') AS autovacuum
            FROM pg_stat_user_tables
            WHERE relid IN (to_regclass('{p}ready'), to_regclass('{p}running'), to_regclass('{p}due')) AND n_dead_tup >= ?
            ORDER BY relname""";

    private final DoctorSettings settings;

    PostgreSqlVacuumCheck(DoctorSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<StoreFinding> look(SqlSession session) throws SQLException {
        List<Holder> holders = session.list(SELECT_HOLDERS, Holder::read).stream()
                .filter(holder -> holder.lasts(this.settings.longTransaction().toSeconds()))
                .toList();
        List<StoreFinding> findings = new ArrayList<>();
        holders.stream()
                .filter(holder -> holder.seconds() != null)
                .limit(TOLD)
                .map(PostgreSqlVacuumCheck::longTransaction)
                .forEach(findings::add);
        findings.addAll(session.list(
                SELECT_DEAD_ROWS,
                row -> deadRows(row, holders.isEmpty() ? null : holders.get(0)),
                this.settings.deadRows()));
        return findings;
    }

    private static StoreFinding longTransaction(Holder holder) {
        return new StoreFinding(
                "long-transaction",
                holder.describe(),
                ("has had a transaction open for %d s: until it ends, rows that were deleted since then cannot be cleared"
                                + " away, and claims have to walk past them")
                        .formatted(holder.seconds()),
                holder.remedy());
    }

    private static StoreFinding deadRows(SqlRow row, @Nullable Holder holder) throws SQLException {
        String table = row.text("relname");
        String what = "has %d dead rows beside %d others".formatted(row.number("n_dead_tup"), row.number("n_live_tup"));
        if (holder != null) {
            return new StoreFinding(
                    "dead-rows", "table " + table, what + ", which " + holder.describe() + " keeps", holder.remedy());
        }
        boolean off = row.text("autovacuum").equals("off");
        return new StoreFinding(
                "dead-rows",
                "table " + table,
                what + (off ? "; autovacuum is off" : "; autovacuum does not keep up"),
                off
                        ? "switch autovacuum on in the configuration of the server"
                        : "VACUUM %s; if that does not help, look for what this role may not see: grant it pg_monitor"
                                .formatted(table));
    }

    /** What keeps deleted rows. */
    private record Holder(
            String kind,
            String name,
            @Nullable String owner,
            @Nullable String application,
            @Nullable String client,
            @Nullable String doing,
            @Nullable Long seconds) {

        static Holder read(SqlRow row) throws SQLException {
            return new Holder(
                    row.text("kind"),
                    row.text("name"),
                    row.textOrNull("owner"),
                    row.textOrNull("application"),
                    row.textOrNull("client"),
                    row.textOrNull("doing"),
                    row.numberOrNull("seconds"));
        }

        boolean lasts(long limit) {
            return this.seconds != null ? this.seconds >= limit : !this.kind.equals("session");
        }

        String remedy() {
            return switch (this.kind) {
                case "session" ->
                    "end it there, or with SELECT pg_terminate_backend(%s); keep transactions short, and set idle_in_transaction_session_timeout"
                            .formatted(this.name);
                case "prepared transaction" -> "COMMIT PREPARED or ROLLBACK PREPARED '%s'".formatted(this.name);
                case "replication slot" ->
                    "let its consumer catch up, or drop it if it has none: SELECT pg_drop_replication_slot('%s')"
                            .formatted(this.name);
                default -> "end its long queries, or switch off hot_standby_feedback there";
            };
        }

        String describe() {
            List<String> details = new ArrayList<>();
            add(details, "user ", this.owner);
            add(details, "application ", this.application);
            add(details, "host ", this.client);
            add(details, "", this.doing);
            return this.kind + " " + this.name + (details.isEmpty() ? "" : " (" + String.join(", ", details) + ")");
        }

        private static void add(List<String> details, String label, @Nullable String value) {
            if (value != null && !value.isEmpty()) {
                details.add(label + value);
            }
        }
    }
}
