package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskState;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** Row X26: deleting costs the same however many tasks there are, because the index for lists serves it too. */
@Timeout(120)
class FinishedTasksPlanTests {

    private static final int TASKS = 60_000;

    private static final Map<TaskState, Duration> AGES = Map.of(TaskState.SUCCEEDED, Duration.ofDays(1));

    @Test
    void x26_postgresqlFindsOldTasksThroughTheIndexAndDoesNotSort() {
        try (TestDatabase database = TestDatabase.postgresql()) {
            JdbcTemplate jdbc = migrate(database);
            jdbc.update("insert into tasklane_queue (name, name_lower) select 'q' || g, 'q' || g"
                    + " from generate_series(1, 20) g");
            fillPostgreSql(jdbc);
            jdbc.execute("analyze");
            PostgreSqlDialect dialect = new PostgreSqlDialect(JdbcStoreSettings.DEFAULT);
            String look = explain(jdbc, dialect.sql(dialect.selectOldestFinished(List.of(1, 2, 3, 4))));
            assertThat(look)
                    .contains("Index Only Scan using tasklane_finished_list")
                    .doesNotContain("Seq Scan on tasklane_finished", "Sort");
            String batch = explain(
                    jdbc, bound(dialect.sql(dialect.selectFinishedBetween()), "now() - interval '9 days'", "now()"));
            assertThat(batch)
                    .contains("Index Only Scan using tasklane_finished_list")
                    .doesNotContain("Seq Scan", "Sort");
        }
    }

    @Test
    void x26_mariaDbReadsNoMoreThanItDeletes() throws SQLException {
        try (TestDatabase database = TestDatabase.mariadb()) {
            JdbcTemplate jdbc = migrate(database);
            jdbc.update("insert into tasklane_queue (name, name_lower) select concat('q', seq), concat('q', seq)"
                    + " from seq_1_to_20");
            jdbc.update("insert into tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries,"
                    + " finished_at) select seq, 1, 1, 1, 0, 0,"
                    + " utc_timestamp(6) - interval 9 day + interval seq second from seq_1_to_"
                    + TASKS);
            MySqlDialect dialect = new MySqlDialect(JdbcStoreSettings.DEFAULT, true);
            String look = dialect.sql(dialect.selectOldestFinished(List.of(1, 2, 3, 4)));
            assertThat(rowsRead(database, look)).isLessThan(1_000);
            String batch = bound(
                    dialect.sql(dialect.selectFinishedBetween()),
                    "utc_timestamp(6) - interval 10 day",
                    "utc_timestamp(6)");
            assertThat(rowsRead(database, batch)).isBetween(1_000L, 1_010L);
        }
    }

    @Test
    void x26_whatWasDeletedIsNotWalkedPastAgainWhileAnOldTransactionIsOpen() throws SQLException {
        try (TestDatabase database = TestDatabase.postgresql();
                Connection old = database.dataSource().getConnection();
                JdbcTaskStore store = new JdbcTaskStore(database.dataSource(), JdbcStoreSettings.DEFAULT)) {
            JdbcTemplate jdbc = migrate(database);
            fillPostgreSql(jdbc);
            jdbc.execute("analyze");
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            read(old, "select 1 from tasklane_finished limit 1");
            for (int i = 0; i < 40; i++) {
                assertThat(store.prune(AGES, 1_000)).isEqualTo(1_000);
            }
            long before = entriesRead(jdbc);
            for (int i = 0; i < 10; i++) {
                assertThat(store.prune(AGES, 1_000)).isEqualTo(1_000);
            }
            assertThat(entriesRead(jdbc) - before)
                    .as("index entries read for 10 batches of 1000")
                    .isLessThan(30_000);
            old.rollback();
        }
    }

    private static JdbcTemplate migrate(TestDatabase database) {
        TestTables.create(database.dataSource());
        return new JdbcTemplate(database.dataSource());
    }

    private static void fillPostgreSql(JdbcTemplate jdbc) {
        jdbc.update("insert into tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries,"
                + " finished_at) select g, 1, 1, 1, 0, 0, now() - interval '8 days' + g * interval '1 second'"
                + " from generate_series(1, " + TASKS + ") g");
    }

    private static String bound(String sql, String from, String before) {
        return sql.replaceFirst("\\?", "1")
                .replaceFirst("\\?", "1")
                .replaceFirst("\\?", from)
                .replaceFirst("\\?", before)
                .replaceFirst("\\?", "1000");
    }

    private static String explain(JdbcTemplate jdbc, String sql) {
        return String.join("\n", jdbc.queryForList("explain " + sql, String.class));
    }

    /** Index entries that PostgreSQL has read, dead ones included. */
    private static long entriesRead(JdbcTemplate jdbc) {
        jdbc.execute("select pg_stat_force_next_flush()");
        Long read = jdbc.queryForObject(
                "select idx_tup_read from pg_stat_user_indexes where indexrelname = 'tasklane_finished_list'",
                Long.class);
        return read;
    }

    private static long rowsRead(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            read(connection, "flush status");
            read(connection, sql);
            Map<String, Long> counts = new HashMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("show session status like 'Handler_read%'")) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
            return counts.entrySet().stream()
                    .filter(count -> Set.of("Handler_read_key", "Handler_read_next", "Handler_read_rnd_next")
                            .contains(count.getKey()))
                    .collect(Collectors.summingLong(Map.Entry::getValue));
        }
    }

    private static void read(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
