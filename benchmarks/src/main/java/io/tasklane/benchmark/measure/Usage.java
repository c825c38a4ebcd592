package io.tasklane.benchmark.measure;

import com.sun.management.OperatingSystemMXBean;
import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.Product;
import io.tasklane.benchmark.database.Server;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What has been used up so far. Whatever cannot be known is not a number.
 *
 * @param nanos monotonic time of the reading
 * @param jvmSeconds processor time of this JVM
 * @param databaseSeconds processor time of the database server
 * @param commits transactions committed in the database
 * @param walBytes write-ahead log of the server
 */
public record Usage(long nanos, double jvmSeconds, double databaseSeconds, double commits, double walBytes) {

    private static final double NANOS = 1e9;

    /** Reads the meters. Commits of connections that are still open may be missing. */
    public static Usage read(Server server, Database database) throws SQLException {
        double commits = Double.NaN;
        double walBytes = Double.NaN;
        if (database.product() == Product.POSTGRESQL) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT xact_commit, pg_current_wal_lsn() - '0/0'::pg_lsn
                            FROM pg_stat_database WHERE datname = current_database()""")) {
                row.next();
                commits = row.getDouble(1);
                walBytes = row.getDouble(2);
            }
        }
        return new Usage(System.nanoTime(), jvm(), server.processorSeconds().orElse(Double.NaN), commits, walBytes);
    }

    private static double jvm() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / NANOS;
    }

    /** Returns what was used since the earlier reading. */
    public Usage since(Usage earlier) {
        return new Usage(
                this.nanos - earlier.nanos,
                this.jvmSeconds - earlier.jvmSeconds,
                this.databaseSeconds - earlier.databaseSeconds,
                this.commits - earlier.commits,
                this.walBytes - earlier.walBytes);
    }

    /** Returns the same usage with the commits of another one, read after all connections were closed. */
    public Usage withCommits(Usage later) {
        return new Usage(this.nanos, this.jvmSeconds, this.databaseSeconds, later.commits, this.walBytes);
    }

    /** Returns the time in seconds. */
    public double seconds() {
        return this.nanos / NANOS;
    }
}
