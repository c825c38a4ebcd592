package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.WorkerTags;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.StoredWorker;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestTables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes on one database, and queues that mean some of them only. */
@Timeout(120)
class TaggedNodesTests {

    private final Semaphore gate = new Semaphore(0);

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
        this.gate.release(1_000);
        this.nodes.forEach(TestNode::close);
        this.jdbc.close();
        this.database.close();
    }

    @Test
    void c11_c12_c13_onlyTheTaggedNodeRunsTheTasksOfAQueue() {
        this.jdbc.declare(QueueSpec.named("gpu").tags("has=gpu", "has=tpu"));
        this.jdbc.declare(QueueSpec.named("any").tags("*"));
        TestNode plain = start();
        TestNode tagged = start("has=gpu", "has=large-disk");
        awaitConsumers("gpu", 1);
        awaitConsumers("any", 2);
        awaitConsumers("default", 2);

        List<TaskId> tasks = IntStream.range(0, 20)
                .mapToObj(number -> this.store.enqueue("quick", "gpu"))
                .toList();
        awaitSucceeded("gpu", 20);
        assertThat(tasks)
                .extracting(task -> this.store.find(task).worker())
                .containsOnly(tagged.registry.workerId().orElseThrow());
        assertThat(worker(tagged).tags())
                .contains("*", "has=gpu", "has=large-disk")
                .contains("java=" + System.getProperty("java.version"))
                .contains("arch=" + System.getProperty("os.arch"))
                .contains("os=" + System.getProperty("os.name"))
                .contains("hostname=" + worker(tagged).description().host())
                .contains("worker_id=" + worker(tagged).id());
        assertThat(worker(plain).tags()).hasSize(6);
    }

    @Test
    void c12_aQueueCanMeanOneWorkerByItsIdOrItsHost() {
        TestNode one = start();
        TestNode other = start();
        awaitConsumers("default", 2);
        this.jdbc.declare(QueueSpec.named("mine")
                .tags("worker_id=" + one.registry.workerId().orElseThrow()));
        this.jdbc.declare(QueueSpec.named("here").tags("hostname=.*"));
        awaitConsumers("mine", 1);
        awaitConsumers("here", 2);
        assertThat(worker(one).description().queues()).contains("mine");
        assertThat(worker(other).description().queues()).doesNotContain("mine");
    }

    @Test
    void c15_aNodeThatIsMeantNoLongerEndsWhatRunsAndTakesNothingNew() {
        this.jdbc.declare(QueueSpec.named("gpu").concurrency(2).tags("site=a"));
        TestNode a = start("site=a");
        TestNode b = start("site=b");
        awaitConsumers("gpu", 1);
        List<TaskId> running = List.of(this.store.enqueue("gated", "gpu"), this.store.enqueue("gated", "gpu"));
        await().until(() -> a.started.size() == 2);
        List<TaskId> waiting = List.of(this.store.enqueue("gated", "gpu"), this.store.enqueue("gated", "gpu"));

        this.jdbc.patch("gpu", settings -> settings.with(QueueSetting.TAGS, WorkerTags.of("site=b")));
        await().until(() -> b.started.size() == 2);
        await().untilAsserted(() -> assertThat(worker(a).description().queues()).containsExactly("default"));
        assertThat(this.store.count("gpu", TaskState.RUNNING)).isEqualTo(4);
        this.gate.release(100);
        awaitSucceeded("gpu", 4);

        assertThat(running)
                .extracting(task -> this.store.find(task).worker())
                .containsOnly(a.registry.workerId().orElseThrow());
        assertThat(waiting)
                .extracting(task -> this.store.find(task).worker())
                .containsOnly(b.registry.workerId().orElseThrow());
        assertThat(a.lost).hasValue(0);
        assertThat(a.started).hasSize(2);
        await().until(() -> a.registry.containers().size() == 1);
    }

    @Test
    void c16_aQueueThatNobodyServesKeepsItsTasksUntilItMeansSomebody() {
        this.jdbc.declare(QueueSpec.named("tpu").tags("has=tpu"));
        this.jdbc.declare(QueueSpec.named("nobody").tags());
        start("has=gpu");
        awaitConsumers("default", 1);
        TaskId task = this.store.enqueue("quick", "tpu");
        TaskId other = this.store.enqueue("quick", "nobody");
        this.store.enqueue("quick", "default");
        awaitSucceeded("default", 1);
        assertThat(consumers("tpu")).isZero();
        assertThat(consumers("nobody")).isZero();
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        assertThat(this.store.state(other)).isEqualTo(TaskState.QUEUED);

        this.jdbc.patch("tpu", settings -> settings.with(QueueSetting.TAGS, null));
        await().until(() -> this.store.state(task) == TaskState.SUCCEEDED);
        awaitConsumers("tpu", 1);
    }

    @Test
    void c11_c15_theSameHoldsBetweenProcesses() throws Exception {
        this.jdbc.declare(QueueSpec.named("gpu").tags("has=gpu"));
        TestNode plain = start();
        Process process = WorkerProgram.start(
                this.database,
                4,
                Duration.ofMillis(500),
                this.directory.resolve("output"),
                List.of("-D" + WorkerProgram.TAGS + "=has=gpu"));
        try {
            awaitConsumers("gpu", 1);
            long tagged = this.jdbc.workers().stream()
                    .filter(worker -> worker.tags().contains("has=gpu"))
                    .findFirst()
                    .orElseThrow()
                    .id();
            List<TaskId> tasks = IntStream.range(0, 50)
                    .mapToObj(number -> this.store.enqueue("quick", "gpu"))
                    .toList();
            awaitSucceeded("gpu", 50);
            assertThat(tasks).extracting(task -> this.store.find(task).worker()).containsOnly(tagged);
            assertThat(plain.started).isEmpty();

            this.jdbc.patch("gpu", settings -> settings.with(QueueSetting.TAGS, WorkerTags.of("has=no-gpu", "x=y")));
            awaitConsumers("gpu", 0);
            TaskId task = this.store.enqueue("quick", "gpu");
            this.jdbc.patch(
                    "gpu",
                    settings -> settings.with(
                            QueueSetting.TAGS,
                            WorkerTags.of(
                                    "worker_id=" + plain.registry.workerId().orElseThrow())));
            await().until(() -> this.store.state(task) == TaskState.SUCCEEDED);
            assertThat(plain.started).hasSize(1);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private TestNode start(String... tags) {
        WorkerSettings settings = TestNode.settings();
        TestNode node = new TestNode(
                this.store, settings.withNode(settings.node().withTags(tags).withQueueRefresh(Duration.ofMillis(50))));
        node.handle("quick", call -> null)
                .handle("gated", call -> {
                    this.gate.acquire();
                    return null;
                })
                .start();
        this.nodes.add(node);
        return node;
    }

    private StoredWorker worker(TestNode node) {
        long id = node.registry.workerId().orElseThrow();
        return this.jdbc.workers().stream()
                .filter(worker -> worker.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private void awaitConsumers(String queue, int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(consumers(queue)).isEqualTo(count));
    }

    private int consumers(String queue) {
        return this.jdbc.statistics().stream()
                .filter(statistics -> statistics.queue().equals(queue))
                .mapToInt(QueueStatistics::consumers)
                .sum();
    }

    private void awaitSucceeded(String queue, int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> this.store.count(queue, TaskState.SUCCEEDED) == count);
    }
}
