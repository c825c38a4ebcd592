package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.Completion;
import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import io.tasklane.store.StoredWorker;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TcpGate;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database that is away, cut off, slow or full, and nodes that work with it. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
abstract class JdbcOutageTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Dead after 1.5 s. */
    private static final RecoverySettings RECOVERY =
            new RecoverySettings(Duration.ofMillis(300), Duration.ofMillis(1_500), Duration.ofMillis(300), 3);

    private final List<AutoCloseable> opened = new ArrayList<>();

    private final TestDatabaseProduct product;

    private TestDatabase database;

    private TcpGate gate;

    private TestStore observer;

    JdbcOutageTests(TestDatabaseProduct product) {
        this.product = product;
    }

    @BeforeEach
    void createDatabase() {
        this.database = TestDatabase.create(this.product);
        TestTables.create(this.database.dataSource());
        this.gate = new TcpGate(this.database.url());
        this.observer = store(this.database.dataSource(), this.database.dataSource());
    }

    @AfterEach
    void close() throws Exception {
        // A node that is cut off would wait for its last heartbeat.
        this.gate.close();
        for (int i = this.opened.size() - 1; i >= 0; i--) {
            this.opened.get(i).close();
        }
        this.database.close();
    }

    @Test
    void guarantee4_aNodeThatIsCutOffStopsItsTasksBeforeOthersTakeThem() {
        AtomicLong told = new AtomicLong();
        TestNode cutOff = node(throughTheGate()).handle("task", call -> {
            awaitInterrupt();
            assertThat(TaskContext.current().isLeaseLost()).isTrue();
            told.set(System.nanoTime());
            return null;
        });
        TaskId task = this.observer.enqueue("task", "default");
        cutOff.start();
        await().atMost(PATIENCE).until(() -> cutOff.started.size() == 1);
        AtomicLong taken = new AtomicLong();
        TestNode other = node(this.observer).handle("task", call -> {
            taken.set(System.nanoTime());
            return null;
        });
        other.start();
        await().atMost(PATIENCE).until(() -> this.observer.real().workers().size() == 2);

        this.gate.shut();

        await().atMost(PATIENCE).until(() -> this.observer.state(task) == TaskState.SUCCEEDED);
        assertThat(told.get()).isNotZero();
        assertThat(taken.get() - told.get()).isPositive();
        assertThat(cutOff.lost).hasValue(1);
        StoredTask stored = this.observer.find(task);
        assertThat(stored.recoveries()).isEqualTo(1);
        assertThat(stored.retriesUsed()).isZero();
        assertThat(other.started).hasSize(1);
    }

    @Test
    void decision3_anOutageThatHitsEveryNodeConvictsNobody(CapturedOutput output) {
        List<TestNode> nodes = List.of(node(throughTheGate()), node(throughTheGate()));
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        for (TestNode node : nodes) {
            node.handle("task", call -> {
                try {
                    end.await();
                } catch (InterruptedException ex) {
                    interrupted.incrementAndGet();
                }
                return null;
            });
        }
        List<TaskId> tasks = new ArrayList<>();
        for (TestNode node : nodes) {
            node.start();
            await().atMost(PATIENCE).until(() -> node.registry.workerId().isPresent());
            for (int i = 0; i < 10; i++) {
                tasks.add(this.observer.enqueue("task", "default"));
            }
            await().atMost(PATIENCE).until(() -> node.started.size() == 10);
        }
        List<Long> workers = workers();
        assertThat(workers).hasSize(2);
        // Each may judge the other now.
        awaitLife(RECOVERY.after().multipliedBy(2));

        this.gate.shut();
        await().atMost(PATIENCE).until(() -> interrupted.get() == 20);
        this.gate.open();

        await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(node -> node.started.size() > 10));
        end.countDown();
        await().atMost(PATIENCE).until(() -> this.observer.count("default", TaskState.SUCCEEDED) == 20);
        assertThat(workers()).isEqualTo(workers);
        assertThat(tasks).extracting(this.observer::find).allSatisfy(task -> {
            assertThat(task.recoveries()).isZero();
            assertThat(task.retriesUsed()).isZero();
        });
        assertThat(output).doesNotContain("was declared dead");
    }

    @Test
    void guarantee7_anOutageShorterThanTheRecoveryTimeDisturbsNoTaskAndIsLoggedOnce(CapturedOutput output) {
        TestNode node = node(throughTheGate(), RecoverySettings.DEFAULT);
        CountDownLatch end = new CountDownLatch(1);
        node.handle("task", call -> {
            end.await();
            return null;
        });
        TaskId task = this.observer.enqueue("task", "default");
        node.start();
        await().atMost(PATIENCE).until(() -> node.started.size() == 1);

        this.gate.shut();
        end.countDown();
        await().atMost(PATIENCE)
                .until(() -> node.registry.health().storeFailures().size() >= 2);
        this.gate.open();

        await().atMost(PATIENCE).until(() -> this.observer.state(task) == TaskState.SUCCEEDED);
        await().atMost(PATIENCE)
                .until(() -> node.registry.health().storeFailures().isEmpty());
        assertThat(node.started).hasSize(1);
        assertThat(this.observer.find(task).recoveries()).isZero();
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN") && line.contains("io.tasklane")))
                .singleElement()
                .asString()
                .contains("The task store cannot be reached");
        assertThat(output).contains("The task store works again");
    }

    @Test
    void guarantee5_aConnectionKilledBetweenWriteAndCommitCostsNothing() {
        FaultyDataSource faulty = new FaultyDataSource(this.database.dataSource());
        AtomicInteger kills = new AtomicInteger();
        faulty.fault = (connection, step) -> {
            if (isUnlucky(kills)) {
                kills.incrementAndGet();
                kill(connection);
            }
            return step.run();
        };
        runs200TasksOnceEach(faulty);
        assertThat(kills.get()).isGreaterThan(3);
    }

    @Test
    void guarantee5_aConnectionKilledUnderABodyInItsTransactionUsesNoRetry() {
        HikariDataSource pool = pool(this.database.url());
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.execute("create table business (task_text varchar(20) not null)");
        TestNode node = node(store(pool, this.database.dataSource()), RecoverySettings.DEFAULT);
        node.transactions = new DataSourceTransactionManager(pool);
        node.handle(TestNode.definition("task", Completion.IN_TRANSACTION), call -> {
                    jdbc.update("insert into business (task_text) values ('a')");
                    if (node.started.size() == 1) {
                        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
                            kill(connection);
                            return null;
                        });
                        jdbc.update("insert into business (task_text) values ('b')");
                    }
                    return null;
                })
                .start();
        TaskId task = this.observer.enqueue("task", "default");
        await().atMost(PATIENCE).until(() -> this.observer.state(task) == TaskState.SUCCEEDED);
        assertThat(this.observer.find(task).retriesUsed()).isZero();
        assertThat(this.observer.find(task).recoveries()).isEqualTo(1);
        assertThat(jdbc.queryForList("select task_text from business", String.class))
                .containsExactly("a");
    }

    @Test
    void guarantee5_aConnectionKilledBetweenCommitAndAnswerCostsNothing() {
        FaultyDataSource faulty = new FaultyDataSource(this.database.dataSource());
        AtomicInteger kills = new AtomicInteger();
        faulty.fault = (connection, step) -> {
            Object result = step.run();
            if (isUnlucky(kills)) {
                kills.incrementAndGet();
                throw new SQLException("An I/O error occurred while receiving the answer", "08006");
            }
            return result;
        };
        runs200TasksOnceEach(faulty);
        assertThat(kills.get()).isGreaterThan(3);
    }

    @Test
    void guarantee2_aDatabaseThatNowAndThenHasNoSpaceFailsNoTask() {
        FaultyDataSource disk = new FaultyDataSource(this.database.dataSource());
        // By chance, as the statements of different loops would fall into step with a number.
        disk.fault = (connection, step) -> {
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                throw noSpace();
            }
            return step.run();
        };
        runs200TasksOnceEach(disk);
    }

    private void runs200TasksOnceEach(FaultyDataSource faulty) {
        List<TaskId> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tasks.add(this.observer.enqueue("task", "default", 0, "t" + i));
        }
        TestNode node = node(store(faulty, this.database.dataSource()), RecoverySettings.DEFAULT);
        node.handle("task", call -> null).start();
        await().atMost(PATIENCE).until(() -> this.observer.count("default", TaskState.SUCCEEDED) == 200);
        assertThat(node.started).hasSize(200).doesNotHaveDuplicates();
        assertThat(node.lost).hasValue(0);
        assertThat(tasks).extracting(this.observer::find).allSatisfy(task -> {
            assertThat(task.recoveries()).isZero();
            assertThat(task.retriesUsed()).isZero();
        });
    }

    @Test
    void guarantee7_answersSlowerThanTheRecoveryTimeLoseNothingAndTheNodeResumes() {
        FaultyDataSource slow = new FaultyDataSource(this.database.dataSource());
        TestNode node = node(store(slow, slow));
        AtomicInteger runs = new AtomicInteger();
        node.handle("task", call -> runs.incrementAndGet()).start();
        TaskId first = this.observer.enqueue("task", "default");
        await().atMost(PATIENCE).until(() -> this.observer.state(first) == TaskState.SUCCEEDED);
        TestNode other = node(this.observer);
        other.handle("task", call -> runs.incrementAndGet()).start();
        await().atMost(PATIENCE).until(() -> this.observer.real().workers().size() == 2);
        long before = node.registry.workerId().orElseThrow();

        slow.fault = (connection, step) -> {
            Object result = step.run();
            LockSupport.parkNanos(RECOVERY.after().multipliedBy(2).toNanos());
            return result;
        };
        for (int i = 0; i < 50; i++) {
            this.observer.enqueue("task", "default");
        }
        await().atMost(PATIENCE)
                .until(() -> this.observer.real().workers().stream()
                        .anyMatch(worker -> worker.id() == before && !worker.alive()));
        slow.fault = (connection, step) -> step.run();

        await().atMost(PATIENCE).until(() -> this.observer.count("default", TaskState.SUCCEEDED) == 51);
        other.close();
        TaskId last = this.observer.enqueue("task", "default");
        await().atMost(PATIENCE).until(() -> this.observer.state(last) == TaskState.SUCCEEDED);
        assertThat(node.registry.workerId()).isPresent().isNotEqualTo(OptionalLong.of(before));
    }

    @Test
    void guarantee7_aFullDiskIsWaitedForAndWhatEndedMeanwhileIsWritten(CapturedOutput output) {
        FaultyDataSource disk = new FaultyDataSource(this.database.dataSource());
        TestNode node = node(store(disk, this.database.dataSource()), RecoverySettings.DEFAULT);
        CountDownLatch end = new CountDownLatch(1);
        node.handle("task", call -> {
            end.await();
            return null;
        });
        for (int i = 0; i < 20; i++) {
            this.observer.enqueue("task", "default", 0, "t" + i);
        }
        node.start();
        await().atMost(PATIENCE).until(() -> node.started.size() == 10);

        AtomicInteger refused = new AtomicInteger();
        disk.fault = (connection, step) -> {
            refused.incrementAndGet();
            throw noSpace();
        };
        end.countDown();
        await().atMost(PATIENCE).until(() -> refused.get() > 4);
        assertThat(this.observer.count("default", TaskState.RUNNING)).isEqualTo(10);
        assertThat(node.registry.health().storeFailures().values()).anyMatch(text -> text.contains("No space left"));
        assertThat(node.registry.health().isUp()).isTrue();
        disk.fault = (connection, step) -> step.run();

        await().atMost(PATIENCE).until(() -> this.observer.count("default", TaskState.SUCCEEDED) == 20);
        assertThat(node.started).hasSize(20).doesNotHaveDuplicates();
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN") && line.contains("io.tasklane")))
                .singleElement()
                .asString()
                .contains("The task store answers with an error", "No space left on device");
    }

    // After the first four by chance, as the statements of different loops would fall into step with a number.
    private static boolean isUnlucky(AtomicInteger kills) {
        return kills.get() < 4 || ThreadLocalRandom.current().nextInt(3) == 0;
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ex) {
            // What the test waits for.
        }
    }

    private SQLException noSpace() {
        return this.product == TestDatabaseProduct.POSTGRESQL
                ? new SQLException("could not extend file \"base/5/1249\": No space left on device", "53100")
                : new SQLException(
                        "Got error 28 \"No space left on device\" from storage engine InnoDB", "HY000", 1030);
    }

    private void kill(Connection connection) throws SQLException {
        boolean postgresql = this.product == TestDatabaseProduct.POSTGRESQL;
        long session;
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(postgresql ? "select pg_backend_pid()" : "select connection_id()")) {
            rows.next();
            session = rows.getLong(1);
        }
        new JdbcTemplate(this.database.dataSource())
                .execute(postgresql ? "select pg_terminate_backend(" + session + ")" : "kill " + session);
    }

    private List<Long> workers() {
        return this.observer.real().workers().stream()
                .filter(StoredWorker::alive)
                .map(StoredWorker::id)
                .toList();
    }

    private void awaitLife(Duration duration) {
        await().atMost(PATIENCE)
                .until(() -> this.observer.real().workers().stream()
                        .allMatch(worker -> Duration.between(worker.startedAt(), worker.heartbeatAt())
                                        .compareTo(duration)
                                > 0));
    }

    /** A store whose connections all go through the gate. */
    private TestStore throughTheGate() {
        return store(
                pool(this.gate.url()),
                new DriverManagerDataSource(this.gate.url(), this.database.username(), this.database.password()));
    }

    private HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(this.database.username());
        config.setPassword(this.database.password());
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(1_000);
        HikariDataSource pool = new HikariDataSource(config);
        this.opened.add(pool);
        return pool;
    }

    private TestStore store(DataSource pool, DataSource unpooled) {
        JdbcTaskStore store = new JdbcTaskStore(pool, JdbcStoreSettings.DEFAULT.withUnpooled(unpooled));
        this.opened.add(store);
        return new TestStore(store);
    }

    private TestNode node(TestStore store) {
        return node(store, RECOVERY);
    }

    private TestNode node(TestStore store, RecoverySettings recovery) {
        TestNode node = new TestNode(
                store,
                TestNode.settings(recovery)
                        .withNode(TestNode.settings(recovery).node().withDrainTimeout(Duration.ofMillis(200))),
                10);
        this.opened.add(node);
        return node;
    }
}
