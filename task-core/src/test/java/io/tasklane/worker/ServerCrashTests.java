package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.PostgresPair;
import io.tasklane.test.TestTables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The server is killed while tasks are enqueued and run. */
@Timeout(240)
class ServerCrashTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Tasks of which it was told that they are committed. */
    private final List<TaskId> committed = new CopyOnWriteArrayList<>();

    private final AtomicInteger runs = new AtomicInteger();

    @TempDir
    Path directory;

    private PostgresPair servers;

    private TestStore store;

    private volatile boolean producing = true;

    @BeforeEach
    void start() throws Exception {
        this.servers = new PostgresPair(this.directory);
        this.opened.add(this.servers);
        TestTables.create(new DriverManagerDataSource(this.servers.url()));
        this.store = store();
        for (int i = 0; i < 2; i++) {
            TestNode node = new TestNode(i == 0 ? this.store : store(), TestNode.settings(RecoverySettings.DEFAULT));
            this.opened.add(node);
            node.handle("task", call -> {
                        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
                        return this.runs.incrementAndGet();
                    })
                    .start();
        }
        Thread producer = new Thread(this::produce);
        producer.start();
        this.opened.add(() -> {
            this.producing = false;
            producer.join();
        });
        await().atMost(PATIENCE).until(() -> succeeded() >= 200);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = this.opened.size() - 1; i >= 0; i--) {
            this.opened.get(i).close();
        }
    }

    @Test
    void guarantee7_afterAFailoverToTheStandbyEverythingGoesOn() throws Exception {
        this.servers.crash();
        this.servers.promote();
        everythingCommittedIsRun();
    }

    @Test
    void guarantee7_afterACrashAndARestartEverythingGoesOn() throws Exception {
        this.servers.crash();
        this.servers.restart();
        everythingCommittedIsRun();
    }

    private void everythingCommittedIsRun() {
        int before = this.committed.size();
        await().atMost(PATIENCE).until(() -> this.committed.size() > before + 200);
        this.producing = false;
        List<TaskId> tasks = List.copyOf(this.committed);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .untilAsserted(
                        () -> assertThat(tasks).extracting(this.store::state).containsOnly(TaskState.SUCCEEDED));
        assertThat(tasks)
                .extracting(this.store::find)
                .allSatisfy(task -> assertThat(task.retriesUsed()).isZero());
        // Only what ran when the server died may have run twice, and each node runs ten at once.
        assertThat(this.runs.get())
                .isLessThanOrEqualTo(this.store.real().statistics().stream()
                                .mapToInt(queue -> (int) queue.count(TaskState.SUCCEEDED))
                                .sum()
                        + 20);
    }

    private void produce() {
        while (this.producing) {
            try {
                this.committed.add(this.store.enqueue("task", "default"));
            } catch (DataAccessException ex) {
                // Refused, or nobody knows.
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private long succeeded() {
        return this.store.count("default", TaskState.SUCCEEDED);
    }

    private TestStore store() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(this.servers.url());
        config.setMaximumPoolSize(5);
        config.setConnectionTimeout(2_000);
        HikariDataSource pool = new HikariDataSource(config);
        this.opened.add(pool);
        JdbcTaskStore jdbc = new JdbcTaskStore(
                pool, JdbcStoreSettings.DEFAULT.withUnpooled(new DriverManagerDataSource(this.servers.url())));
        this.opened.add(jdbc);
        return new TestStore(jdbc);
    }
}
