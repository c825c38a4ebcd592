package io.tasklane.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The isolation with which a data source hands out connections, asked for once: some drivers ask the server each time. */
final class DefaultIsolation {

    private volatile @Nullable Integer known;

    int of(Connection connection) throws SQLException {
        Integer isolation = this.known;
        if (isolation == null) {
            isolation = connection.getTransactionIsolation();
            this.known = isolation;
            if (!connection.getAutoCommit()) {
                // Asking may have begun a transaction, in which the isolation cannot be changed.
                connection.rollback();
            }
        }
        return isolation;
    }
}
