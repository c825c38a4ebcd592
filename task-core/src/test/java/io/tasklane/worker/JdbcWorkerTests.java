package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.Completion;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.TaskTimeoutException;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.observation.TaskExecutionOutcome;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskKey;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import io.tasklane.worker.NotificationHealth.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Nodes on a real database. */
@Timeout(120)
abstract class JdbcWorkerTests {

    private final TestDatabaseProduct product;

    private final List<JdbcTaskStore> stores = new ArrayList<>();

    private TestDatabase database;

    private TestStore store;

    JdbcWorkerTests(TestDatabaseProduct product) {
        this.product = product;
    }

    @BeforeEach
    void createDatabase() {
        this.database = TestDatabase.create(this.product);
        TestTables.create(this.database.dataSource());
        this.store = open(this.database.dataSource());
    }

    @AfterEach
    void dropDatabase() {
        this.stores.forEach(JdbcTaskStore::close);
        this.database.close();
    }

    @Test
    void c2_r28_twoNodesRunEachOfAThousandTasksOnce() {
        Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        CountDownLatch nodes = new CountDownLatch(2);
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(new NewTask(this.store.real().newId(), "task", "default", 0, 3, "t" + i, Map.of(), null, null));
        }
        this.store.real().insert(tasks, committed -> {});
        TestStore second = open(this.database.dataSource());
        try (TestNode one = counting(this.store, runs, nodes);
                TestNode two = counting(second, runs, nodes)) {
            one.start();
            two.start();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> this.store.count("default", TaskState.SUCCEEDED) == 1_000);
            assertThat(one.started).isNotEmpty();
            assertThat(two.started).isNotEmpty();
        }
        assertThat(runs)
                .hasSize(1_000)
                .allSatisfy((text, count) -> assertThat(count).hasValue(1));
    }

    @Test
    void n4_twoNodesRunTheTasksOfAKeyOneAtATimeInOrderThoughTheyFailInBetween() {
        Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        Map<String, List<String>> ended = new ConcurrentHashMap<>();
        List<String> overlaps = new CopyOnWriteArrayList<>();
        TestStore second = open(this.database.dataSource());
        try (TestNode one = stepping(this.store, running, ended, overlaps);
                TestNode two = stepping(second, running, ended, overlaps)) {
            one.start();
            two.start();
            for (int i = 0; i < 10; i++) {
                List<NewTask> tasks = new ArrayList<>();
                for (int key = 0; key < 10; key++) {
                    tasks.add(new NewTask(
                            this.store.real().newId(),
                            "step",
                            "default",
                            0,
                            3,
                            key + ":" + i,
                            1,
                            Map.of(),
                            null,
                            null,
                            new TaskKey("key-" + key, 1, TaskKey.Hold.UNTIL_ENDED)));
                }
                this.store.real().insert(tasks, one.registry::committed);
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 100);
        }
        assertThat(overlaps).isEmpty();
        assertThat(ended)
                .hasSize(10)
                .allSatisfy((key, steps) ->
                        assertThat(steps).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    }

    @Test
    void n8_tasksOfAFairKeyThatIsAloneFollowWhatIsClaimedWithoutAPoll() {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tasks.add(new NewTask(
                    this.store.real().newId(),
                    "task",
                    "default",
                    0,
                    3,
                    "",
                    1,
                    Map.of(),
                    null,
                    null,
                    new TaskKey("tenant", 8, TaskKey.Hold.UNTIL_CLAIMED)));
        }
        this.store.real().insert(tasks, committed -> {});
        try (TestNode node = new TestNode(this.store, TestNode.settings().withPollInterval(Duration.ofHours(1)))) {
            node.handle("task", call -> null).start();
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 50);
        }
    }

    private static TestNode stepping(
            TestStore store,
            Map<String, AtomicInteger> running,
            Map<String, List<String>> ended,
            List<String> overlaps) {
        TestNode node = new TestNode(store, TestNode.settings());
        return node.handle("step", call -> {
            String[] step = String.valueOf(call.arguments()[0]).split(":");
            AtomicInteger count = running.computeIfAbsent(step[0], key -> new AtomicInteger());
            if (count.incrementAndGet() > 1) {
                overlaps.add(step[0]);
            }
            try {
                if (step[1].equals("3") && TaskContext.current().attempt() == 1) {
                    throw new IllegalStateException("the others wait for its retry");
                }
                ended.computeIfAbsent(step[0], key -> new CopyOnWriteArrayList<>())
                        .add(step[1]);
                return null;
            } finally {
                count.decrementAndGet();
            }
        });
    }

    @Test
    void r6_d9_r24_a10_tasksRunInOrderFailAndAreLeftForOthers() {
        TaskId low = this.store.enqueue("task", "default", -5, "low");
        TaskId high = this.store.enqueue("task", "default", 5, "high");
        TaskId failing = this.store.enqueue("failing", "default", 0, "failing", 1, null);
        TaskId unknown = this.store.enqueue("unknown", "default", 9, "unknown");
        TaskId unreadable = this.store.enqueue("task", "default", 0, "unreadable");
        try (TestNode node = new TestNode(this.store, TestNode.settings(), 1)) {
            node.handle("task", call -> null).handle("failing", call -> {
                throw new IllegalStateException("no luck");
            });
            node.start();
            awaitState(low, TaskState.SUCCEEDED);
            awaitState(high, TaskState.SUCCEEDED);
            awaitState(failing, TaskState.FAILED);
            awaitState(unreadable, TaskState.SCHEDULED);
            awaitState(unknown, TaskState.QUEUED);
            assertThat(node.started).startsWith("high").contains("low");
            assertThat(this.store.real().attempts(failing)).hasSize(2);
        }
        assertThat(this.store.find(unknown).recoveries()).isZero();
    }

    @Test
    void decision3_aWorkerDeclaredDeadStopsItsTasksAndJoinsAnew() {
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = new TestNode(this.store, TestNode.settings())) {
            node.handle("task", call -> {
                        if (TaskContext.current().recoveries() == 0) {
                            new CountDownLatch(1).await();
                        }
                        return null;
                    })
                    .start();
            await().until(() -> node.started.size() == 1);
            await().until(() ->
                    this.store.real().recover(Duration.ofNanos(1_000), 3).putBack() == 1);
            awaitState(task, TaskState.SUCCEEDED);
            assertThat(this.store.find(task).recoveries()).isEqualTo(1);
            assertThat(this.store.find(task).retriesUsed()).isZero();
        }
    }

    @Test
    void c10_decision8_aTaskPastTheDrainTimeoutIsPutBackUncounted() {
        TaskId task = this.store.enqueue("task", "default");
        WorkerSettings settings =
                TestNode.settings().withNode(TestNode.settings().node().withDrainTimeout(Duration.ofMillis(50)));
        try (TestNode node = new TestNode(this.store, settings)) {
            node.handle("task", call -> {
                        new CountDownLatch(1).await();
                        return null;
                    })
                    .start();
            await().until(() -> node.started.size() == 1);
        }
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        assertThat(this.store.find(task).recoveries()).isZero();
        assertThat(this.store.find(task).retriesUsed()).isZero();
    }

    @Test
    void x29_aRunningTaskThatIsCancelledIsInterruptedAndEndsCancelled() {
        TaskId task = this.store.enqueue("task", "default");
        TaskId other = this.store.enqueue("task", "default");
        CountDownLatch gate = new CountDownLatch(1);
        try (TestNode node = new TestNode(this.store, TestNode.settings());
                TaskNotifier nobody = new TaskNotifier(new StubNotifications())) {
            node.handle("task", call -> {
                        gate.await();
                        return null;
                    })
                    .start();
            await().until(() -> node.started.size() == 2);
            assertThat(this.store.real().cancel(task, nobody)).isTrue();
            awaitState(task, TaskState.CANCELLED);
            gate.countDown();
            awaitState(other, TaskState.SUCCEEDED);
            assertThat(this.store.real().retry(task, nobody)).isTrue();
            awaitState(task, TaskState.SUCCEEDED);
        }
    }

    @Test
    void n2_n3_whatABodyWritesAndEnqueuesExistsOnceAndOnlyIfItCommits() {
        JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
        jdbc.execute("create table business (task_text varchar(20) not null)");
        this.store.queue("children");
        try (TestNode node = new TestNode(this.store, TestNode.settings())) {
            node.transactions = new DataSourceTransactionManager(this.database.dataSource());
            node.handle(TestNode.definition("task", Completion.IN_TRANSACTION), call -> {
                        jdbc.update("insert into business (task_text) values (?)", call.arguments()[0]);
                        for (int i = 0; i < 3; i++) {
                            this.store.enqueue("child", "children", node.registry);
                        }
                        if (TaskContext.current().attempt() == 1) {
                            throw new IOException("after all of that");
                        }
                        return null;
                    })
                    .handle("child", call -> null)
                    .start();
            List<TaskId> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                tasks.add(this.store.enqueue("task", "default", 0, "t" + i, node.registry));
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> this.store.count("default", TaskState.SUCCEEDED) == 20
                            && this.store.count("children", TaskState.SUCCEEDED) == 60);
            assertThat(jdbc.queryForList("select task_text from business", String.class))
                    .hasSize(20)
                    .doesNotHaveDuplicates();
            assertThat(tasks).extracting(this.store::find).allSatisfy(task -> {
                assertThat(task.retriesUsed()).isEqualTo(1);
                assertThat(task.finishedAt()).isAfterOrEqualTo(task.startedAt());
            });
            assertThat(node.lost).hasValue(0);
        }
    }

    @Test
    void n2_rank7_whatABodyWroteBeforeItsTimeoutIsRolledBackWhetherItStopsOrGoesOn() {
        JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
        jdbc.execute("create table business (task_text varchar(20) not null)");
        this.store.queue("children");
        AtomicBoolean freed = new AtomicBoolean();
        try (TestNode node = new TestNode(this.store, TestNode.settings())) {
            node.transactions = new DataSourceTransactionManager(this.database.dataSource());
            node.handle(
                            TestNode.definition(
                                    "task", RetryableFailures.ALL, Completion.IN_TRANSACTION, Duration.ofSeconds(1)),
                            call -> {
                                int attempt = TaskContext.current().attempt();
                                jdbc.update("insert into business (task_text) values (?)", "attempt " + attempt);
                                this.store.enqueue("child", "children");
                                if (attempt == 1) {
                                    new CountDownLatch(1).await();
                                }
                                while (attempt == 2 && !freed.get()) {
                                    Thread.onSpinWait();
                                }
                                return null;
                            })
                    .start();
            TaskId task = this.store.enqueue("task", "default", node.registry);
            awaitState(task, TaskState.SUCCEEDED);
            assertThat(node.registry.health().stuckTasks())
                    .as("the second one holds its transaction open")
                    .hasSize(1);
            freed.set(true);
            await().until(() -> node.registry.health().stuckTasks().isEmpty());
            assertThat(jdbc.queryForList("select task_text from business", String.class))
                    .containsExactly("attempt 3");
            assertThat(this.store.count("children", TaskState.QUEUED)).isEqualTo(1);
            assertThat(this.store.real().attempts(task))
                    .extracting(attempt -> attempt.error().type())
                    .containsExactly(TaskTimeoutException.class.getName(), TaskTimeoutException.class.getName());
            assertThat(this.store.find(task).retriesUsed()).isEqualTo(2);
            assertThat(node.outcomes)
                    .containsExactlyInAnyOrder(
                            TaskExecutionOutcome.RETRIED, TaskExecutionOutcome.RETRIED, TaskExecutionOutcome.SUCCEEDED);
        }
    }

    @Test
    void r27_aTaskPastItsTimeoutFailsAndWhatItStillDoesIsRefused() {
        TaskId task = this.store.enqueue("task", "default", 0, "task", 0, null);
        AtomicBoolean freed = new AtomicBoolean();
        try (TestNode node = new TestNode(this.store, TestNode.settings(), 1)) {
            node.handle(
                            TestNode.definition(
                                    "task", RetryableFailures.ALL, Completion.AFTER_RUN, Duration.ofMillis(100)),
                            call -> {
                                while (!freed.get()) {
                                    Thread.onSpinWait();
                                }
                                return null;
                            })
                    .start();
            awaitState(task, TaskState.FAILED);
            assertThat(this.store.find(task).error().type()).isEqualTo(TaskTimeoutException.class.getName());
            assertThat(this.store.find(task).error().stack()).contains("JdbcWorkerTests");
            freed.set(true);
            await().until(() -> node.registry.health().stuckTasks().isEmpty());
            assertThat(this.store.state(task)).isEqualTo(TaskState.FAILED);
            assertThat(this.store.real().attempts(task)).hasSize(1);
        }
    }

    @Test
    void decision9_anIdleNodeSendsAtMostTwoStatementsASecond() {
        StatementCounter counter = new StatementCounter(this.database.dataSource());
        for (int i = 0; i < 20; i++) {
            this.store.queue("queue" + i);
        }
        this.store.real().patch("queue7", settings -> settings.with(QueueSetting.RATE_LIMIT, 10));
        JdbcTaskStore real = new JdbcTaskStore(counter, JdbcStoreSettings.DEFAULT.withUnpooled(counter));
        this.stores.add(real);
        TestStore counted = new TestStore(real);
        try (TaskNotifier notifier = new TaskNotifier(real);
                TestNode node = new TestNode(counted, WorkerSettings.DEFAULT, notifier)) {
            node.handle("task", call -> null).start();
            // From here on it looks for dead workers too.
            await().atMost(Duration.ofSeconds(30)).until(() -> counted.calls("recover") >= 1);
            boolean listens = this.product == TestDatabaseProduct.POSTGRESQL;
            assertThat(node.registry.health().notifications().state())
                    .isEqualTo(listens ? State.ALIVE : State.UNAVAILABLE);
            int before = counter.total();
            int probes = counted.calls("probe");
            long start = System.nanoTime();
            await().atMost(Duration.ofSeconds(60)).until(() -> counted.calls("probe") >= probes + 10);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat((counter.total() - before - 1) / seconds)
                    .as(() -> counter.counts().toString())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void rank4_rank9_oneOfThreeNodesDeletesOldTasksInBatchesAndAnotherGoesOnWhenItDies() {
        TaskId queued = this.store.enqueue("other", "default");
        TaskId scheduled = this.store.enqueue("task", "default", 0, "later", 3, Duration.ofDays(1));
        TaskId finished = this.store.enqueue("task", "default");
        old(1, 25_000);
        List<TestStore> stores = List.of(open(), open(), open());
        stores.forEach(each -> each.interference = (method, arguments) -> {
            if (method.equals("prune")) {
                assertThat((int) arguments[1]).isEqualTo(1_000);
            }
        });
        // Not dead after a pause of half a second: another one would go on with it.
        RecoverySettings recovery =
                new RecoverySettings(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(100), 3);
        WorkerSettings settings = TestNode.settings(recovery)
                .withNode(TestNode.settings(recovery)
                        .node()
                        .withRetention(new RetentionSettings(
                                Map.of(TaskState.SUCCEEDED, Duration.ofDays(1)), null, Duration.ofMillis(100), 1_000)));
        List<TestNode> nodes = stores.stream()
                .map(each -> new TestNode(each, settings).handle("task", call -> null))
                .toList();
        try {
            nodes.forEach(TestNode::start);
            await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 1);
            List<TestStore> pruning =
                    stores.stream().filter(each -> each.calls("prune") > 0).toList();
            assertThat(pruning).hasSize(1);
            assertThat(pruning.get(0).calls("prune")).isGreaterThanOrEqualTo(25);
            assertThat(this.store.state(finished)).isEqualTo(TaskState.SUCCEEDED);
            assertThat(this.store.state(queued)).isEqualTo(TaskState.QUEUED);
            assertThat(this.store.state(scheduled)).isEqualTo(TaskState.SCHEDULED);

            pruning.get(0).interference = (method, arguments) -> {
                throw new TransientDataAccessResourceException("cut off");
            };
            old(25_001, 25_010);
            await().atMost(recovery.maintenanceLease().multipliedBy(5))
                    .until(() -> this.store.count("default", TaskState.SUCCEEDED) == 1);
        } finally {
            nodes.forEach(TestNode::close);
        }
    }

    /** Tasks that have succeeded two days ago, by id: negative, which no other task has. */
    private void old(int first, int last) {
        JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
        List<Object[]> tasks = IntStream.rangeClosed(first, last)
                .mapToObj(i -> new Object[] {-i})
                .toList();
        String time = this.product == TestDatabaseProduct.MARIADB
                ? "utc_timestamp(6) - interval 2 day"
                : "current_timestamp - interval '2' day";
        new TransactionTemplate(new DataSourceTransactionManager(this.database.dataSource()))
                .executeWithoutResult(status -> {
                    jdbc.batchUpdate(
                            "insert into tasklane_task (id, queue_id, kind_id, priority, retries, created_at, payload)"
                                    + " values (?, 1, 1, 0, 3, " + time + ", '{}')",
                            tasks);
                    jdbc.batchUpdate(
                            "insert into tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries,"
                                    + " finished_at) values (?, 1, 1, 1, 0, 0, " + time + ")",
                            tasks);
                });
    }

    private TestStore open() {
        return open(this.database.dataSource());
    }

    @Test
    void a14_aThousandTasksAreInsertedInOneBatch() {
        StatementCounter counter = new StatementCounter(this.database.dataSource());
        TestStore counted = open(counter);
        counted.real().intern(List.of("task"));
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(new NewTask(counted.real().newId(), "task", "default", 0, 3, "t" + i, Map.of(), null, null));
        }
        int before = counter.total();
        counted.real().insert(tasks, committed -> {});
        assertThat(counter.total() - before)
                .as(() -> counter.counts().toString())
                .isLessThanOrEqualTo(4);
        assertThat(this.store.count("default", TaskState.QUEUED)).isEqualTo(1_000);
    }

    @Test
    void a5_aQueueWithoutARateLimitCostsNoStatementMoreThanBefore() {
        StatementCounter counter = new StatementCounter(this.database.dataSource());
        TestStore counted = open(counter);
        try (TestNode node = new TestNode(counted, TestNode.settings())) {
            node.handle("task", call -> null).start();
            for (int i = 0; i < 100; i++) {
                this.store.enqueue("task", "default", node.registry);
            }
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 100);
            assertThat(counter.counts().keySet()).noneMatch(sql -> sql.contains("tasklane_bucket"));

            // Its container asks once when it starts.
            this.store.real().declare(QueueSpec.named("limited").rateLimit(1_000_000, Duration.ofSeconds(1)));
            this.store.enqueue("task", "limited", node.registry);
            await().until(() -> this.store.count("limited", TaskState.SUCCEEDED) == 1);
            assertThat(counter.counts().keySet()).anyMatch(sql -> sql.contains("tasklane_bucket"));
        }
    }

    private TestNode counting(TestStore on, Map<String, AtomicInteger> runs, CountDownLatch nodes) {
        AtomicBoolean first = new AtomicBoolean(true);
        return new TestNode(on, TestNode.settings()).handle("task", call -> {
            // Otherwise the first node may be through before the second has begun.
            if (first.getAndSet(false)) {
                nodes.countDown();
            }
            nodes.await();
            runs.computeIfAbsent(String.valueOf(call.arguments()[0]), text -> new AtomicInteger())
                    .incrementAndGet();
            return null;
        });
    }

    private TestStore open(DataSource dataSource) {
        JdbcTaskStore opened = new JdbcTaskStore(dataSource, JdbcStoreSettings.DEFAULT);
        this.stores.add(opened);
        return new TestStore(opened);
    }

    private void awaitState(TaskId task, TaskState state) {
        await().until(() -> this.store.state(task) == state);
    }
}
