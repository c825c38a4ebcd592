package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.store.StoreFinding;
import io.tasklane.test.TestDatabaseProduct;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class MariaDbStoreDoctorTests extends JdbcStoreDoctorTests {

    MariaDbStoreDoctorTests() {
        super(TestDatabaseProduct.MARIADB);
    }

    @Override
    protected void dropIndex(String index, String table) {
        this.jdbc.execute("drop index " + index + " on " + table);
    }

    @Test
    void c18_aTransactionThatStaysOpenIsNamedWithItsSession() throws SQLException {
        JdbcStoreDoctor doctor = doctor(longAfter(1));
        assertThat(doctor.examine()).isEmpty();
        try (Connection reader = this.database.dataSource().getConnection()) {
            long id = beginReading(reader);
            await().until(() -> !doctor.examine().isEmpty());
            StoreFinding finding = only(doctor.examine());
            assertThat(finding.problem()).isEqualTo("long-transaction");
            assertThat(finding.where())
                    .startsWith("session " + id + " (user " + this.database.username())
                    .endsWith("database " + this.database.name() + ", Sleep)");
            assertThat(finding.what()).containsPattern("open for \\d+ s");
            assertThat(finding.remedy()).contains("KILL " + id);
            assertThat(doctor(longAfter(60)).examine()).isEmpty();
            reader.rollback();
        }
        assertThat(doctor.examine()).isEmpty();
    }

    @Test
    void anotherTimeZoneOfTheSessionMakesNoTransactionOld() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(this.database.url());
        config.setUsername(this.database.username());
        config.setPassword(this.database.password());
        config.setConnectionInitSql("set time_zone = '+09:00'");
        try (HikariDataSource tokyo = new HikariDataSource(config);
                Connection reader = tokyo.getConnection()) {
            beginReading(reader);
            assertThat(doctor(tokyo, longAfter(60)).examine()).isEmpty();
            assertThat(doctor(tokyo, longAfter(0)).examine()).hasSize(1);
            reader.rollback();
        }
    }

    /** The servers of these tests know no rights, so that the refusal is made up. */
    @Test
    void c18_aUserThatMayNotSeeOthersIsToldWhatItMaySeeAndNotRefusedTwice() throws SQLException {
        AtomicInteger refusals = new AtomicInteger();
        DataSource humble = new DelegatingDataSource(this.database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection real = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                            if (arguments != null && arguments[0] instanceof String sql && sql.contains("innodb_trx")) {
                                refusals.incrementAndGet();
                                throw new SQLSyntaxErrorException(
                                        "Access denied; you need the PROCESS privilege", "42000", 1227);
                            }
                            return method.invoke(real, arguments);
                        });
            }
        };
        try (Connection reader = this.database.dataSource().getConnection()) {
            beginReading(reader);
            dropIndex("tasklane_finished_list", "tasklane_finished");
            assertThat(doctor(longAfter(0)).examine())
                    .extracting(StoreFinding::problem)
                    .containsExactly("missing-index", "long-transaction");
            JdbcStoreDoctor doctor = doctor(humble, longAfter(0));
            assertThat(only(doctor.examine()).problem()).isEqualTo("missing-index");
            assertThat(only(doctor.examine()).problem()).isEqualTo("missing-index");
            assertThat(refusals).hasValue(1);
            reader.rollback();
        }
    }

    @Test
    void aStatementThatTakesTooLongIsEnded() {
        long start = System.nanoTime();
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> transactions(this.database.dataSource())
                        .execute(
                                "sleeping",
                                session -> session.limitedTo(Duration.ofSeconds(1))
                                        .list(
                                                "SELECT COUNT(*) FROM information_schema.columns a,"
                                                        + " information_schema.columns b, information_schema.columns c",
                                                row -> 1)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    /** Begins a transaction that goes on seeing the rows of now; returns its id. */
    private static long beginReading(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement();
                ResultSet ids = statement.executeQuery("select connection_id(), count(*) from tasklane_ready")) {
            ids.next();
            return ids.getLong(1);
        }
    }
}
