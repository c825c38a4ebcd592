package io.tasklane.store.jdbc;

import io.tasklane.store.TaskNotice;
import io.tasklane.store.TaskNotifications;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Notices where the database has them, and connections beside the pool can be opened. */
final class JdbcTaskNotifications implements TaskNotifications {

    private final WorkerConnections connections;

    private final TaskSqlDialects dialects;

    private final @Nullable DataSource unpooled;

    JdbcTaskNotifications(WorkerConnections connections, TaskSqlDialects dialects, @Nullable DataSource unpooled) {
        this.connections = connections;
        this.dialects = dialects;
        this.unpooled = unpooled;
    }

    @Override
    public boolean supportsNotices() {
        return this.unpooled != null && dialect().notices() != null;
    }

    private TaskSqlDialect dialect() {
        TaskSqlDialect known = this.dialects.known();
        return known != null ? known : this.connections.execute("finding out about notifications", SqlSession::dialect);
    }

    @Override
    public void send(TaskNotice notice) {
        for (String payload : NoticeText.format(notice)) {
            this.connections.executeKeptStatement("telling other nodes of tasks", session -> {
                require(session.dialect()).send(session, payload);
                return true;
            });
        }
    }

    @Override
    public Listening listen() {
        if (this.unpooled == null) {
            throw unsupported();
        }
        Connection connection = open(this.unpooled);
        try {
            return require(this.dialects.of(connection)).listen(connection);
        } catch (SQLException ex) {
            OwnTransactions.close(connection);
            throw SqlErrors.translate("listening", ex);
        } catch (RuntimeException ex) {
            OwnTransactions.close(connection);
            throw ex;
        }
    }

    private static Connection open(DataSource dataSource) {
        try {
            return dataSource.getConnection();
        } catch (SQLException ex) {
            throw new CannotGetJdbcConnectionException("Tasklane: no connection for listening", ex);
        }
    }

    private static PostgreSqlNotices require(TaskSqlDialect dialect) {
        PostgreSqlNotices notices = dialect.notices();
        if (notices == null) {
            throw unsupported();
        }
        return notices;
    }

    private static RuntimeException unsupported() {
        return new InvalidDataAccessApiUsageException("This store has no notifications: ask supportsNotices() first");
    }
}
