package io.tasklane.benchmark.database;

import io.tasklane.benchmark.measure.ProcessorTime;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: the embedded binaries with durable settings, or a server named from outside. */
public final class PostgreSqlServer implements Server {

    /** Names a server from outside: a JDBC URL; user and password come from {@code _USER} and {@code _PASSWORD}. */
    public static final String URL_VARIABLE = "BENCHMARK_POSTGRESQL_URL";

    // Durable; large enough that no checkpoint falls into a measurement.
    private static final Map<String, String> CONFIGURATION = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "1GB",
            "max_wal_size", "16GB",
            "checkpoint_timeout", "1h",
            "max_connections", "400");

    private static final List<String> SHOWN = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "shared_buffers",
            "max_wal_size",
            "checkpoint_timeout",
            "wal_sync_method",
            "autovacuum");

    private final Database admin;

    private final @Nullable EmbeddedPostgres embedded;

    private final @Nullable ProcessorTime processes;

    private PostgreSqlServer(Database admin, @Nullable EmbeddedPostgres embedded) throws SQLException {
        this.admin = admin;
        this.embedded = embedded;
        this.processes = embedded != null ? new ProcessorTime(postmaster(admin)) : null;
    }

    /**
     * Starts the server, or connects to the one named from outside.
     *
     * @param directory where an embedded server keeps its data; removed when it stops
     */
    public static PostgreSqlServer start(Path directory) throws IOException, SQLException {
        String url = System.getenv(URL_VARIABLE);
        if (url != null) {
            String username = System.getenv().getOrDefault("BENCHMARK_POSTGRESQL_USER", "postgres");
            String password = System.getenv().getOrDefault("BENCHMARK_POSTGRESQL_PASSWORD", "");
            return new PostgreSqlServer(new Database(Product.POSTGRESQL, url, username, password), null);
        }
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(true)
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD);
        CONFIGURATION.forEach(builder::setServerConfig);
        EmbeddedPostgres embedded = builder.start();
        String jdbcUrl = "jdbc:postgresql://localhost:%d/postgres".formatted(embedded.getPort());
        return new PostgreSqlServer(new Database(Product.POSTGRESQL, jdbcUrl, "postgres", ""), embedded);
    }

    // Its file tells the number of the process only to those on the same machine.
    private static long postmaster(Database admin) throws SQLException {
        return admin.number("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::bigint");
    }

    @Override
    public Map<String, String> settings() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : SHOWN) {
            settings.put(name, this.admin.text("SHOW " + name));
        }
        return settings;
    }

    @Override
    public Database create(String name) throws SQLException {
        this.admin.execute("CREATE DATABASE " + name);
        return named(name);
    }

    /** Creates a database with the tables and rows of another one, to which nobody is connected. */
    public Database copy(Database template, String name) throws SQLException {
        this.admin.execute("CREATE DATABASE %s TEMPLATE %s".formatted(name, nameOf(template)));
        return named(name);
    }

    @Override
    public void drop(Database database) throws SQLException {
        this.admin.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(nameOf(database)));
    }

    private Database named(String name) {
        return new Database(
                Product.POSTGRESQL,
                this.admin.url().replaceFirst("(//[^/]+/)[^?]*", "$1" + name),
                this.admin.username(),
                this.admin.password());
    }

    private static String nameOf(Database database) {
        return database.url().replaceFirst(".*//[^/]+/([^?]*).*", "$1");
    }

    /** Writes everything to disk, so that a measurement does not pay for the one before. */
    public void checkpoint() throws SQLException {
        this.admin.execute("CHECKPOINT");
    }

    @Override
    public OptionalDouble processorSeconds() {
        return this.processes != null ? OptionalDouble.of(this.processes.seconds()) : OptionalDouble.empty();
    }

    @Override
    public void close() {
        if (this.embedded != null) {
            try {
                this.embedded.close();
            } catch (IOException ex) {
                System.err.println("Could not stop PostgreSQL: " + ex);
            }
        }
    }
}
