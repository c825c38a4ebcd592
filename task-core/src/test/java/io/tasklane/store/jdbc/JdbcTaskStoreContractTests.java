package io.tasklane.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.TaskCriteria;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.TaskTransactionException;
import io.tasklane.store.AuditStore.Entry;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskKey;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskSetChange;
import io.tasklane.store.TaskStore;
import io.tasklane.store.TaskStoreContractTests;
import io.tasklane.store.TaskStoreFixture;
import io.tasklane.store.WorkerDescription;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.test.TestTables;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ReflectionUtils;

/** The contract on one database. */
abstract class JdbcTaskStoreContractTests extends TaskStoreContractTests {

    private static final List<String> TABLES = List.of(
            "queue_source",
            "worker",
            "task",
            "ready",
            "running",
            "due",
            "blocked",
            "key_hold",
            "finished",
            "attempt",
            "bucket",
            "kind_rate",
            "kind_rate_source");

    // To create and migrate one takes longer than most tests; the second test of a class finds it emptied.
    private static @Nullable TestDatabase shared;

    private final TestDatabaseProduct product;

    private final List<JdbcTaskStore> stores = new ArrayList<>();

    protected TestDatabase database;

    JdbcTaskStoreContractTests(TestDatabaseProduct product) {
        this.product = product;
    }

    @AfterAll
    static void dropDatabase() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    @Override
    protected TaskStore createStore(InstantSource clock) {
        if (shared == null) {
            shared = TestDatabase.create(this.product);
            TestTables.create(shared.dataSource());
        }
        this.database = shared;
        JdbcClient client = JdbcClient.create(shared.dataSource());
        TABLES.forEach(table -> client.sql("delete from tasklane_" + table).update());
        client.sql("delete from tasklane_queue where name <> 'default'").update();
        client.sql("update tasklane_queue set paused = false, paused_until = null, rate_limit = null")
                .update();
        client.sql("update tasklane_maintenance set worker_id = null, held_until = null")
                .update();
        return openAnotherStore();
    }

    @Override
    protected TaskStore openAnotherStore() {
        return open(this.database.dataSource(), JdbcStoreSettings.DEFAULT.withWorkerConnections(4));
    }

    /** Opens a store that is closed after the test. */
    protected final JdbcTaskStore open(DataSource dataSource, JdbcStoreSettings settings) {
        JdbcTaskStore store = new JdbcTaskStore(dataSource, settings.withClock(this.clock));
        this.stores.add(store);
        return store;
    }

    @Override
    protected void closeStores() {
        this.stores.forEach(JdbcTaskStore::close);
        this.stores.clear();
    }

    @Override
    protected PlatformTransactionManager transactionManager() {
        return new DataSourceTransactionManager(this.database.dataSource());
    }

    @Test
    void x8_aSlowClaimGivesTheIntervalThatBeginsWithItNoTokenMore() {
        this.store.declare(QueueSpec.named("email").rateLimit(100, Duration.ofSeconds(1)));
        for (int i = 0; i < 200; i++) {
            this.fixture.task().queue("email").insert();
        }
        AtomicBoolean slow = new AtomicBoolean();
        // The clock is read before its statement is prepared.
        DataSource watched = connections((connection, method, values) -> {
            if (method.equals("prepareStatement")
                    && values[0].toString().startsWith("SELECT q.id, b.tokens")
                    && slow.compareAndSet(false, true)) {
                this.clock.advance(Duration.ofMillis(200));
            }
        });
        TaskStoreFixture node = new TaskStoreFixture(open(watched, JdbcStoreSettings.DEFAULT));
        long worker = this.fixture.join("email");

        List<LeasedTask> first = node.claimLimited(worker, 50, "email");
        assertThat(slow).isTrue();
        assertThat(first).hasSize(10);
        int claimed = first.size();
        for (int millis = 1; millis < 1_000; millis++) {
            this.clock.advance(Duration.ofMillis(1));
            claimed += node.claimLimited(worker, 50, "email").size();
        }
        assertThat(this.clock.instant()).isEqualTo(first.get(0).claimedAt().plusMillis(999));
        assertThat(claimed).isEqualTo(110);
    }

    @Test
    void n15_whoCancelsATaskThatIsReroutedAtThatMomentFindsItInItsNewQueue() {
        this.store.declare(QueueSpec.named("other"));
        TaskId due = this.fixture.task().delay(Duration.ofHours(1)).insert();
        this.fixture.task().key("k", 1).insert();
        TaskId blocked = this.fixture.task().key("k", 1).insert();
        this.store.releaseBlocked(100);
        for (TaskId id : List.of(due, blocked)) {
            TaskState state = this.store.state(id).orElseThrow();
            TaskSetChange reroute = new TaskSetChange(
                    "default", new TaskSetChange.Reroute("other"), List.of(state), TaskCriteria.ALL, null);
            AtomicBoolean rerouted = new AtomicBoolean();
            DataSource watched = connections((connection, method, values) -> {
                if (method.equals("prepareStatement")
                        && values[0].toString().contains("FOR UPDATE")
                        && rerouted.compareAndSet(false, true)) {
                    assertThat(this.store
                                    .change(
                                            reroute,
                                            new Entry("test", "reroute", "default", null, 0),
                                            null,
                                            10,
                                            this.changes)
                                    .changed())
                            .isOne();
                }
            });
            assertThat(open(watched, JdbcStoreSettings.DEFAULT).cancel(id, this.changes))
                    .isTrue();
            assertThat(rerouted).isTrue();
            assertThat(this.store.state(id)).contains(TaskState.CANCELLED);
            assertThat(JdbcClient.create(this.database.dataSource())
                            .sql("select q.name from tasklane_finished f join tasklane_queue q on q.id = f.queue_id"
                                    + " where f.task_id = " + id.value())
                            .query(String.class)
                            .single())
                    .isEqualTo("other");
        }
    }

    @Test
    void n4_aKeyThatIsStuckIsMended() {
        TaskId first = this.fixture.task().key("held", 1).insert();
        TaskId second = this.fixture.task().key("held", 1).insert();
        this.fixture.task().key("free", 1).insert();
        TaskId waiting = this.fixture.task().key("free", 1).insert();
        this.store.releaseBlocked(100);
        JdbcClient client = JdbcClient.create(this.database.dataSource());
        // As a node would that does not know of keys: the task is gone, and holds its key for ever.
        client.sql("delete from tasklane_task where id = " + first.value()).update();
        client.sql("delete from tasklane_key_hold where concurrency_key = 'free'")
                .update();
        assertThat(this.store.probe(List.of(), Set.of()).blocked()).isFalse();

        int batches = 1;
        while (!this.store.mendKeys(1)) {
            batches++;
        }
        assertThat(batches).isBetween(3, 6);
        assertThat(this.store.probe(List.of(), Set.of()).blocked()).isTrue();
        this.store.releaseBlocked(100);
        assertThat(this.store.state(second)).contains(TaskState.QUEUED);
        assertThat(this.store.state(waiting)).contains(TaskState.QUEUED);
        while (!this.store.mendKeys(100)) {
            // Until all were looked at.
        }
        assertThat(this.store.probe(List.of(), Set.of()).blocked()).isFalse();
    }

    @Test
    void n4_aTaskThatSomebodyIsAboutToCancelIsNotPassedByAndHoldsUpNoOtherKey() {
        LeasedTask running = held("k");
        TaskId next = this.fixture.task().key("k", 1).insert();
        TaskId last = this.fixture.task().key("k", 1).insert();
        this.store.releaseBlocked(100);
        TransactionTemplate transaction = new TransactionTemplate(transactionManager());
        transaction.executeWithoutResult(status -> {
            assertThat(this.store.cancel(next, this.changes)).isTrue();
            CompletableFuture.runAsync(() -> {
                        TaskId other = this.fixture.task().key("other", 1).insert();
                        this.fixture.complete(running, new TaskOutcome.Succeeded(null));
                        this.store.releaseBlocked(100);
                        assertThat(this.store.state(other)).contains(TaskState.QUEUED);
                        assertThat(this.store.state(last)).contains(TaskState.BLOCKED);
                    })
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            status.setRollbackOnly();
        });
        assertThat(this.store.probe(List.of(), Set.of()).blocked()).isTrue();
        this.store.releaseBlocked(100);
        assertThat(this.store.state(next)).contains(TaskState.QUEUED);
        assertThat(this.store.state(last)).contains(TaskState.BLOCKED);
    }

    @Test
    void n8_aClaimThatLosesARaceGivesUpNoKey() {
        TaskKey key = new TaskKey("fair", 1, TaskKey.Hold.UNTIL_CLAIMED);
        TaskId first = this.fixture.task().key(key).insert();
        TaskId second = this.fixture.task().key(key).insert();
        this.store.declare(QueueSpec.named("other"));
        this.store.releaseBlocked(100);
        AtomicBoolean lost = new AtomicBoolean();
        DataSource losing = connections((connection, method, values) -> {
            if (method.equals("commit") && lost.compareAndSet(false, true)) {
                connection.rollback();
                this.store.pause("default", null);
                throw new SQLTransactionRollbackException("deadlock", "40001");
            }
        });
        TaskStoreFixture other = new TaskStoreFixture(open(losing, JdbcStoreSettings.DEFAULT));
        assertThat(other.claim(this.fixture.join(), 10, "default", "other")).isEmpty();
        assertThat(lost).isTrue();
        this.store.releaseBlocked(100);
        assertThat(this.store.state(first)).contains(TaskState.QUEUED);
        assertThat(this.store.state(second)).contains(TaskState.BLOCKED);
    }

    /** The database by connections of which a test sees each call before it is made. */
    final DataSource connections(ConnectionWatch watch) {
        return new DelegatingDataSource(this.database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, values) -> {
                            watch.called(connection, method.getName(), values);
                            return ReflectionUtils.invokeMethod(method, connection, values);
                        });
            }
        };
    }

    /** Sees the calls. */
    interface ConnectionWatch {

        void called(Connection connection, String method, Object[] values) throws SQLException;
    }

    private LeasedTask held(String key) {
        this.fixture.task().key(key, 1).insert();
        this.store.releaseBlocked(100);
        return this.fixture.claimOne(this.fixture.join(), "default");
    }

    @Test
    void poison_aLargePayloadStaysInTheDatabaseUntilItsTaskStarts() {
        this.fixture.task().payload("\"" + "x".repeat(20_000) + "\"").insert();
        assertThat(this.fixture.claimOne(this.fixture.join(), "default").payload())
                .isNull();
    }

    @Test
    void c5_aQueueIsDeclaredBesideTheTransactionOfTheCallerWhoseTasksCanUseIt() {
        DataSourceTransactionManager manager = new DataSourceTransactionManager(this.database.dataSource());
        TransactionTemplate transaction = new TransactionTemplate(manager);
        JdbcClient client = JdbcClient.create(this.database.dataSource());
        List<TaskId> inserted = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            // From here on some databases show the transaction only what there was before.
            client.sql("select count(*) from tasklane_queue").query(Long.class).single();
            this.store.declare(QueueSpec.named("here"));
            openAnotherStore().declare(QueueSpec.named("elsewhere"));
            inserted.add(this.fixture.insert("here"));
            inserted.add(this.fixture.insert("elsewhere"));
            this.store.patch("here", settings -> settings.with(QueueSetting.CONCURRENCY, 2));
        });
        assertThat(inserted).allSatisfy(id -> assertThat(this.store.state(id)).contains(TaskState.QUEUED));
        transaction.executeWithoutResult(status -> {
            this.store.patch("here", settings -> settings.with(QueueSetting.CONCURRENCY, 3));
            this.store.pause("here", null);
            this.store.declare(QueueSpec.named("too"));
            status.setRollbackOnly();
        });
        assertThat(this.store.queue("here").orElseThrow().settings().get(QueueSetting.CONCURRENCY))
                .isEqualTo(3);
        assertThat(this.store.queue("here").orElseThrow().isPaused()).isTrue();
        assertThat(this.store.queue("too")).isPresent();
    }

    @Test
    void x26_cancelledAndExpiredTasksAreDeletedAtTheirAges() {
        long worker = this.fixture.join();
        List<TaskId> tasks = List.of(failed(worker), failed(worker), failed(worker));
        JdbcClient client = JdbcClient.create(this.database.dataSource());
        for (int state = 3; state <= 4; state++) {
            client.sql("update tasklane_finished set state = ? where task_id = ?")
                    .params(state, tasks.get(state - 3).value())
                    .update();
        }
        this.clock.advance(Duration.ofDays(1).plusSeconds(1));
        Map<TaskState, Duration> ages =
                Map.of(TaskState.CANCELLED, Duration.ofDays(1), TaskState.EXPIRED, Duration.ofDays(2));
        assertThat(this.store.prune(ages, 10)).isOne();
        assertThat(this.store.state(tasks.get(0))).isEmpty();
        this.clock.advance(Duration.ofDays(1));
        assertThat(this.store.prune(ages, 10)).isOne();
        assertThat(this.store.state(tasks.get(1))).isEmpty();
        assertThat(this.store.state(tasks.get(2))).contains(TaskState.FAILED);
    }

    @Test
    void x26_aTaskThatSomebodyIsWorkingOnIsLeftForTheNextTime() throws Exception {
        long worker = this.fixture.join();
        List<TaskId> tasks = List.of(failed(worker), failed(worker));
        this.clock.advance(Duration.ofDays(1));
        Map<TaskState, Duration> ages = Map.of(TaskState.FAILED, Duration.ofHours(1));
        try (Connection operator = this.database.dataSource().getConnection()) {
            operator.setAutoCommit(false);
            try (Statement statement = operator.createStatement()) {
                statement.execute("select * from tasklane_finished where task_id = "
                        + tasks.get(0).value() + " for update");
                assertThat(this.store.prune(ages, 10)).isOne();
                assertThat(this.store.attempts(tasks.get(0))).isNotEmpty();
                operator.rollback();
            }
        }
        assertThat(this.store.prune(ages, 10)).isOne();
        assertThat(this.store.find(tasks.get(0))).isEmpty();
    }

    @Test
    void a30_whatAnOperatorDoesIsPartOfTheCallersTransaction() throws Exception {
        TaskId cancelled = this.fixture.insert("default");
        TaskId deleted = this.fixture.insert("default");
        long worker = this.fixture.join();
        TaskId retried = failedBefore(worker);
        TaskStore other = openAnotherStore();
        TransactionTemplate transaction = transaction();
        for (boolean commit : List.of(false, true)) {
            transaction.executeWithoutResult(status -> {
                assertThat(this.store.cancel(cancelled, this.changes)).isTrue();
                assertThat(this.store.delete(deleted)).isTrue();
                assertThat(this.store.retry(retried, this.changes)).isTrue();
                assertThat(this.store.state(cancelled)).contains(TaskState.CANCELLED);
                assertThat(this.store.state(deleted)).isEmpty();
                assertThat(this.store.state(retried)).contains(TaskState.QUEUED);
                assertThat(new TaskStoreFixture(other).claim(other.join(description()), 10, "default"))
                        .as("what is being changed is passed by")
                        .isEmpty();
                assertThat(this.changes.requeued()).isEmpty();
                if (!commit) {
                    status.setRollbackOnly();
                }
            });
            if (!commit) {
                assertThat(other.state(cancelled)).contains(TaskState.QUEUED);
                assertThat(other.state(deleted)).contains(TaskState.QUEUED);
                assertThat(other.state(retried)).contains(TaskState.FAILED);
                assertThat(this.changes.requeued()).isEmpty();
            }
        }
        assertThat(this.changes.requeued()).containsExactly("default");
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(retried);
        assertThat(other.state(cancelled)).contains(TaskState.CANCELLED);
        assertThat(other.find(deleted)).isEmpty();
    }

    @Test
    void x29_aCompletionThatMeetsTheTransactionOfACancelEndsCancelled() throws Exception {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(worker, "default");
        TaskStoreFixture other = new TaskStoreFixture(openAnotherStore());
        Future<Set<TaskId>> completion = transaction().execute(status -> {
            assertThat(this.store.cancel(id, this.changes)).isTrue();
            assertThat(this.changes.cancelled()).isEmpty();
            return CompletableFuture.supplyAsync(() -> other.complete(task, new TaskOutcome.Succeeded("42")));
        });
        assertThat(completion.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(this.store.state(id)).contains(TaskState.CANCELLED);
        assertThat(this.changes.cancelled()).containsExactly(worker);
    }

    @Test
    void a30_anOperatorIsRefusedInAReadOnlyTransaction() {
        TaskId id = this.fixture.insert("default");
        TransactionTemplate transaction = transaction();
        transaction.setReadOnly(true);
        transaction.executeWithoutResult(status -> assertThatExceptionOfType(TaskTransactionException.class)
                .isThrownBy(() -> this.store.cancel(id, this.changes))
                .withMessage(
                        "Task %s cannot be cancelled in a read-only transaction: make the transaction writable,"
                                + " or cancel it after it",
                        id));
        assertThat(this.store.state(id)).contains(TaskState.QUEUED);
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(this.database.dataSource()));
    }

    private static WorkerDescription description() {
        return new WorkerDescription("shop", "node-1", 4711, List.of("default"), 10, 0);
    }

    private TaskId failedBefore(long worker) {
        TaskId id = this.fixture.task().priority(1).insert();
        LeasedTask task = this.fixture.claim(worker, 1, "default").get(0);
        assertThat(task.lease().task()).isEqualTo(id);
        this.fixture.complete(task, new TaskOutcome.Failed(TaskStoreFixture.ERROR));
        return id;
    }

    private TaskId failed(long worker) {
        TaskId id = this.fixture.insert("default");
        this.fixture.complete(this.fixture.claimOne(worker, "default"), new TaskOutcome.Failed(TaskStoreFixture.ERROR));
        return id;
    }
}
