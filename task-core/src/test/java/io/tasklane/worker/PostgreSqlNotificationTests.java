package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.QueueSetting;
import io.tasklane.TaskId;
import io.tasklane.TaskQueues;
import io.tasklane.TaskState;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.queue.TestQueues;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskNotice;
import io.tasklane.store.TaskNotifications.Listening;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.store.schema.SchemaMigrator;
import io.tasklane.store.schema.SchemaMode;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.test.TestDatabase;
import io.tasklane.worker.NotificationHealth.State;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Nodes that tell each other of tasks by LISTEN and NOTIFY. They poll so seldom that polling explains nothing. */
@Timeout(120)
class PostgreSqlNotificationTests {

    private static final Duration SELDOM = Duration.ofSeconds(60);

    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final List<AutoCloseable> opened = new ArrayList<>();

    private TestDatabase database;

    private JdbcTemplate sql;

    @BeforeEach
    void createDatabase() {
        this.database = TestDatabase.postgresql();
        this.sql = new JdbcTemplate(this.database.dataSource());
        migrate(this.database.dataSource(), TablePrefix.DEFAULT);
    }

    @AfterEach
    void dropDatabase() throws Exception {
        Collections.reverse(this.opened);
        for (AutoCloseable each : this.opened) {
            each.close();
        }
        this.database.close();
    }

    @Test
    void c18_aTaskThatAnotherNodeOnlyProducesRunsAtOnce() {
        Node worker = worker("default");
        Node producer = producer();

        TaskId task = producer.enqueue("default", null);

        worker.awaitSuccess(task, AT_ONCE);
    }

    @Test
    void c18_aTaskOfAnotherJvmRunsAtOnce() throws Exception {
        Node worker = worker("default");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProducerProgram.class.getName(),
                        this.database.url(),
                        this.database.username(),
                        this.database.password())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            await().until(() -> "READY".equals(output.readLine()));
            program.getOutputStream().write('\n');
            program.getOutputStream().flush();
            await().atMost(AT_ONCE).until(() -> worker.node.started.size() == 1);
            assertThat(output.readLine()).startsWith("COMMITTED");
        } finally {
            program.destroy();
        }
    }

    @Test
    void c18_withoutNotificationsATaskRunsByTheNextPoll() {
        TestStore store = new TestStore(store(this.database.dataSource(), TablePrefix.DEFAULT));
        TestNode node = new TestNode(store, TestNode.settings());
        start(node);
        await().until(() -> store.calls("probe") > 0);

        TaskId task = store.enqueue("task", "default");

        await().until(() -> store.state(task) == TaskState.SUCCEEDED);
        assertThat(node.registry.health().notifications()).isEqualTo(NotificationHealth.OFF);
    }

    @Test
    void latencyFromCommitToStartOnAnotherNodeIsAFewMilliseconds() throws Exception {
        Node worker = worker("default");
        BlockingQueue<Long> starts = new LinkedBlockingQueue<>();
        worker.node.handle("timed", call -> {
            starts.add(System.nanoTime());
            return null;
        });
        Node producer = producer();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            // Longer than what makes one notice of several tasks.
            await().pollDelay(Duration.ofMillis(15)).until(() -> true);
            AtomicLong committed = new AtomicLong();
            producer.store.enqueue("timed", "default", tasks -> committed.set(System.nanoTime()), producer.notifier);
            Long started = starts.poll(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
            millis.add((started - committed.get()) / 1e6);
        }
        Collections.sort(millis);
        assertThat(millis.get(25)).as(millis.toString()).isLessThan(20);
    }

    @Test
    void aDelayedTaskOfANodeThatOnlyProducesRunsWhenItIsDue() {
        Node worker = worker("default");
        Node producer = producer();

        TaskId last = producer.enqueue("default", Duration.ofMillis(1_200));
        TaskId first = producer.enqueue("default", Duration.ofMillis(300));

        worker.awaitSuccess(first, AT_ONCE);
        worker.awaitSuccess(last, Duration.ofSeconds(4));
    }

    @Test
    void aTaskForATimeOfANodeThatOnlyProducesRunsWhenItIsDue() {
        Node worker = worker("default");
        Node producer = producer();
        Instant now = this.sql
                .queryForObject("select statement_timestamp()", java.sql.Timestamp.class)
                .toInstant();

        List<TaskId> tasks = List.of(
                producer.enqueueAt("default", now.plusMillis(500)),
                producer.enqueueAt("default", now.plusMillis(2_500)),
                producer.enqueueAt("default", now.plusMillis(4_500)));

        tasks.forEach(task -> worker.awaitSuccess(task, Duration.ofSeconds(6)));
    }

    @Test
    void dueTasksOfAQueueThatOnlyAnotherNodeConsumesAreToldOfByTheOneThatFindsThem() {
        Node worker = worker("other");
        worker.store.queue("busy");
        Node finder = node(TestNode.settings().withQueues("busy").withPollInterval(Duration.ofSeconds(1)));
        finder.awaitAlive();

        TaskId task = finder.store.enqueue("task", "other", 0, "task", 3, Duration.ofMillis(1_500));

        worker.awaitSuccess(task, Duration.ofSeconds(10));
    }

    @Test
    void a31_aTaskThatIsCancelledOnAnotherNodeIsInterruptedAtOnce() {
        RecoverySettings recovery = new RecoverySettings(SELDOM, SELDOM.multipliedBy(3), SELDOM, 3);
        Node worker = node(TestNode.settings(recovery).withQueues("default").withPollInterval(SELDOM));
        worker.awaitAlive();
        TaskId task = worker.store.enqueue("blocking", "default", worker.node.registry);
        await().until(() -> worker.node.started.contains("blocking"));
        Node producer = producer();

        assertThat(producer.store.real().cancel(task, producer.notifier)).isTrue();

        await().atMost(AT_ONCE).until(() -> worker.store.state(task) == TaskState.CANCELLED);
        producer.store.real().retry(task, producer.notifier);
        await().atMost(AT_ONCE).until(() -> worker.node.started.size() == 2);
    }

    @Test
    void whatALeavingNodePutsBackIsTakenAtOnce() {
        Node leaving = worker("default");
        TaskId task = leaving.store.enqueue("blocking", "default", leaving.node.registry);
        await().until(() -> leaving.node.started.contains("blocking"));
        Node staying = worker("default");

        leaving.node.close();

        await().atMost(AT_ONCE).until(() -> staying.node.started.contains("blocking"));
        assertThat(staying.store.find(task).recoveries()).isZero();
    }

    @Test
    void nothingIsToldOfARolledBackTask() {
        JdbcTaskStore listener = store(this.database.dataSource(), TablePrefix.DEFAULT);
        Node producer = producer();
        producer.store.queue("kept");
        TransactionTemplate transaction =
                new TransactionTemplate(new DataSourceTransactionManager(this.database.dataSource()));
        try (Listening listening = listener.listen()) {
            transaction.executeWithoutResult(status -> {
                producer.enqueue("default", null);
                status.setRollbackOnly();
            });
            transaction.executeWithoutResult(status -> producer.enqueue("kept", null));

            assertThat(hear(listening)).containsExactly(Set.of("kept"));
        }
    }

    @Test
    void otherPrefixesAndSchemasInTheSameDatabaseAreNotWoken() {
        this.sql.execute("create schema elsewhere");
        DriverManagerDataSource elsewhere = unpooled();
        elsewhere.setSchema("elsewhere");
        migrate(elsewhere, TablePrefix.DEFAULT);
        migrate(this.database.dataSource(), "billing_");
        JdbcTaskStore listener = store(this.database.dataSource(), TablePrefix.DEFAULT);
        try (Listening listening = listener.listen()) {
            store(this.database.dataSource(), "billing_").send(notice("prefix"));
            keep(new JdbcTaskStore(elsewhere, JdbcStoreSettings.DEFAULT.withUnpooled(elsewhere)))
                    .send(notice("schema"));
            store(this.database.dataSource(), TablePrefix.DEFAULT).send(notice("ours"));

            assertThat(hear(listening)).containsExactly(Set.of("ours"));
        }
    }

    @Test
    void aBrokenConnectionIsReplacedAndWhatWasMissedIsLookedFor() {
        Node worker = worker("default");
        TaskId missed = worker.store.enqueue("task", "default");

        assertThat(this.sql.queryForList(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where datname = current_database() and query like 'LISTEN%'",
                        Boolean.class))
                .containsExactly(true);

        worker.awaitSuccess(missed, Duration.ofSeconds(5));
        worker.awaitAlive();
        worker.awaitSuccess(producer().enqueue("default", null), AT_ONCE);
    }

    @Test
    void manyTasksAreOneNotificationInTenMilliseconds() {
        StatementCounter beside = new StatementCounter(unpooled());
        Node producer = producer(beside);
        long start = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            producer.enqueue("default", null);
        }
        long windows = (System.nanoTime() - start) / 10_000_000;
        await().until(() -> beside.total() > 0);
        assertThat((long) beside.total()).isBetween(1L, windows + 2).isLessThan(500);
    }

    @Test
    void decision6_aNodeThatOnlyProducesOpensOneConnectionAndNoneBeforeItsFirstTask() {
        AtomicInteger connections = new AtomicInteger();
        JdbcTaskStore listener = store(this.database.dataSource(), TablePrefix.DEFAULT);
        Node producer = producer(new DelegatingDataSource(unpooled()) {
            @Override
            public Connection getConnection() throws SQLException {
                connections.incrementAndGet();
                return super.getConnection();
            }
        });
        assertThat(connections).hasValue(0);
        try (Listening listening = listener.listen()) {
            producer.enqueue("default", null);
            assertThat(hear(listening)).containsExactly(Set.of("default"));
            producer.enqueue("default", null);
            assertThat(hear(listening)).containsExactly(Set.of("default"));
        }
        assertThat(connections).hasValue(1);
    }

    @Test
    void noTransactionWaitsForANotification() {
        CountDownLatch stuck = new CountDownLatch(1);
        Node producer = producer(new DelegatingDataSource(unpooled()) {
            @Override
            public Connection getConnection() throws SQLException {
                try {
                    stuck.await();
                } catch (InterruptedException ex) {
                    throw new SQLException(ex);
                }
                return super.getConnection();
            }
        });

        TaskId task = producer.enqueue("default", null);

        assertThat(producer.store.state(task)).isEqualTo(TaskState.QUEUED);
        stuck.countDown();
    }

    @Test
    void c4_changesOfQueuesAreKnownToOtherNodesAtOnce() {
        Node worker = worker("default", "email");
        Node producer = producer();
        TaskQueues elsewhere = TestQueues.of(
                producer.store.real(),
                new QueueRegistry(producer.store::real, TaskDefaults.DEFAULT),
                producer.notifier);

        elsewhere.patch("email", settings -> settings.with(QueueSetting.CONCURRENCY, 3));
        await().atMost(AT_ONCE)
                .until(() -> worker.node.queues.concurrency("email").max() == 3);
        elsewhere.pause("email");
        await().atMost(AT_ONCE)
                .until(() -> worker.node.queues.find("email").orElseThrow().isPaused());
        TaskId task = producer.enqueue("email", null);
        elsewhere.resume("email");
        worker.awaitSuccess(task, AT_ONCE);
        elsewhere.delete("email");
        await().atMost(AT_ONCE)
                .until(() -> worker.node.registry.containers().stream()
                        .noneMatch(info ->
                                info.queues().contains("email") && info.state() == WorkerContainerInfo.State.RUNNING));
    }

    private Node worker(String... queues) {
        Node worker = node(TestNode.settings().withQueues(queues).withPollInterval(SELDOM));
        worker.awaitAlive();
        // It looks around once more after it began to listen; from then on nothing but a notice makes it do so.
        AtomicInteger looks = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(1_100)).until(() -> {
            int now = worker.store.calls("exchange") + worker.store.calls("probe");
            return now > 1 && looks.getAndSet(now) == now;
        });
        return worker;
    }

    private Node node(WorkerSettings settings) {
        JdbcTaskStore real = store(this.database.dataSource(), TablePrefix.DEFAULT);
        TestStore store = new TestStore(real);
        WorkerSettings drained = settings.withNode(
                settings.node().withDrainTimeout(Duration.ofMillis(50)).withQueueRefresh(SELDOM));
        settings.queues().forEach(store::queue);
        TaskNotifier notifier = keep(new TaskNotifier(real));
        TestNode node = new TestNode(store, drained, notifier);
        start(node);
        return new Node(store, notifier, node);
    }

    private void start(TestNode node) {
        CountDownLatch never = new CountDownLatch(1);
        this.opened.add(node);
        node.handle("task", call -> null)
                .handle("blocking", call -> {
                    never.await();
                    return null;
                })
                .start();
    }

    private Node producer() {
        return producer(unpooled());
    }

    private Node producer(DataSource beside) {
        JdbcTaskStore real =
                keep(new JdbcTaskStore(this.database.dataSource(), JdbcStoreSettings.DEFAULT.withUnpooled(beside)));
        return new Node(new TestStore(real), keep(new TaskNotifier(real)), null);
    }

    private JdbcTaskStore store(DataSource pool, String prefix) {
        return keep(new JdbcTaskStore(
                pool, JdbcStoreSettings.DEFAULT.withTablePrefix(prefix).withUnpooled(unpooled())));
    }

    private <T extends AutoCloseable> T keep(T resource) {
        this.opened.add(resource);
        return resource;
    }

    private DriverManagerDataSource unpooled() {
        return new DriverManagerDataSource(this.database.url(), this.database.username(), this.database.password());
    }

    private void migrate(DataSource dataSource, String prefix) {
        new SchemaMigrator(dataSource, SchemaMode.MIGRATE, prefix, getClass().getClassLoader()).afterPropertiesSet();
    }

    private static TaskNotice notice(String queue) {
        return new TaskNotice("test", Set.of(queue), null, Set.of());
    }

    /** What is heard first, and until nothing more is. */
    private static List<Set<String>> hear(Listening listening) {
        List<TaskNotice> heard = new ArrayList<>();
        await().until(() -> heard.addAll(listening.await(Duration.ofSeconds(1))));
        heard.addAll(listening.await(Duration.ofMillis(100)));
        return heard.stream().map(TaskNotice::queues).toList();
    }

    private record Node(
            TestStore store,
            TaskNotifier notifier,
            @Nullable TestNode node) {

        TaskId enqueue(String queue, @Nullable Duration delay) {
            return this.store.enqueue("task", queue, 0, "task", 3, delay, this.notifier);
        }

        TaskId enqueueAt(String queue, Instant time) {
            TaskId id = this.store.real().newId();
            NewTask task = new NewTask(id, "task", queue, 0, 3, "task", Map.of(), null, time);
            this.store.real().insert(List.of(task), this.notifier);
            return id;
        }

        void awaitAlive() {
            await().until(() -> this.node.registry.health().notifications().state() == State.ALIVE);
        }

        void awaitSuccess(TaskId task, Duration within) {
            await().atMost(within).until(() -> this.store.state(task) == TaskState.SUCCEEDED);
        }
    }
}
