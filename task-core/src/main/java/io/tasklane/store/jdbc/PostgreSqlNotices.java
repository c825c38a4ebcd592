package io.tasklane.store.jdbc;

import io.tasklane.store.TaskNotifications.Listening;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.util.ClassUtils;

/** Notices by NOTIFY and LISTEN. */
final class PostgreSqlNotices {

    // The number of the table tells apart what the same prefix means in another schema, and is never too long for a
    // name.
    private static final String CHANNEL = "'{p}' || to_regclass('{p}ready')::oid::text";

    // Commits that notify wait for each other. Without a limit a stuck one, of whatever application, would hold up
    // heartbeats.
    private static final String NOTIFY = "SELECT set_config('lock_timeout', '2s', true), pg_notify(" + CHANNEL + ", ?)";

    private final PostgreSqlDialect dialect;

    PostgreSqlNotices(PostgreSqlDialect dialect) {
        this.dialect = dialect;
    }

    /** Other drivers can notify, but not be asked for what was heard. */
    static boolean isDriverPresent() {
        return ClassUtils.isPresent("org.postgresql.PGConnection", PostgreSqlNotices.class.getClassLoader());
    }

    /** Sent with the commit of the session's transaction. */
    void send(SqlSession session, String payload) throws SQLException {
        session.list(NOTIFY, row -> true, payload);
    }

    /** Begins to listen on a connection that is used for nothing else, and closed with what is returned. */
    Listening listen(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + channel(statement) + "\"");
        }
        return new PostgreSqlListening(connection);
    }

    private String channel(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(this.dialect.sql("SELECT " + CHANNEL))) {
            rows.next();
            String channel = rows.getString(1);
            if (channel == null) {
                throw new InvalidDataAccessResourceUsageException(
                        this.dialect.sql("The connection for notifications does not see the table {p}ready:"
                                + " its search path differs from that of the data source"));
            }
            return channel;
        }
    }
}
