package io.tasklane.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * A transaction of the host on our data source.
 *
 * @param dataSource data source under which its connection is bound
 * @param synchronization our part in it, null if its manager offers none
 */
record CallerTransaction(DataSource dataSource, @Nullable CallerSynchronization synchronization) {

    /** Runs work on its connection, and leaves the transaction open. */
    <T extends @Nullable Object> T execute(String doing, TaskSqlDialects dialects, SqlWork<T> work) {
        Connection connection = DataSourceUtils.getConnection(this.dataSource);
        try {
            return work.run(new SqlSession(connection, dialects.of(connection)));
        } catch (SQLException ex) {
            throw SqlErrors.translate(doing, ex);
        } finally {
            DataSourceUtils.releaseConnection(connection, this.dataSource);
        }
    }
}
