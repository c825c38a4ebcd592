package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.NewTask;
import io.tasklane.store.jdbc.JdbcStoreSettings;
import io.tasklane.store.jdbc.JdbcTaskStore;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tasks that are too many, too large, or fail all at once. */
@Timeout(300)
@ExtendWith(OutputCaptureExtension.class)
class PoisonTests {

    private static final Duration PATIENCE = Duration.ofSeconds(200);

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
    void close() {
        if (this.process != null) {
            this.process.destroyForcibly();
        }
        this.jdbc.close();
        this.database.close();
    }

    @Test
    void poison_aThousandPayloadsOfAMegabyteNeedLittleMemory() throws IOException {
        // Short ones first, so that the worker claims ahead.
        enqueue("take", 200, "small");
        for (int i = 0; i < 50; i++) {
            enqueue("take", 20, "x".repeat(PoisonProgram.MEGABYTE));
        }
        this.process = PoisonProgram.start(this.database, "64m", output());
        awaitCount(TaskState.SUCCEEDED, 1_200);
        assertThat(this.process.isAlive()).isTrue();
        assertThat(lines()).noneMatch(line -> line.contains("OutOfMemoryError"));
    }

    @Test
    void poison_resultsOfAMegabyteWaitForTheirWritingInLittleMemory() throws IOException {
        enqueue("take", 200, "small");
        enqueue("give", 300, "small");
        this.process = PoisonProgram.start(this.database, "64m", output());
        awaitCount(TaskState.SUCCEEDED, 500);
        assertThat(this.process.isAlive()).isTrue();
        assertThat(lines()).noneMatch(line -> line.contains("OutOfMemoryError"));
    }

    @Test
    void r31_aTaskThatTakesAllTheMemoryFailsAndTheOthersRun() throws IOException {
        List<TaskId> poison = enqueue("exhaust", 3, "small");
        // They share the heap, and may be the ones that find it full.
        enqueue("take", 300, "small", 3);
        this.process = PoisonProgram.start(this.database, "48m", output());
        awaitCount(TaskState.SUCCEEDED, 300);
        awaitCount(TaskState.FAILED, 3);
        assertThat(poison).extracting(this.store::find).allSatisfy(task -> {
            assertThat(task.error().type()).isEqualTo("java.lang.OutOfMemoryError");
            assertThat(task.recoveries()).isZero();
        });
        enqueue("take", 100, "small");
        awaitCount(TaskState.SUCCEEDED, 400);
        assertThat(this.process.isAlive()).isTrue();
    }

    @Test
    void poison_aHundredThousandTasksThatFailAtOnceLeaveTheDatabaseResponsive(CapturedOutput output) {
        this.store.queue("other");
        enqueue("failing", 100_000, "small");
        List<Duration> waits = new ArrayList<>();
        try (TestNode node = new TestNode(this.store, TestNode.settings(RecoverySettings.DEFAULT))) {
            node.handlers.register(
                    TestNode.definition("failing", io.tasklane.handler.RetryableFailures.ALL, null), call -> {
                        throw new IllegalStateException("no luck");
                    });
            node.handle("other", call -> null).start();
            await().atMost(PATIENCE).until(() -> this.store.count("default", TaskState.FAILED) > 0);
            while (this.store.count("default", TaskState.FAILED) < 100_000) {
                long begin = System.nanoTime();
                TaskId other = this.store.enqueue("other", "other", node.registry);
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> this.store.state(other) == TaskState.SUCCEEDED);
                waits.add(Duration.ofNanos(System.nanoTime() - begin));
            }
        }
        assertThat(waits).isNotEmpty().allSatisfy(wait -> assertThat(wait).isLessThan(Duration.ofSeconds(5)));
        long minutes = 5;
        assertThat(output.getAll().lines().filter(line -> line.contains("no luck") && !line.startsWith("java.lang")))
                .hasSizeLessThan((int) (minutes * (FailureLog.IN_FULL + 1)));
        assertThat(output).contains("more times within a minute").doesNotContain("cannot be reached", "declared dead");
    }

    private List<TaskId> enqueue(String task, int count, String payload) {
        return enqueue(task, count, payload, 0);
    }

    private List<TaskId> enqueue(String task, int count, String payload, int retries) {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(new NewTask(this.jdbc.newId(), task, "default", 0, retries, payload, Map.of(), null, null));
        }
        this.jdbc.insert(tasks, committed -> {});
        return tasks.stream().map(NewTask::id).toList();
    }

    private void awaitCount(TaskState state, long count) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(this.process.isAlive())
                    .as(() -> String.join("\n", lines()))
                    .isTrue();
            assertThat(this.store.count("default", state)).isEqualTo(count);
        });
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(output());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private Path output() {
        return this.directory.resolve("output");
    }
}
