package io.tasklane.benchmark.chaos.server;

import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.Product;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL with durable settings: one server, and from time to time a standby that every commit waits for. There are two ports;
 * the one that is not the server's is the standby's. The URL names both and asks for the primary.
 */
final class PostgreSqlCluster implements ChaosServer {

    private static final String STANDBY = "chaos_standby";

    private static final long STANDBY_LIMIT = TimeUnit.SECONDS.toNanos(60);

    private static final List<String> SETTINGS = List.of(
            "listen_addresses = 'localhost'",
            "unix_socket_directories = ''",
            "fsync = on",
            "synchronous_commit = on",
            "full_page_writes = on",
            "max_connections = 300",
            "wal_level = replica",
            "max_wal_senders = 5",
            // So much that a standby finds everything since its copy.
            "wal_keep_size = '1GB'");

    private final Path directory;

    private final List<Integer> ports;

    private PostgreSqlProcess primary;

    private @Nullable PostgreSqlProcess standby;

    private int copies;

    private PostgreSqlCluster(Path directory, List<Integer> ports, PostgreSqlProcess primary) {
        this.directory = directory;
        this.ports = ports;
        this.primary = primary;
    }

    static PostgreSqlCluster start(Path directory) throws IOException, SQLException {
        Path data = directory.resolve("server-0");
        Path programs;
        // It unpacks the programs and makes the directory; from then on they are used without it.
        try (EmbeddedPostgres embedded = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start()) {
            Database made = new Database(
                    Product.POSTGRESQL,
                    "jdbc:postgresql://localhost:%d/postgres".formatted(embedded.getPort()),
                    "postgres",
                    "");
            programs = Path.of(made.text("SELECT setting FROM pg_config WHERE name = 'BINDIR'"));
        }
        List<Integer> ports = List.of(Ports.free(), Ports.free());
        PostgreSqlProcess primary = new PostgreSqlProcess(programs, data.toAbsolutePath(), ports.get(0));
        primary.configure(SETTINGS);
        primary.configure(List.of("port = " + primary.port()));
        primary.start();
        primary.database("postgres").execute("CREATE DATABASE " + DATABASE);
        return new PostgreSqlCluster(directory.toAbsolutePath(), ports, primary);
    }

    @Override
    public List<Integer> ports() {
        return this.ports;
    }

    @Override
    public Database database(List<Integer> through) {
        String hosts = through.stream().map(port -> "localhost:" + port).collect(Collectors.joining(","));
        return new Database(
                Product.POSTGRESQL,
                "jdbc:postgresql://%s/%s?targetServerType=primary".formatted(hosts, DATABASE),
                "postgres",
                "");
    }

    @Override
    public void kill() throws IOException {
        this.primary.stop("immediate");
    }

    @Override
    public void restart() throws IOException {
        this.primary.start();
    }

    @Override
    public void addStandby() throws IOException, SQLException {
        int port = this.ports.stream()
                .filter(each -> each != this.primary.port())
                .findFirst()
                .orElseThrow();
        PostgreSqlProcess copy = this.primary.copy(this.directory.resolve("server-" + ++this.copies), port);
        copy.follow(this.primary, STANDBY);
        copy.start();
        this.standby = copy;
        Database admin = this.primary.database("postgres");
        // In this order: nothing waits for a standby that is not there yet.
        await(admin, "state = 'streaming'");
        admin.execute(
                "ALTER SYSTEM SET synchronous_standby_names = '%s'".formatted(STANDBY), "SELECT pg_reload_conf()");
        await(admin, "sync_state = 'sync'");
    }

    private static void await(Database admin, String condition) throws IOException, SQLException {
        long start = System.nanoTime();
        String query = "SELECT count(*) FROM pg_stat_replication WHERE application_name = '%s' AND %s"
                .formatted(STANDBY, condition);
        while (admin.number(query) == 0) {
            if (System.nanoTime() - start > STANDBY_LIMIT) {
                throw new IOException("The standby does not follow: " + condition);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    public void failOver() throws IOException {
        PostgreSqlProcess next = this.standby;
        if (next == null) {
            throw new IllegalStateException("There is no standby");
        }
        this.primary.stop("immediate");
        next.promote();
        this.primary = next;
        this.standby = null;
    }

    @Override
    public void close() {
        for (PostgreSqlProcess process : new PostgreSqlProcess[] {this.standby, this.primary}) {
            if (process != null) {
                try {
                    process.stop("immediate");
                } catch (IOException ex) {
                    System.err.println("Could not stop PostgreSQL: " + ex);
                }
            }
        }
        for (int i = 0; i <= this.copies; i++) {
            FileSystemUtils.deleteRecursively(
                    this.directory.resolve("server-" + i).toFile());
        }
    }
}
