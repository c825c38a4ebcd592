package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.Completion;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.MayHaveRun;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.StoredTask;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A worker's process is killed, and has no time to tidy up. */
@Timeout(120)
class WorkerCrashTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration QUICK_HEARTBEAT = Duration.ofMillis(500);

    @TempDir
    Path directory;

    private TestDatabase database;

    private JdbcTaskStore jdbc;

    private TestStore store;

    private Process process;

    @BeforeEach
    void createDatabase() {
        this.database = TestDatabase.postgresql();
        TestTables.create(this.database.dataSource());
        this.jdbc = new JdbcTaskStore(this.database.dataSource(), JdbcStoreSettings.DEFAULT);
        this.store = new TestStore(this.jdbc);
    }

    @AfterEach
    void dropDatabase() {
        if (this.process != null) {
            this.process.destroyForcibly();
        }
        this.jdbc.close();
        this.database.close();
    }

    @Test
    void r26_tasksOfAKilledProcessRunAgainElsewhereAndNothingIsLost() throws Exception {
        List<TaskId> endless = enqueue("endless", 4);
        List<TaskId> quick = enqueue("quick", 300);
        startProcess(6, QUICK_HEARTBEAT);
        awaitRunning(4);
        await().atMost(PATIENCE).until(() -> this.store.count("default", TaskState.SUCCEEDED) > 0);

        try (TestNode survivor = survivor(WorkerProgram.settings(QUICK_HEARTBEAT))) {
            kill();
            await().atMost(PATIENCE).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 304);

            assertThat(survivor.started).contains("endless");
        }
        assertThat(endless).extracting(this.store::find).allSatisfy(task -> {
            assertThat(task.recoveries()).isEqualTo(1);
            assertThat(task.retriesUsed()).isZero();
            assertThat(this.store.real().attempts(task.id()))
                    .extracting(StoredAttempt::outcome)
                    .containsExactly(StoredAttempt.Outcome.LOST);
        });
        assertThat(quick)
                .extracting(this.store::find)
                .extracting(StoredTask::retriesUsed)
                .containsOnly(0);
    }

    @Test
    void r26_decision3_aWorkerThatStartsAfterTheCrashHasTheTaskWithin15Seconds() throws Exception {
        TaskId task = enqueue("endless", 1).get(0);
        startProcess(1, RecoverySettings.DEFAULT.heartbeatInterval());
        awaitRunning(1);
        kill();

        try (TestNode survivor = survivor(WorkerSettings.DEFAULT)) {
            await().until(() -> survivor.registry.workerId().isPresent());
            await().atMost(Duration.ofSeconds(15)).until(() -> survivor.started.contains("endless"));
            await().until(() -> this.store.state(task) == TaskState.SUCCEEDED);
        }
        assertThat(this.store.find(task).recoveries()).isEqualTo(1);
        assertThat(this.store.find(task).retriesUsed()).isZero();
    }

    @Test
    void r27_x28_aLivingWorkerHasTheTaskWithin15SecondsAndTasksThatTakeLongAreLeftAlone() throws Exception {
        TaskId killed = enqueue("endless", 1).get(0);
        startProcess(1, RecoverySettings.DEFAULT.heartbeatInterval());
        awaitRunning(1);
        CountDownLatch end = new CountDownLatch(1);
        try (TestNode living = survivor(WorkerSettings.DEFAULT).handle("healthy", call -> {
            end.await();
            return null;
        })) {
            TaskId healthy = enqueue("healthy", 1).get(0);
            await().atMost(PATIENCE).until(() -> living.started.contains("healthy") && this.store.calls("recover") > 0);
            kill();
            long begin = System.nanoTime();
            await().atMost(PATIENCE).until(() -> living.started.contains("endless"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
            await().atMost(PATIENCE).until(() -> this.store.state(killed) == TaskState.SUCCEEDED);

            assertThat(this.store.state(healthy)).isEqualTo(TaskState.RUNNING);
            end.countDown();
            await().atMost(PATIENCE).until(() -> this.store.state(healthy) == TaskState.SUCCEEDED);
            assertThat(living.started).containsOnlyOnce("healthy");
            assertThat(this.store.find(healthy).recoveries()).isZero();
        }
        assertThat(this.store.find(killed).recoveries()).isEqualTo(1);
        assertThat(this.store.find(killed).retriesUsed()).isZero();
    }

    @Test
    @Timeout(300)
    void x28_guarantee5_aTaskThatEndsItsProcessAgainAndAgainFailsAndSparesThoseAroundIt() throws Exception {
        // So early that it is not claimed ahead, but beside others that count as started too.
        List<TaskId> quick = new ArrayList<>(enqueue("quick", 1));
        TaskId fatal = enqueue("fatal", 1).get(0);
        quick.addAll(enqueue("quick", 100));
        // Consumes another queue, so that it only finds the dead.
        try (TestNode other =
                new TestNode(this.store, WorkerProgram.settings(QUICK_HEARTBEAT).withQueues("other"))) {
            this.store.queue("other");
            other.start();
            int crashes = 0;
            while (this.store.state(fatal) != TaskState.FAILED) {
                startProcess(4, QUICK_HEARTBEAT);
                assertThat(this.process.waitFor()).isEqualTo(WorkerProgram.FATAL);
                crashes++;
                await().atMost(PATIENCE).until(() -> this.store.count("default", TaskState.RUNNING) == 0);
            }
            assertThat(crashes).as("three times put back").isEqualTo(4);
            startProcess(4, QUICK_HEARTBEAT);
            await().atMost(PATIENCE)
                    .until(() -> this.store.count("default", TaskState.RUNNING) == 0
                            && this.store.count("default", TaskState.QUEUED) == 0);
        }
        assertThat(quick).extracting(this.store::state).containsOnly(TaskState.SUCCEEDED);
        assertThat(this.store.find(fatal)).satisfies(task -> {
            assertThat(task.error().message())
                    .isEqualTo("Its worker died 4 times while it ran; it is not put back again");
            assertThat(task.retriesUsed()).isZero();
        });
        assertThat(quick)
                .extracting(this.store::find)
                .extracting(StoredTask::retriesUsed)
                .containsOnly(0);
    }

    @Test
    void x35_r26_aTaskThatStartsOnceIsNotRunAgainAfterItsProcessWasKilled() throws Exception {
        JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
        jdbc.execute("create table body_start (task_text varchar(20) not null)");
        TaskId killed = enqueue("once", 1).get(0);
        startProcess(1, QUICK_HEARTBEAT);
        awaitRunning(1);
        TaskId waiting = enqueue("once", 1).get(0);
        kill();

        try (TestNode survivor = survivor(WorkerProgram.settings(QUICK_HEARTBEAT))
                .handle(TestNode.definition("once", Completion.BEFORE_RUN), call -> null)) {
            await().atMost(PATIENCE).until(() -> this.store.state(killed) == TaskState.FAILED);
            await().atMost(PATIENCE).until(() -> this.store.state(waiting) == TaskState.SUCCEEDED);
            assertThat(survivor.started).as("the one that had not started").hasSize(1);
        }
        assertThat(this.store.find(killed).error()).isEqualTo(MayHaveRun.WORKER_DIED);
        assertThat(jdbc.queryForObject("select count(*) from body_start", Long.class))
                .as("the body of the killed one")
                .isEqualTo(1);
    }

    @Test
    void n2_aTaskWhoseProcessWasKilledBetweenTheEndOfItsBodyAndTheCommitHasItsEffectsOnce() throws Exception {
        JdbcTemplate jdbc = new JdbcTemplate(this.database.dataSource());
        jdbc.execute("create table body_start (task_text varchar(20) not null)");
        List<TaskId> tasks = List.of(
                this.store.enqueue("transactional", "default", 0, "one"),
                this.store.enqueue("transactional", "default", 0, "two"));
        startProcess(2, QUICK_HEARTBEAT);
        awaitRunning(2);
        kill();
        assertThat(jdbc.queryForObject("select count(*) from body_start", Long.class))
                .isZero();

        try (TestNode survivor = survivor(WorkerProgram.settings(QUICK_HEARTBEAT))) {
            survivor.transactions = new DataSourceTransactionManager(this.database.dataSource());
            survivor.handle(
                    TestNode.definition("transactional", Completion.IN_TRANSACTION),
                    call -> jdbc.update("insert into body_start (task_text) values (?)", call.arguments()[0]));
            await().atMost(PATIENCE).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 2);
            assertThat(survivor.started).containsExactlyInAnyOrder("one", "two");
        }
        assertThat(jdbc.queryForList("select task_text from body_start", String.class))
                .containsExactlyInAnyOrder("one", "two");
        assertThat(tasks).extracting(this.store::find).allSatisfy(task -> {
            assertThat(task.recoveries()).isEqualTo(1);
            assertThat(task.retriesUsed()).isZero();
        });
    }

    private List<TaskId> enqueue(String task, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> this.store.enqueue(task, "default"))
                .toList();
    }

    private TestNode survivor(WorkerSettings settings) {
        return new TestNode(this.store, settings)
                .handle("quick", call -> null)
                .handle("endless", call -> null)
                .start();
    }

    private void startProcess(int concurrency, Duration heartbeat) throws IOException {
        this.process = WorkerProgram.start(this.database, concurrency, heartbeat, output());
    }

    private void awaitRunning(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> lines = Files.readAllLines(output());
            assertThat(lines.stream().filter(WorkerProgram.RUNNING::equals))
                    .as(() -> String.join("\n", lines))
                    .hasSize(count);
        });
    }

    private void kill() throws InterruptedException {
        int code = this.process.destroyForcibly().waitFor();
        assertThat(code).as("ended by a signal, not by itself").isNotZero();
    }

    private Path output() {
        return this.directory.resolve("output");
    }
}
