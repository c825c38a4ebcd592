package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.Completion;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestTables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Several nodes on one database, and queues whose running tasks are limited. */
@Timeout(120)
class LimitedQueuesTests {

    private final Semaphore gate = new Semaphore(0);

    private final AtomicInteger running = new AtomicInteger();

    private final AtomicInteger mostRunning = new AtomicInteger();

    private final List<TestNode> nodes = new ArrayList<>();

    @TempDir
    Path directory;

    private TestDatabase database;

    private JdbcTaskStore jdbc;

    private TestStore store;

    @BeforeEach
    void createDatabase() {
        this.database = TestDatabase.postgresql();
        TestTables.create(this.database.dataSource());
        this.jdbc = new JdbcTaskStore(this.database.dataSource(), JdbcStoreSettings.DEFAULT);
        this.store = new TestStore(this.jdbc);
    }

    @AfterEach
    void dropDatabase() {
        this.gate.release(10_000);
        this.nodes.forEach(TestNode::close);
        this.jdbc.close();
        this.database.close();
    }

    @Test
    void c17_twoNodesTogetherRunNoMoreTasksThanTheLimitAndKeepItFull() {
        this.jdbc.declare(QueueSpec.named("limited").concurrency(5).maxRunning(3));
        for (int i = 0; i < 300; i++) {
            this.store.enqueue("counted", "limited");
        }
        start();
        start();
        await().until(() -> this.running.get() == 3);
        assertThat(this.store.count("limited", TaskState.RUNNING)).isEqualTo(3);
        this.gate.release(10_000);
        await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count("limited", TaskState.SUCCEEDED) == 300);
        assertThat(this.mostRunning).hasValue(3);
    }

    @Test
    void c17_theLimitHoldsBetweenProcessesAndWhenOneOfThemIsKilled() throws Exception {
        this.jdbc.declare(QueueSpec.named("limited").concurrency(4).maxRunning(3));
        for (int i = 0; i < 10; i++) {
            this.store.enqueue("endless", "limited");
        }
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                processes.add(WorkerProgram.start(
                        this.database, 4, Duration.ofMillis(500), this.directory.resolve("output" + i)));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> consumers() == 2);
            awaitRunning(3);
            processes.get(0).destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(60)).until(() -> consumers() == 1);
            // Those of the dead one are put back, and taken by the other.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> workersOfRunning().size() == 1);
            awaitRunning(3);
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private void awaitRunning(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count("limited", TaskState.RUNNING), running -> {
            assertThat(running).isLessThanOrEqualTo(3);
            return running == count;
        });
    }

    private int consumers() {
        return this.jdbc.statistics().stream()
                .filter(statistics -> statistics.queue().equals("limited"))
                .mapToInt(QueueStatistics::consumers)
                .sum();
    }

    private List<Long> workersOfRunning() {
        return new JdbcTemplate(this.database.dataSource())
                .queryForList("select distinct worker_id from tasklane_running", Long.class);
    }

    @Test
    void c17_aTaskThatCompletesInItsTransactionMakesRoomForTheNextOneAtOnce() {
        this.jdbc.declare(QueueSpec.named("limited").concurrency(5).maxRunning(1));
        for (int i = 0; i < 20; i++) {
            this.store.enqueue("transactional", "limited");
        }
        TestNode node = new TestNode(this.store, TestNode.settings());
        this.nodes.add(node);
        node.transactions = new DataSourceTransactionManager(this.database.dataSource());
        node.handle(TestNode.definition("transactional", Completion.IN_TRANSACTION), call -> null)
                .start();
        int probes = this.store.calls("probe");
        await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count("limited", TaskState.SUCCEEDED) == 20);
        assertThat(this.store.calls("probe") - probes)
                .as("polls while 20 tasks ran")
                .isLessThan(10);
    }

    @Test
    void c17_aLimitIsRaisedAndLiftedWhileNodesWaitForIt() {
        this.jdbc.declare(QueueSpec.named("limited").concurrency(10).maxRunning(1));
        for (int i = 0; i < 20; i++) {
            this.store.enqueue("counted", "limited");
        }
        start();
        await().until(() -> this.running.get() == 1);
        this.jdbc.patch("limited", settings -> settings.with(QueueSetting.MAX_RUNNING, 4));
        await().until(() -> this.running.get() == 4);
        this.jdbc.patch("limited", settings -> settings.with(QueueSetting.MAX_RUNNING, null));
        await().until(() -> this.running.get() == 10);
        assertThat(this.mostRunning).hasValue(10);
    }

    @Test
    void c17_aNodeThatIsHeldUpByTheLimitAsksOnlyAtItsPolls() {
        this.jdbc.declare(QueueSpec.named("limited").concurrency(5).maxRunning(2));
        for (int i = 0; i < 20; i++) {
            this.store.enqueue("counted", "limited");
        }
        start();
        await().until(() -> this.running.get() == 2);
        int before = this.store.calls("exchange");
        int probes = this.store.calls("probe");
        await().until(() -> this.store.calls("probe") >= probes + 2);
        assertThat(this.store.calls("exchange") - before).isLessThanOrEqualTo(4);
    }

    @Test
    void p16_aTaskOfAQueueWithSlotsOfItsOwnStartsWhileTheOthersFillTheRest() {
        this.jdbc.declare(QueueSpec.named("high").reservedSlots(2));
        this.jdbc.declare(QueueSpec.named("low"));
        this.jdbc.declare(QueueSpec.named("other"));
        for (int i = 0; i < 20; i++) {
            this.store.enqueue("counted", "low");
            this.store.enqueue("counted", "other");
        }
        TestNode node = start(TestNode.container("shared", 10, QueueOrder.ROUND_ROBIN, "low", "other", "high"));
        await().until(() -> this.running.get() == 8);
        TaskId high = this.store.enqueue("quick", "high");
        await().atMost(Duration.ofSeconds(5)).until(() -> this.store.state(high) == TaskState.SUCCEEDED);
        assertThat(this.running).hasValue(8);
        assertThat(this.mostRunning).hasValue(8);
        await().untilAsserted(() -> assertThat(node.registry.containers())
                .filteredOn(container -> container.name().equals("shared"))
                .extracting(WorkerContainerInfo::running)
                .containsExactly(8));

        this.jdbc.patch("high", settings -> settings.with(QueueSetting.RESERVED_SLOTS, null));
        await().until(() -> this.running.get() == 10);
    }

    private TestNode start(WorkerContainerSettings... containers) {
        WorkerSettings settings = TestNode.settings().withContainers(containers);
        TestNode node =
                new TestNode(this.store, settings.withNode(settings.node().withQueueRefresh(Duration.ofMillis(50))));
        node.handle("quick", call -> null)
                .handle("counted", call -> {
                    this.mostRunning.accumulateAndGet(this.running.incrementAndGet(), Math::max);
                    try {
                        this.gate.acquire();
                    } finally {
                        this.running.decrementAndGet();
                    }
                    return null;
                })
                .start();
        this.nodes.add(node);
        return node;
    }
}
