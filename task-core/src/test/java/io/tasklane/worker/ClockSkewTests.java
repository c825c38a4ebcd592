package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import io.tasklane.store.StoredWorker;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Hosts whose clocks are an hour fast and an hour slow share a database. */
@Timeout(180)
class ClockSkewTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Process> processes = new ArrayList<>();

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
    void close() {
        this.processes.forEach(Process::destroyForcibly);
        this.jdbc.close();
        this.database.close();
    }

    @Test
    void decision2_decision3_onlyTheClockOfTheDatabaseDecidesWhoIsDeadAndWhatIsDue() throws Exception {
        TaskId one = this.store.enqueue("endless", "default");
        Process fast = start("fast", HOUR, 1);
        awaitRunning("fast");
        TaskId other = this.store.enqueue("endless", "default");
        start("slow", HOUR.negated(), 2);
        awaitRunning("slow");

        // Several times the silence after which a worker is dead.
        awaitLife(HEARTBEAT.multipliedBy(20));
        assertThat(this.store.real().workers()).hasSize(2).allMatch(StoredWorker::alive);
        assertThat(List.of(one, other)).extracting(this.store::find).allSatisfy(task -> {
            assertThat(task.state()).isEqualTo(TaskState.RUNNING);
            assertThat(task.recoveries()).isZero();
        });

        assertThat(fast.destroyForcibly().waitFor()).isNotZero();
        await().atMost(PATIENCE).until(() -> this.store.find(one).recoveries() == 1);
        await().atMost(PATIENCE)
                .until(() -> Files.readAllLines(output("slow")).stream()
                                .filter(WorkerProgram.RUNNING::equals)
                                .count()
                        == 2);
        assertThat(this.store.find(other).recoveries()).isZero();
    }

    @Test
    void decision2_aDelayIsKeptWhoeverEnqueuesAndRunsTheTask() throws Exception {
        for (String clock : List.of("fast", "slow")) {
            Process process = start(clock, clock.equals("fast") ? HOUR : HOUR.negated(), 1);
            this.store.enqueue("delaying", "default");
            await().atMost(PATIENCE).until(() -> this.store.count("default", TaskState.SUCCEEDED) == 2);
            StoredTask delayed = this.store.find(new TaskId(new JdbcTemplate(this.database.dataSource())
                    .queryForObject("select max(id) from tasklane_tasks where task = 'quick'", Long.class)));
            assertThat(Duration.between(delayed.createdAt(), delayed.startedAt()))
                    .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
            assertThat(process.destroyForcibly().waitFor()).isNotZero();
            new JdbcTemplate(this.database.dataSource()).update("delete from tasklane_finished");
        }
    }

    private Process start(String clock, Duration skew, int concurrency) throws IOException {
        Process process =
                WorkerProgram.start(this.database, concurrency, HEARTBEAT, output(clock), SkewedClock.options(skew));
        this.processes.add(process);
        return process;
    }

    private void awaitLife(Duration duration) {
        await().atMost(PATIENCE)
                .until(() -> this.store.real().workers().stream()
                        .allMatch(worker -> Duration.between(worker.startedAt(), worker.heartbeatAt())
                                        .compareTo(duration)
                                > 0));
    }

    private void awaitRunning(String clock) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.readAllLines(output(clock)))
                        .as(() -> String.join("\n", lines(clock)))
                        .contains(WorkerProgram.RUNNING));
    }

    private List<String> lines(String clock) {
        try {
            return Files.readAllLines(output(clock));
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private Path output(String clock) {
        return this.directory.resolve(clock);
    }
}
