package io.tasklane.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * How long to wait for an answer on a connection that is used for the engine's work. Without a limit a connection with nobody at
 * its other end, as after a failover, holds up a worker until TCP gives up, which takes a quarter of an hour. Drivers set it on
 * the socket, without a round trip.
 */
final class NetworkTimeout {

    /** Longer than any statement of a worker takes. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Nothing is limited. */
    static final NetworkTimeout NONE = new NetworkTimeout(Duration.ZERO);

    private static final int AS_IT_WAS = -1;

    private static final Log logger = LogFactory.getLog(NetworkTimeout.class);

    private final int millis;

    private volatile boolean off;

    NetworkTimeout(Duration patience) {
        this.millis = Math.toIntExact(patience.toMillis());
        this.off = this.millis == 0;
    }

    /** Limits a connection, unless its owner has set a shorter limit. Returns what {@link #restore} is to be given. */
    int limit(Connection connection) {
        if (this.off) {
            return AS_IT_WAS;
        }
        try {
            int before = connection.getNetworkTimeout();
            if (before > 0 && before <= this.millis) {
                return AS_IT_WAS;
            }
            connection.setNetworkTimeout(Runnable::run, this.millis);
            return before;
        } catch (SQLFeatureNotSupportedException | AbstractMethodError ex) {
            logger.debug("The driver or the pool knows no network timeout", ex);
            this.off = true;
        } catch (SQLException ex) {
            logger.debug("A connection cannot be limited", ex);
        }
        return AS_IT_WAS;
    }

    /** Gives a connection back the limit that it had. */
    void restore(Connection connection, int before) {
        if (before == AS_IT_WAS) {
            return;
        }
        try {
            connection.setNetworkTimeout(Runnable::run, before);
        } catch (SQLException ex) {
            // The connection is broken, which the pool finds out by itself.
            logger.debug("Failed to restore the network timeout of a connection", ex);
        }
    }
}
