package io.tasklane.worker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.Completion;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A node in a process of its own. Its {@code quick} tasks end at once, its {@code endless} ones never do; neither do those that
 * start {@code once}, which write down that they did in the table {@code body_start}. Its {@code transactional} ones write there
 * too, and never get from the end of their body to the commit. A {@code fatal} one ends the process without a word.
 */
final class WorkerProgram {

    /** What it prints when the body of an endless task has begun. */
    static final String RUNNING = "RUNNING";

    /** System property with tags of the node, separated by commas. */
    static final String TAGS = "tasklane.test.tags";

    /** Exit code of a process that a fatal task has ended. */
    static final int FATAL = 17;

    private WorkerProgram() {}

    /** Starts the process. What it prints goes into a file. */
    static Process start(TestDatabase database, int concurrency, Duration heartbeat, Path output) throws IOException {
        return start(database, concurrency, heartbeat, output, List.of());
    }

    /** The same with options of the JVM. */
    static Process start(TestDatabase database, int concurrency, Duration heartbeat, Path output, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                WorkerProgram.class.getName(),
                database.url(),
                database.username(),
                database.password(),
                String.valueOf(concurrency),
                heartbeat.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Settings of a node whose death is found out after four heartbeats, with the tags of its process. */
    static WorkerSettings settings(Duration heartbeat) {
        WorkerSettings settings =
                TestNode.settings(new RecoverySettings(heartbeat, heartbeat.multipliedBy(4), heartbeat, 3));
        String tags = System.getProperty(TAGS);
        return tags != null ? settings.withNode(settings.node().withTags(tags.split(","))) : settings;
    }

    public static void main(String[] arguments) throws InterruptedException {
        SkewedClock.install();
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[0]);
        pool.setUsername(arguments[1]);
        pool.setPassword(arguments[2]);
        HikariDataSource dataSource = new HikariDataSource(pool);
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        JdbcTaskStore store = new JdbcTaskStore(dataSource, JdbcStoreSettings.DEFAULT);
        TestNode node = new TestNode(
                new TestStore(store), settings(Duration.parse(arguments[4])), Integer.parseInt(arguments[3]));
        node.transactions = new DataSourceTransactionManager(dataSource);
        node.handle("quick", call -> null)
                .handle("endless", call -> hang())
                .handle("fatal", call -> {
                    Runtime.getRuntime().halt(FATAL);
                    return null;
                })
                .handle("delaying", call -> enqueueLater(store))
                .handle(TestNode.definition("once", Completion.BEFORE_RUN), call -> {
                    jdbc.update("insert into body_start (task_text) values (?)", call.arguments()[0]);
                    return hang();
                })
                .handle(TestNode.definition("transactional", Completion.IN_TRANSACTION), call -> {
                    jdbc.update("insert into body_start (task_text) values (?)", call.arguments()[0]);
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCommit(boolean readOnly) {
                            hang();
                        }
                    });
                    return null;
                })
                .start();
        new CountDownLatch(1).await();
    }

    /** Enqueues a task that is due in two seconds. */
    private static @Nullable Object enqueueLater(JdbcTaskStore store) {
        new TestStore(store).enqueue("quick", "default", 0, "later", 3, Duration.ofSeconds(2));
        return null;
    }

    private static @Nullable Object hang() {
        System.out.println(RUNNING);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
        return null;
    }
}
