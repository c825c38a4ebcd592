package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasklane.Completion;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.observation.TaskExecutionOutcome;
import io.tasklane.store.StoredTask;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TcpGate;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** A connection breaks between the statement of a task's own thread and the answer to it. */
@Timeout(120)
class LostReplyTests {

    private static final String CLAIMED = "INSERT INTO tasklane_running";

    private static final String FINISHED = "INSERT INTO tasklane_finished";

    private static final String EFFECT = "insert into effect (task_text) values ('done')";

    private TestDatabase database;

    private TcpGate gate;

    private HikariDataSource pool;

    private JdbcTaskStore jdbc;

    private TestStore store;

    @AfterEach
    void close() {
        this.jdbc.close();
        this.pool.close();
        this.gate.close();
        this.database.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void decision15_aBodyWhoseMarkWasWrittenWithoutAnAnswerStartsOnce(TestDatabaseProduct product) {
        open(product);
        this.gate.loseReplyTo("", "SET started = true");
        try (TestNode node = new TestNode(this.store, TestNode.settings())) {
            node.handle(TestNode.definition("task", Completion.BEFORE_RUN), call -> null)
                    .start();
            TaskId task = this.store.enqueue("task", "default", node.registry);
            await().atMost(Duration.ofSeconds(60)).until(() -> this.store.state(task) == TaskState.SUCCEEDED);
            assertThat(this.gate.isSprung()).isTrue();
            assertThat(this.store.calls("start")).isEqualTo(2);
            assertThat(node.started).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void n2_decision14_aTaskWhoseCommitHadNoAnswerIsNotRunAgain(TestDatabaseProduct product) {
        open(product);
        this.gate.loseReplyTo(EFFECT, "COMMIT");
        try (TestNode node = transactional()) {
            TaskId task = this.store.enqueue("task", "default", node.registry);
            await().atMost(Duration.ofSeconds(60)).until(() -> this.store.state(task) == TaskState.SUCCEEDED);
            await().until(() -> node.outcomes.size() == 1);
            assertThat(node.outcomes).containsExactly(TaskExecutionOutcome.SUCCEEDED);
            assertThat(this.gate.isSprung()).isTrue();
            assertThat(this.store.calls("leaseState")).isGreaterThanOrEqualTo(1);
            assertThat(node.started).hasSize(1);
            assertThat(effects()).isEqualTo(1);
            assertThat(node.lost).hasValue(0);
        }
    }

    /** The manager of Boot rolls back after a commit that failed, and throws what comes of that. */
    @ParameterizedTest
    @CsvSource({"POSTGRESQL, false", "POSTGRESQL, true", "MARIADB, false", "MARIADB, true"})
    void n2_guarantee5_aTaskWhoseCommitNeverArrivedRunsAgainWithoutARetry(
            TestDatabaseProduct product, boolean managerOfBoot) {
        open(product);
        this.gate.breakBefore(EFFECT, "COMMIT");
        try (TestNode node = transactional(
                managerOfBoot ? new JdbcTransactionManager(this.pool) : new DataSourceTransactionManager(this.pool))) {
            TaskId task = this.store.enqueue("task", "default", node.registry);
            await().atMost(Duration.ofSeconds(60)).until(() -> this.store.state(task) == TaskState.SUCCEEDED);
            assertThat(this.gate.isSprung()).isTrue();
            assertThat(node.started).hasSize(2);
            assertThat(effects()).isEqualTo(1);
            assertThat(this.store.find(task).retriesUsed()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void n2_decision14_aCommitInDoubtIsLookedUpOnceTheDatabaseIsBack(TestDatabaseProduct product) {
        open(product);
        this.gate.loseReplyTo(EFFECT, "COMMIT");
        AtomicInteger looks = new AtomicInteger();
        this.store.interference = (method, arguments) -> {
            if (method.equals("leaseState") && looks.getAndIncrement() == 0) {
                this.gate.shut();
            }
        };
        try (TestNode node = transactional()) {
            TaskId task = this.store.enqueue("task", "default", node.registry);
            await().atMost(Duration.ofSeconds(60)).until(() -> looks.get() >= 3);
            assertThat(node.registry.containers().get(0).running()).isEqualTo(1);
            this.gate.open();
            await().atMost(Duration.ofSeconds(60)).until(() -> node.outcomes.size() == 1);
            assertThat(this.store.state(task)).isEqualTo(TaskState.SUCCEEDED);
            awaitSucceeded(node, this.store.enqueue("task", "default", node.registry));
            assertThat(node.started).hasSize(2);
            assertThat(effects()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void guarantee5_aClaimWithoutAnAnswerIsGivenBackByTheWorkerThatLivesOn(TestDatabaseProduct product) {
        open(product);
        try (TestNode node = waiting(10)) {
            node.handle("task", call -> null).start();
            awaitSucceeded(node, this.store.enqueue("task", "default", node.registry));
            OptionalLong worker = node.registry.workerId();
            loseReplyToMove(product, CLAIMED);
            List<Long> running = watch("leases", () -> this.store.count("default", TaskState.RUNNING));
            TaskId task = this.store.enqueue("task", "default", node.registry);
            awaitSucceeded(node, task);
            assertThat(this.gate.isSprung()).isTrue();
            assertThat(running).as("the claim was committed").contains(1L);
            assertThat(node.started).hasSize(2);
            assertUndisturbed(node, worker, task);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void guarantee5_aCompletionWithoutAnAnswerStandsAndIsNotRepeated(TestDatabaseProduct product) {
        open(product);
        CountDownLatch end = new CountDownLatch(1);
        try (TestNode node = waiting(10)) {
            node.handle("task", call -> {
                        end.await();
                        return null;
                    })
                    .start();
            TaskId task = this.store.enqueue("task", "default", node.registry);
            await().until(() -> node.started.size() == 1);
            OptionalLong worker = node.registry.workerId();
            loseReplyToMove(product, FINISHED);
            List<TaskState> before = watch("exchange", () -> this.store.state(task));
            end.countDown();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> this.gate.isSprung()
                            && node.registry.containers().get(0).running() == 0);
            assertThat(before).as("the completion was committed").containsOnly(TaskState.SUCCEEDED);
            assertThat(this.store.state(task)).isEqualTo(TaskState.SUCCEEDED);
            assertThat(node.started).hasSize(1);
            assertUndisturbed(node, worker, task);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void guarantee5_anExchangeWithoutAnAnswerLosesNeitherWhatItWroteNorWhatItClaimed(TestDatabaseProduct product) {
        open(product);
        CountDownLatch end = new CountDownLatch(1);
        try (TestNode node = waiting(1)) {
            node.handle("task", call -> {
                        end.await();
                        return null;
                    })
                    .start();
            TaskId first = this.store.enqueue("task", "default");
            TaskId second = this.store.enqueue("task", "default", node.registry);
            await().until(() -> node.started.size() == 1);
            OptionalLong worker = node.registry.workerId();
            this.gate.loseReplyTo(FINISHED, "COMMIT");
            List<List<TaskState>> before =
                    watch("leases", () -> List.of(this.store.state(first), this.store.state(second)));
            end.countDown();
            awaitSucceeded(node, second);
            assertThat(this.gate.isSprung()).isTrue();
            assertThat(before).as("all of it was committed").contains(List.of(TaskState.SUCCEEDED, TaskState.RUNNING));
            assertThat(node.started).hasSize(2);
            assertUndisturbed(node, worker, first);
            assertUndisturbed(node, worker, second);
        }
    }

    /** What a node finds at each call of a method of the store, from the moment on when the gate breaks a connection. */
    private <T> List<T> watch(String watched, Supplier<T> found) {
        List<T> seen = new CopyOnWriteArrayList<>();
        this.store.interference = (method, arguments) -> {
            if (method.equals(watched) && this.gate.isSprung()) {
                seen.add(found.get());
            }
        };
        return seen;
    }

    /** On PostgreSQL a single move is a statement, and commits by itself. */
    private void loseReplyToMove(TestDatabaseProduct product, String statement) {
        if (product == TestDatabaseProduct.POSTGRESQL) {
            this.gate.loseReplyTo("", statement);
        } else {
            this.gate.loseReplyTo(statement, "COMMIT");
        }
    }

    private void assertUndisturbed(TestNode node, OptionalLong worker, TaskId task) {
        StoredTask stored = this.store.find(task);
        assertThat(stored.retriesUsed()).isZero();
        assertThat(stored.recoveries()).isZero();
        assertThat(node.lost).hasValue(0);
        assertThat(node.registry.workerId()).as("it was never taken for dead").isEqualTo(worker);
    }

    private TestNode waiting(int concurrency) {
        return new TestNode(this.store, WorkerSettings.DEFAULT, concurrency);
    }

    private void awaitSucceeded(TestNode node, TaskId task) {
        await().atMost(Duration.ofSeconds(60)).until(() -> this.store.state(task) == TaskState.SUCCEEDED);
        assertThat(node.registry.health().isUp()).isTrue();
    }

    /** A node whose task has an effect on the database. */
    private TestNode transactional() {
        return transactional(new DataSourceTransactionManager(this.pool));
    }

    private TestNode transactional(PlatformTransactionManager manager) {
        JdbcTemplate jdbc = new JdbcTemplate(this.pool);
        new JdbcTemplate(this.database.dataSource()).execute("create table effect (task_text varchar(20) not null)");
        TestNode node = new TestNode(this.store, WorkerSettings.DEFAULT);
        node.transactions = manager;
        return node.handle(TestNode.definition("task", Completion.IN_TRANSACTION), call -> jdbc.update(EFFECT))
                .start();
    }

    private long effects() {
        return new JdbcTemplate(this.database.dataSource()).queryForObject("select count(*) from effect", Long.class);
    }

    private void open(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        TestTables.create(this.database.dataSource());
        this.gate = new TcpGate(this.database.url());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(this.gate.url());
        config.setUsername(this.database.username());
        config.setPassword(this.database.password());
        config.setMaximumPoolSize(5);
        config.setConnectionTimeout(1_000);
        if (product == TestDatabaseProduct.POSTGRESQL) {
            // Otherwise a commit is sent by the name under which the connection has prepared it.
            config.addDataSourceProperty("prepareThreshold", "0");
        }
        this.pool = new HikariDataSource(config);
        this.jdbc = new JdbcTaskStore(this.pool, JdbcStoreSettings.DEFAULT);
        this.store = new TestStore(this.jdbc);
    }
}
