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

/** Reads what has been used up, on a connection that is open beforehand, so that a reading takes no time itself. */
public final class Meters implements AutoCloseable {

    private static final double NANOS = 1e9;

    private static final String COMMITS_AND_WAL = """
            SELECT xact_commit, pg_current_wal_lsn() - '0/0'::pg_lsn
            FROM pg_stat_database WHERE datname = current_database()""";

    private final Server server;

    private final boolean tellsCommits;

    private final Connection connection;

    /** Connects to the database. */
    public Meters(Server server, Database database) throws SQLException {
        this.server = server;
        this.tellsCommits = database.product() == Product.POSTGRESQL;
        this.connection = database.connect();
    }

    /** Reads all meters. Commits of connections that are still open may be missing. */
    public Usage read() throws SQLException {
        double commits = Double.NaN;
        double walBytes = Double.NaN;
        if (this.tellsCommits) {
            try (Statement statement = this.connection.createStatement();
                    ResultSet row = statement.executeQuery(COMMITS_AND_WAL)) {
                row.next();
                commits = row.getDouble(1);
                walBytes = row.getDouble(2);
            }
        }
        double databaseSeconds = this.server.processorSeconds().orElse(Double.NaN);
        return new Usage(System.nanoTime(), jvm(), databaseSeconds, commits, walBytes);
    }

    /** Returns the one number that the query gives. */
    public long number(String query) throws SQLException {
        return Database.number(this.connection, query);
    }

    private static double jvm() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / NANOS;
    }

    @Override
    public void close() throws SQLException {
        this.connection.close();
    }
}
