package io.tasklane.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL server and a standby that follows it, for a test that lets the first one crash. What is committed is on both.
 *
 * @since 0.1.0
 */
public final class PostgresPair implements AutoCloseable {

    private static final String DATABASE = "tasks";

    private final Path primaryData;

    private final Path standbyData;

    private final int primaryPort;

    private final int standbyPort;

    private EmbeddedPostgres primary;

    private EmbeddedPostgres standby;

    /**
     * Starts both.
     *
     * @param directory an empty directory for their data
     */
    public PostgresPair(Path directory) throws IOException {
        this.primaryData = directory.resolve("primary");
        this.standbyData = directory.resolve("standby");
        this.primaryPort = freePort();
        this.standbyPort = freePort();
        try (EmbeddedPostgres first = server(this.primaryData, this.primaryPort, null)) {
            template(first).execute("create database " + DATABASE);
        }
        copy(this.primaryData, this.standbyData);
        Files.createFile(this.standbyData.resolve("standby.signal"));
        Files.writeString(
                this.standbyData.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=%d user=postgres'%n".formatted(this.primaryPort),
                StandardOpenOption.APPEND);
        this.primary = server(this.primaryData, this.primaryPort, "*");
        this.standby = server(this.standbyData, this.standbyPort, null);
    }

    /** Returns the JDBC URL that leads to whichever of them takes writes. */
    public String url() {
        return "jdbc:postgresql://localhost:%d,localhost:%d/%s?user=postgres&targetServerType=primary&connectTimeout=2"
                .formatted(this.primaryPort, this.standbyPort, DATABASE);
    }

    /** Kills the first server. */
    public void crash() throws IOException, InterruptedException {
        long pid = Long.parseLong(Files.readAllLines(this.primaryData.resolve("postmaster.pid"))
                .get(0)
                .trim());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }

    /** Starts the first server again after a crash. */
    public void restart() throws IOException {
        this.primary.close();
        Files.deleteIfExists(this.primaryData.resolve("postmaster.pid"));
        this.primary = server(this.primaryData, this.primaryPort, "*");
    }

    /** Lets the standby take writes from now on. */
    public void promote() {
        template(this.standby).queryForObject("select pg_promote()", Boolean.class);
    }

    @Override
    public void close() throws IOException {
        try (EmbeddedPostgres first = this.primary;
                EmbeddedPostgres second = this.standby) {
            // Both are to be closed, whatever state they are in.
        }
    }

    private static EmbeddedPostgres server(Path data, int port, @Nullable String standbys) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("wal_level", "replica")
                .setServerConfig("hot_standby", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on");
        if (standbys != null) {
            builder.setServerConfig("synchronous_standby_names", standbys);
        }
        return builder.start();
    }

    private static JdbcTemplate template(EmbeddedPostgres server) {
        return new JdbcTemplate(new DriverManagerDataSource(server.getJdbcUrl("postgres", "postgres")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(
                            file, to.resolve(from.relativize(file)), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException ex) {
                    throw new UncheckedIOException(ex);
                }
            });
        }
    }
}
