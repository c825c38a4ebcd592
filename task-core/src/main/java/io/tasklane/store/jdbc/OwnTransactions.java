package io.tasklane.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Transactions of the store's own, each on a connection of its own: READ COMMITTED, begun and committed explicitly, whatever the
 * pool's defaults, which are restored. A deadlock or a lost race is tried again.
 */
final class OwnTransactions {

    private static final Log logger = LogFactory.getLog(OwnTransactions.class);

    private static final int RETRIES = 5;

    private static final RetryPolicy ON_LOST_RACE = RetryPolicy.builder()
            .maxRetries(RETRIES)
            .delay(Duration.ofMillis(10))
            .jitter(Duration.ofMillis(10))
            .multiplier(2)
            .predicate(SqlErrors::isTransient)
            .build();

    private final DataSource dataSource;

    private final TaskSqlDialects dialects;

    private final NetworkTimeout timeout;

    private final DefaultIsolation isolation = new DefaultIsolation();

    OwnTransactions(DataSource dataSource, TaskSqlDialects dialects) {
        this(dataSource, dialects, NetworkTimeout.NONE);
    }

    OwnTransactions(DataSource dataSource, TaskSqlDialects dialects, NetworkTimeout timeout) {
        this.dataSource = dataSource;
        this.dialects = dialects;
        this.timeout = timeout;
    }

    /**
     * Runs work in a transaction.
     *
     * @param doing what is being done, for the message of an exception
     */
    <T extends @Nullable Object> T execute(String doing, SqlWork<T> work) {
        return onConnection(
                doing, connection -> new ConnectionTransaction(connection, this.dialects, this.isolation).run(work));
    }

    /**
     * Runs a single statement, which commits by itself if that is what the pool's connections do: one round trip instead of two. In
     * any other case in a transaction.
     */
    <T extends @Nullable Object> T executeStatement(String doing, SqlWork<T> statement) {
        return onConnection(doing, connection -> {
            boolean bySelf = connection.getAutoCommit()
                    && this.isolation.of(connection) == Connection.TRANSACTION_READ_COMMITTED;
            return bySelf
                    ? statement.run(new SqlSession(connection, this.dialects.of(connection)))
                    : new ConnectionTransaction(connection, this.dialects, this.isolation).run(statement);
        });
    }

    /** Whether a move is a statement, as far as the database is known by now. */
    boolean movesAreStatements() {
        TaskSqlDialect dialect = this.dialects.known();
        return dialect != null && dialect.moves().areStatements();
    }

    private <T extends @Nullable Object> T onConnection(String doing, ConnectionWork<T> work) {
        return retrying(() -> {
            Connection connection = open(doing);
            int before = this.timeout.limit(connection);
            try {
                return work.run(connection);
            } catch (SQLException ex) {
                throw SqlErrors.translate(doing, ex);
            } catch (Error ex) {
                abort(connection);
                throw ex;
            } finally {
                this.timeout.restore(connection, before);
                close(connection);
            }
        });
    }

    private Connection open(String doing) {
        try {
            return this.dataSource.getConnection();
        } catch (SQLException ex) {
            throw new CannotGetJdbcConnectionException("Tasklane: no connection for " + doing, ex);
        }
    }

    static <T extends @Nullable Object> T retrying(Attempt<T> attempt) {
        try {
            return new RetryTemplate(ON_LOST_RACE).execute(attempt::run);
        } catch (RetryException ex) {
            if (ex.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (ex.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(ex.getCause());
        }
    }

    /**
     * Gives up a connection under which an error came up, such as a full heap: maybe in the midst of an answer, so that whoever
     * used it again would take the rest for another answer, or wait for ever.
     */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | AbstractMethodError ex) {
            logger.debug("Failed to give up a connection", ex);
        }
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException ex) {
            logger.debug("Failed to close a connection", ex);
        }
    }

    /** Work on a connection. */
    @FunctionalInterface
    private interface ConnectionWork<T extends @Nullable Object> {

        T run(Connection connection) throws SQLException;
    }

    /** One try of a transaction. */
    @FunctionalInterface
    interface Attempt<T extends @Nullable Object> {

        T run();
    }
}
