package io.tasklane.store.jdbc;

import io.tasklane.store.TaskNotice;
import io.tasklane.store.TaskNotifications.Listening;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A connection that listens. The only class that needs PostgreSQL's driver. */
final class PostgreSqlListening implements Listening {

    private static final Log logger = LogFactory.getLog(PostgreSqlListening.class);

    private final Connection connection;

    private final PGConnection driver;

    PostgreSqlListening(Connection connection) throws SQLException {
        this.connection = connection;
        this.driver = connection.unwrap(PGConnection.class);
    }

    @Override
    public List<TaskNotice> await(Duration timeout) {
        try {
            // Zero would wait for ever.
            PGNotification[] heard = this.driver.getNotifications(Math.max(1, Math.toIntExact(timeout.toMillis())));
            List<TaskNotice> notices = new ArrayList<>();
            for (PGNotification notification : heard) {
                TaskNotice notice = NoticeText.parse(notification.getParameter());
                if (notice != null) {
                    notices.add(notice);
                } else {
                    logger.debug("Not a notice: " + notification.getParameter());
                }
            }
            return notices;
        } catch (SQLException ex) {
            throw SqlErrors.translate("listening", ex);
        }
    }

    /** By abort: a close would wait for the wait to end. */
    @Override
    public void close() {
        try {
            this.connection.abort(Runnable::run);
        } catch (SQLException ex) {
            logger.debug("Failed to close the connection that listens", ex);
        }
    }
}
