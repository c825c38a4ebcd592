package io.tasklane.worker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A node in a process with little memory. Its {@code take} tasks end at once, its {@code give} tasks have results of a megabyte, its
 * {@code exhaust} tasks take all the memory there is.
 */
final class PoisonProgram {

    static final int MEGABYTE = 1_000_000;

    private PoisonProgram() {}

    /** Starts the process. What it prints goes into a file. */
    static Process start(TestDatabase database, String heap, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        PoisonProgram.class.getName(),
                        database.url(),
                        database.username(),
                        database.password())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[0]);
        pool.setUsername(arguments[1]);
        pool.setPassword(arguments[2]);
        pool.setMaximumPoolSize(4);
        JdbcTaskStore store = new JdbcTaskStore(new HikariDataSource(pool), JdbcStoreSettings.DEFAULT);
        TestNode node = new TestNode(new TestStore(store), WorkerSettings.DEFAULT, 4);
        node.handlers.register(TestNode.definition("take", RetryableFailures.ALL, null), call -> null);
        node.handlers.register(
                TestNode.definition("give", RetryableFailures.ALL, String.class), call -> "x".repeat(MEGABYTE));
        node.handlers.register(TestNode.definition("exhaust", RetryableFailures.ALL, null), call -> exhaust());
        node.start();
        new CountDownLatch(1).await();
    }

    private static Object exhaust() {
        List<long[]> all = new ArrayList<>();
        while (true) {
            all.add(new long[100_000]);
        }
    }
}
