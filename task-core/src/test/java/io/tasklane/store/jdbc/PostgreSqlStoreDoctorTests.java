package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tasklane.store.StoreFinding;
import io.tasklane.test.TestDatabaseProduct;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PostgreSqlStoreDoctorTests extends JdbcStoreDoctorTests {

    private static final DoctorSettings SENSITIVE =
            new DoctorSettings(Duration.ofSeconds(1), 500, Duration.ofSeconds(2), Duration.ofSeconds(2));

    PostgreSqlStoreDoctorTests() {
        super(TestDatabaseProduct.POSTGRESQL);
    }

    @Override
    protected void dropIndex(String index, String table) {
        this.jdbc.execute("drop index " + index);
    }

    @Test
    void c18_aTransactionThatStaysOpenIsNamedWithItsSession() throws SQLException {
        JdbcStoreDoctor doctor = doctor(longAfter(1));
        assertThat(doctor.examine()).isEmpty();
        try (Connection reader = this.database.dataSource().getConnection()) {
            int pid = beginReading(reader);
            await().until(() -> !doctor.examine().isEmpty());
            StoreFinding finding = only(doctor.examine());
            assertThat(finding.problem()).isEqualTo("long-transaction");
            assertThat(finding.where())
                    .startsWith(
                            "session " + pid + " (user " + this.database.username() + ", application nightly report")
                    .endsWith("idle in transaction)");
            assertThat(finding.what()).containsPattern("open for \\d+ s");
            assertThat(finding.remedy()).contains("SELECT pg_terminate_backend(" + pid + ")");
            assertThat(doctor(longAfter(60)).examine()).isEmpty();
            reader.rollback();
        }
        assertThat(doctor.examine()).isEmpty();
    }

    @Test
    void aTransactionThatKeepsNoRowsIsNotTold() throws SQLException {
        try (Connection idle = this.database.dataSource().getConnection()) {
            idle.setAutoCommit(false);
            try (Statement statement = idle.createStatement()) {
                statement.execute("set local application_name = 'idle'");
            }
            assertThat(this.jdbc.queryForObject(
                            "select state from pg_stat_activity where application_name = 'idle'", String.class))
                    .isEqualTo("idle in transaction");
            assertThat(doctor(longAfter(0)).examine()).isEmpty();
            idle.rollback();
        }
    }

    @Test
    void c18_deadRowsAreToldWithWhatKeepsThem() throws SQLException {
        JdbcStoreDoctor doctor = doctor(SENSITIVE);
        try (Connection reader = this.database.dataSource().getConnection()) {
            int pid = beginReading(reader);
            leaveDeadRows(1_000);
            await().until(() -> doctor.examine().size() == 2);
            StoreFinding finding = doctor.examine().get(1);
            assertThat(finding.problem()).isEqualTo("dead-rows");
            assertThat(finding.where()).isEqualTo("table tasklane_ready");
            assertThat(finding.what())
                    .startsWith("has 1000 dead rows beside 0 others, which session " + pid)
                    .contains("nightly report");
            assertThat(finding.remedy()).contains("pg_terminate_backend(" + pid + ")");
            reader.rollback();
        }
    }

    @Test
    void c18_deadRowsThatNobodyKeepsAreACaseForVacuum() throws SQLException {
        leaveDeadRows(1_000);
        StoreFinding finding = only(doctor(SENSITIVE).examine());
        assertThat(finding.problem()).isEqualTo("dead-rows");
        assertThat(finding.what()).contains("autovacuum does not keep up");
        assertThat(finding.remedy()).startsWith("VACUUM tasklane_ready");
        this.jdbc.execute("vacuum tasklane_ready");
        assertThat(doctor(SENSITIVE).examine()).isEmpty();
    }

    @Test
    void c18_aRoleThatMayNotSeeOthersIsToldWhatItMaySee() throws SQLException {
        String role = this.database.name() + "_role";
        this.jdbc.execute("create role " + role + " login password 'secret'");
        this.jdbc.execute("grant select on all tables in schema public to " + role);
        // Without the user that the URL may name.
        String url = this.database.url().replaceFirst("\\?.*", "");
        DriverManagerDataSource humble = new DriverManagerDataSource(url, role, "secret");
        try (Connection reader = this.database.dataSource().getConnection()) {
            beginReading(reader);
            assertThat(new JdbcTemplate(humble).queryForObject("select current_user", String.class))
                    .isEqualTo(role);
            dropIndex("tasklane_finished_list", "tasklane_finished");
            assertThat(doctor(longAfter(0)).examine())
                    .extracting(StoreFinding::problem)
                    .containsExactly("missing-index", "long-transaction");
            assertThat(only(doctor(humble, longAfter(0)).examine()).problem()).isEqualTo("missing-index");
            reader.rollback();
        } finally {
            this.jdbc.execute("drop owned by " + role);
            this.jdbc.execute("drop role " + role);
        }
    }

    @Test
    void anInvalidIndexIsNoIndex() {
        this.jdbc.execute("update pg_index set indisvalid = false where indexrelid = 'tasklane_due_queue'::regclass");
        assertThat(only(doctor(DoctorSettings.DEFAULT).examine()).where()).isEqualTo("table tasklane_due");
    }

    @Test
    void aStatementThatTakesTooLongIsEnded() {
        long start = System.nanoTime();
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> transactions(this.database.dataSource())
                        .execute(
                                "sleeping",
                                session -> session.limitedTo(Duration.ofSeconds(1))
                                        .list("SELECT pg_sleep(30)", row -> 1)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    /** Begins a transaction that goes on seeing the rows of now; returns its process id. */
    private int beginReading(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local application_name = 'nightly report'");
        }
        query(connection, "select count(*) from tasklane_ready");
        return query(connection, "select pg_backend_pid()");
    }

    private void leaveDeadRows(int rows) throws SQLException {
        try (Connection connection = this.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table tasklane_ready set (autovacuum_enabled = false)");
            statement.execute("insert into tasklane_ready (queue_id, band, task_id, kind_id, ready_at)"
                    + " select 1, 0, g, 1, now() from generate_series(1, " + rows + ") g");
            statement.execute("delete from tasklane_ready");
            statement.execute("select pg_stat_force_next_flush()");
        }
        // The numbers of a session are told when its next transaction ends.
        await().until(() -> this.jdbc.queryForObject(
                        "select n_dead_tup from pg_stat_user_tables where relname = 'tasklane_ready'", Integer.class)
                == rows);
    }

    private static int query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
