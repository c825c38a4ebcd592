package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.test.TcpGate;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Timeout(60)
class KeptConnectionTests {

    private final AtomicInteger opened = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void decision6_aBrokenConnectionIsReplacedAtOnce(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product);
                TcpGate gate = new TcpGate(database.url());
                KeptConnection kept = kept(database, gate)) {
            assertThat(ask(kept)).isEqualTo(1);
            assertThat(ask(kept)).isEqualTo(1);
            assertThat(this.opened).hasValue(1);

            gate.shut();
            assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> ask(kept));
            gate.open();
            assertThat(ask(kept)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void decision6_aConnectionThatDoesNotAnswerIsReplaced(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product);
                TcpGate gate = new TcpGate(database.url());
                KeptConnection kept = kept(database, gate)) {
            assertThat(ask(kept)).isEqualTo(1);

            gate.stall();
            assertThat(ask(kept)).isEqualTo(1);
            assertThat(this.opened).hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void r31_aConnectionUnderWhichAnErrorCameUpIsReplaced(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product);
                TcpGate gate = new TcpGate(database.url());
                KeptConnection kept = kept(database, gate)) {
            assertThatExceptionOfType(OutOfMemoryError.class)
                    .isThrownBy(() -> kept.executeStatement("asking", session -> {
                        throw new OutOfMemoryError("by the test");
                    }));
            assertThat(ask(kept)).isEqualTo(1);
            assertThat(this.opened).hasValue(2);
        }
    }

    private KeptConnection kept(TestDatabase database, TcpGate gate) {
        DriverManagerDataSource dataSource =
                new DriverManagerDataSource(gate.url(), database.username(), database.password()) {
                    @Override
                    public java.sql.Connection getConnection() throws java.sql.SQLException {
                        KeptConnectionTests.this.opened.incrementAndGet();
                        return super.getConnection();
                    }
                };
        return new KeptConnection(dataSource, new TaskSqlDialects(JdbcStoreSettings.DEFAULT), Duration.ofMillis(500));
    }

    private static int ask(KeptConnection kept) {
        return kept.execute(
                "asking",
                session -> session.list("SELECT 1 AS one", row -> row.integer("one"))
                        .get(0));
    }
}
