package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.test.TcpGate;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessResourceFailureException;

@Timeout(60)
class NetworkTimeoutTests {

    private static final NetworkTimeout SHORT = new NetworkTimeout(Duration.ofMillis(500));

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void guarantee7_aConnectionThatGoesSilentIsGivenUpAndTheNextOneTaken(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product);
                TcpGate gate = new TcpGate(database.url());
                HikariDataSource pool = pool(database, gate)) {
            OwnTransactions transactions =
                    new OwnTransactions(pool, new TaskSqlDialects(JdbcStoreSettings.DEFAULT), SHORT);
            assertThat(ask(transactions)).isEqualTo(1);

            assertThatExceptionOfType(DataAccessResourceFailureException.class)
                    .isThrownBy(() -> transactions.execute("asking", session -> {
                        gate.stall();
                        return session.one("SELECT 1 AS one", row -> row.integer("one"));
                    }));
            assertThat(ask(transactions)).isEqualTo(1);
        }
    }

    /** As when the heap is full in the midst of an answer: what the driver reads next is not what it waits for. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    @Timeout(20)
    void r31_aConnectionUnderWhichAnErrorCameUpIsGivenUpAtOnce(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product);
                TcpGate gate = new TcpGate(database.url());
                HikariDataSource pool = pool(database, gate)) {
            OwnTransactions transactions = new OwnTransactions(
                    pool, new TaskSqlDialects(JdbcStoreSettings.DEFAULT), new NetworkTimeout(NetworkTimeout.PATIENCE));
            SqlWork<Object> failing = session -> {
                session.one("SELECT 1 AS one", row -> row.integer("one"));
                gate.stall();
                throw new OutOfMemoryError("by the test");
            };
            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> transactions.execute("asking", failing));
            assertThat(ask(transactions)).isEqualTo(1);
            assertThatExceptionOfType(OutOfMemoryError.class)
                    .isThrownBy(() -> transactions.executeStatement("asking", failing));
            assertThat(ask(transactions)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionIsGivenBackAsItWas(TestDatabaseProduct product) throws SQLException {
        try (TestDatabase database = TestDatabase.create(product);
                Connection connection = database.dataSource().getConnection()) {
            int before = connection.getNetworkTimeout();
            int given = SHORT.limit(connection);
            if (product != TestDatabaseProduct.H2) {
                assertThat(connection.getNetworkTimeout()).isEqualTo(500);
            }
            SHORT.restore(connection, given);
            assertThat(connection.getNetworkTimeout()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aHostThatIsLessPatientKeepsItsLimit(TestDatabaseProduct product) throws SQLException {
        try (TestDatabase database = TestDatabase.create(product);
                Connection connection = database.dataSource().getConnection()) {
            connection.setNetworkTimeout(Runnable::run, 400);
            int given = SHORT.limit(connection);
            assertThat(connection.getNetworkTimeout()).isEqualTo(400);
            SHORT.restore(connection, given);
            assertThat(connection.getNetworkTimeout()).isEqualTo(400);
        }
    }

    /** Nothing comes through, so what needs an answer would wait for it. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    @Timeout(20)
    void noDriverAsksTheServerForIt(TestDatabaseProduct product) throws SQLException {
        try (TestDatabase database = TestDatabase.create(product);
                TcpGate gate = new TcpGate(database.url());
                Connection connection =
                        DriverManager.getConnection(gate.url(), database.username(), database.password())) {
            gate.stall();
            int given = SHORT.limit(connection);
            assertThat(connection.getNetworkTimeout()).isEqualTo(500);
            SHORT.restore(connection, given);
            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }

    private static HikariDataSource pool(TestDatabase database, TcpGate gate) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(gate.url());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private static int ask(OwnTransactions transactions) {
        return transactions.execute(
                "asking",
                session -> session.list("SELECT 1 AS one", row -> row.integer("one"))
                        .get(0));
    }
}
