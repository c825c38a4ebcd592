package io.tasklane.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * A connection that is kept for heartbeats, recovery and notices, so that these never wait for the pool, however long tasks
 * hold its connections. A broken one is replaced, and so is one that does not answer: a failover may leave it open with nobody
 * at its other end.
 */
final class KeptConnection implements AutoCloseable {

    private static final Log logger = LogFactory.getLog(KeptConnection.class);

    private static final int VALIDATION_SECONDS = 2;

    private final DataSource dataSource;

    private final TaskSqlDialects dialects;

    private final NetworkTimeout timeout;

    private final DefaultIsolation isolation = new DefaultIsolation();

    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Connection connection;

    private int timeoutBefore;

    KeptConnection(DataSource dataSource, TaskSqlDialects dialects) {
        this(dataSource, dialects, NetworkTimeout.PATIENCE);
    }

    KeptConnection(DataSource dataSource, TaskSqlDialects dialects, Duration patience) {
        this.dataSource = dataSource;
        this.dialects = dialects;
        this.timeout = new NetworkTimeout(patience);
    }

    /** Runs work in a transaction on the kept connection; once more on a new one if the old one turns out to be broken. */
    <T extends @Nullable Object> T execute(String doing, SqlWork<T> work) {
        return onKept(
                doing, connection -> new ConnectionTransaction(connection, this.dialects, this.isolation).run(work));
    }

    /** The same for a single statement, which needs no more than one round trip to begin, run and commit. */
    <T extends @Nullable Object> T executeStatement(String doing, SqlWork<T> statement) {
        return onKept(
                doing,
                connection -> connection.getAutoCommit()
                        ? statement.run(new SqlSession(connection, this.dialects.of(connection)))
                        : new ConnectionTransaction(connection, this.dialects, this.isolation).run(statement));
    }

    private <T extends @Nullable Object> T onKept(String doing, ConnectionWork<T> work) {
        this.lock.lock();
        try {
            boolean reused = this.connection != null;
            try {
                return OwnTransactions.retrying(() -> tryOnce(doing, work));
            } catch (RuntimeException ex) {
                if (!discardIfBroken() || !reused) {
                    throw ex;
                }
                logger.debug("The connection for heartbeats was broken and is replaced", ex);
                return tryOnce(doing, work);
            }
        } finally {
            this.lock.unlock();
        }
    }

    private <T extends @Nullable Object> T tryOnce(String doing, ConnectionWork<T> work) {
        Connection opened = open(doing);
        try {
            return work.run(opened);
        } catch (SQLException ex) {
            throw SqlErrors.translate(doing, ex);
        } catch (Error ex) {
            OwnTransactions.abort(opened);
            throw ex;
        }
    }

    private Connection open(String doing) {
        Connection kept = this.connection;
        if (kept == null) {
            try {
                kept = this.dataSource.getConnection();
            } catch (SQLException ex) {
                throw new CannotGetJdbcConnectionException("Tasklane: no connection for " + doing, ex);
            }
            this.timeoutBefore = this.timeout.limit(kept);
            this.connection = kept;
        }
        return kept;
    }

    private boolean discardIfBroken() {
        Connection kept = this.connection;
        if (kept == null) {
            return true;
        }
        try {
            if (kept.isValid(VALIDATION_SECONDS)) {
                return false;
            }
        } catch (SQLException ex) {
            logger.debug("A connection cannot be validated", ex);
        }
        this.connection = null;
        OwnTransactions.close(kept);
        return true;
    }

    @Override
    public void close() {
        this.lock.lock();
        try {
            Connection kept = this.connection;
            this.connection = null;
            if (kept != null) {
                this.timeout.restore(kept, this.timeoutBefore);
                OwnTransactions.close(kept);
            }
        } finally {
            this.lock.unlock();
        }
    }

    /** What is done with the connection. */
    @FunctionalInterface
    private interface ConnectionWork<T extends @Nullable Object> {

        T run(Connection connection) throws SQLException;
    }
}
