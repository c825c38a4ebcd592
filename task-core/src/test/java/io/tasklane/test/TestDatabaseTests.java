package io.tasklane.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests for {@link TestDatabase}. */
class TestDatabaseTests {

    @ParameterizedTest
    @EnumSource
    void skipsRowsLockedByAnotherTransaction(TestDatabaseProduct product) throws SQLException {
        try (TestDatabase database = TestDatabase.create(product)) {
            execute(database, "create table item (id int primary key)");
            execute(database, "insert into item values (1), (2)");

            try (Connection first = database.dataSource().getConnection();
                    Connection second = database.dataSource().getConnection()) {
                first.setAutoCommit(false);
                second.setAutoCommit(false);
                assertThat(lockOne(first)).isEqualTo(1);
                assertThat(lockOne(second)).isEqualTo(2);
                first.rollback();
                second.rollback();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsEmptyEachTime(TestDatabaseProduct product) throws SQLException {
        try (TestDatabase first = TestDatabase.create(product);
                TestDatabase second = TestDatabase.create(product)) {
            assertThat(first.name()).isNotEqualTo(second.name());
            execute(first, "create table item (id int primary key)");
            execute(second, "create table item (id int primary key)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsTheDatabaseAlthoughAConnectionIsOpen(TestDatabaseProduct product) throws SQLException {
        TestDatabase database = TestDatabase.create(product);
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2")
    void takesAServerFromOutside(TestDatabaseProduct product) throws SQLException {
        TestDatabaseServer running = product.server();
        String prefix = "TASKLANE_TEST_" + product.name();
        System.setProperty(
                prefix + "_URL", running.urlOf((product == TestDatabaseProduct.MARIADB) ? "mysql" : "postgres"));
        System.setProperty(prefix + "_USER", running.username());
        System.setProperty(prefix + "_PASSWORD", running.password());
        try {
            JdbcServer server = JdbcServer.fromOutside(product.name());
            server.createDatabase("from_outside");
            server.dropDatabase("from_outside");
        } finally {
            Stream.of("_URL", "_USER", "_PASSWORD").forEach(suffix -> System.clearProperty(prefix + suffix));
        }
    }

    @Test
    void namesEveryAttemptWhenNoServerIsAvailable() {
        AtomicInteger starts = new AtomicInteger();
        SharedServer server = new SharedServer(
                "PostgreSQL",
                List.of(
                        () -> {
                            starts.incrementAndGet();
                            throw new IllegalStateException("Docker does not answer");
                        },
                        () -> {
                            throw new NoClassDefFoundError("EmbeddedPostgres");
                        }));

        for (int i = 0; i < 2; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(server::get)
                    .withMessageContainingAll(
                            "TASKLANE_TEST_POSTGRESQL_URL", "Docker does not answer", "EmbeddedPostgres");
        }
        assertThat(starts).hasValue(1);
    }

    @Test
    void keepsTheParametersOfAUrl() {
        JdbcServer server = new JdbcServer("jdbc:postgresql://host:5432/postgres?ssl=true", "user", "secret");

        assertThat(server.urlOf("other")).isEqualTo("jdbc:postgresql://host:5432/other?ssl=true");
    }

    private static int lockOne(Connection connection) throws SQLException {
        String sql = "select id from item order by id limit 1 for update skip locked";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : -1;
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
