package io.tasklane.store.orm;

import jakarta.persistence.PersistenceUnitTransactionType;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The read-only persistence unit of Tasklane. It is no bean of JPA: hosts, their entities and their transaction managers do
 * not see it. Built on first use, which takes about a second; where the database is away, the next use tries again.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class TaskPersistenceUnit implements AutoCloseable {

    private final DataSource dataSource;

    private final String tablePrefix;

    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable SessionFactory sessions;

    private boolean closed;

    /**
     * Creates the unit without touching the database.
     *
     * @param dataSource where the tables of Tasklane are
     * @param tablePrefix prefix of their names, such as {@code tasklane_}
     */
    public TaskPersistenceUnit(DataSource dataSource, String tablePrefix) {
        this.dataSource = withoutTransactions(dataSource);
        this.tablePrefix = tablePrefix;
    }

    /**
     * Reads on a connection of its own, beside any transaction of the caller: committed rows only, all of one moment.
     *
     * @param work what to read; must neither keep the session nor return anything that loads later
     * @return what was read
     */
    <T extends @Nullable Object> T read(Function<Session, T> work) {
        try {
            SessionFactory factory = sessions();
            try (Connection connection = this.dataSource.getConnection()) {
                return readOn(connection, factory, work);
            }
        } catch (SQLException ex) {
            throw new CannotGetJdbcConnectionException(
                    "Cannot read tasks: the connection to their database failed", ex);
        }
    }

    /** Closes the unit for good. */
    @Override
    public void close() {
        this.lock.lock();
        try {
            this.closed = true;
            SessionFactory built = this.sessions;
            if (built != null) {
                built.close();
            }
        } finally {
            this.lock.unlock();
        }
    }

    private static <T extends @Nullable Object> T readOn(
            Connection connection, SessionFactory factory, Function<Session, T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        int isolation = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (Session session = factory.withOptions().connection(connection).openSession()) {
            session.setDefaultReadOnly(true);
            session.setHibernateFlushMode(FlushMode.MANUAL);
            T result = work.apply(session);
            restore(connection, autoCommit, isolation);
            return result;
        } catch (RuntimeException ex) {
            try {
                restore(connection, autoCommit, isolation);
            } catch (SQLException broken) {
                ex.addSuppressed(broken);
            }
            throw ex;
        }
    }

    private static void restore(Connection connection, boolean autoCommit, int isolation) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
        connection.setTransactionIsolation(isolation);
    }

    private SessionFactory sessions() throws SQLException {
        SessionFactory built = this.sessions;
        if (built != null) {
            return built;
        }
        this.lock.lock();
        try {
            if (this.closed) {
                throw new IllegalStateException("Cannot read tasks: the application context is closed");
            }
            built = this.sessions;
            if (built == null) {
                requireConnection();
                built = build();
                this.sessions = built;
            }
            return built;
        } finally {
            this.lock.unlock();
        }
    }

    /** Hibernate would build a unit without a database, and then complain of a missing dialect. */
    private void requireConnection() throws SQLException {
        this.dataSource.getConnection().close();
    }

    private SessionFactory build() {
        HibernatePersistenceConfiguration unit = new HibernatePersistenceConfiguration("tasklane");
        unit.transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL);
        unit.sharedCacheMode(SharedCacheMode.NONE);
        unit.validationMode(ValidationMode.NONE);
        unit.managedClasses(
                QueueEntity.class,
                KindEntity.class,
                TaskEntity.class,
                ReadyTask.class,
                RunningTask.class,
                BlockedTask.class,
                DueTask.class,
                FinishedTask.class,
                TaskRecord.class);
        unit.properties(settings());
        return unit.createEntityManagerFactory();
    }

    /** All that a host's own hibernate.properties could set otherwise is set here. */
    private Map<String, Object> settings() {
        return Map.ofEntries(
                Map.entry("jakarta.persistence.nonJtaDataSource", this.dataSource),
                Map.entry("jakarta.persistence.schema-generation.database.action", "none"),
                Map.entry("hibernate.hbm2ddl.auto", "none"),
                Map.entry("hibernate.physical_naming_strategy", new PrefixedTableNames(this.tablePrefix)),
                Map.entry("hibernate.globally_quoted_identifiers", false),
                Map.entry("hibernate.auto_quote_keyword", false),
                Map.entry("hibernate.jdbc.time_zone", "UTC"),
                Map.entry("hibernate.cache.use_second_level_cache", false),
                Map.entry("hibernate.cache.use_query_cache", false),
                Map.entry("hibernate.generate_statistics", false));
    }

    private static DataSource withoutTransactions(DataSource dataSource) {
        DataSource found = dataSource;
        while (found instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
            found = proxy.getTargetDataSource();
        }
        return found;
    }
}
