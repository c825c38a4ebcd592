package io.tasklane.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** A transaction on a connection that is ours: begins, commits or rolls back, and leaves the connection as it was. */
final class ConnectionTransaction {

    private static final Log logger = LogFactory.getLog(ConnectionTransaction.class);

    private final Connection connection;

    private final TaskSqlDialects dialects;

    private final DefaultIsolation isolation;

    ConnectionTransaction(Connection connection, TaskSqlDialects dialects, DefaultIsolation isolation) {
        this.connection = connection;
        this.dialects = dialects;
        this.isolation = isolation;
    }

    <T extends @Nullable Object> T run(SqlWork<T> work) throws SQLException {
        boolean autoCommit = this.connection.getAutoCommit();
        int isolation = this.isolation.of(this.connection);
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            this.connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        if (autoCommit) {
            this.connection.setAutoCommit(false);
        }
        boolean committed = false;
        try {
            T result = work.run(new SqlSession(this.connection, this.dialects.of(this.connection)));
            this.connection.commit();
            committed = true;
            return result;
        } catch (Error ex) {
            OwnTransactions.abort(this.connection);
            throw ex;
        } finally {
            restore(committed, autoCommit, isolation);
        }
    }

    private void restore(boolean committed, boolean autoCommit, int isolation) {
        try {
            if (!committed) {
                this.connection.rollback();
            }
            if (autoCommit) {
                this.connection.setAutoCommit(true);
            }
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                this.connection.setTransactionIsolation(isolation);
            }
        } catch (SQLException ex) {
            // The connection is broken, which the pool finds out by itself; the first error tells more.
            logger.debug("Failed to restore a connection", ex);
        }
    }
}
