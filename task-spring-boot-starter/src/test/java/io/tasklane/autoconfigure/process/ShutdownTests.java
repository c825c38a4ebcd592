package io.tasklane.autoconfigure.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.test.TcpGate;
import io.tasklane.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** How the process of an application ends, and what becomes of its tasks. */
@Timeout(180)
class ShutdownTests {

    /** What a process that ended because of SIGTERM returns. */
    private static final int TERMINATED = 143;

    private final TestDatabase database = TestDatabase.postgresql();

    @TempDir
    Path directory;

    private HostProcess host;

    private @Nullable TcpGate gate;

    @AfterEach
    void close() {
        this.host.close();
        if (this.gate != null) {
            this.gate.close();
        }
        this.database.close();
    }

    @Test
    void x34_n18_readinessFallsWorkersDrainAndHttpIsServedUntilTheyHave() throws Exception {
        start();
        this.host.get("/hold");
        this.host.awaitLine(WebProgram.STARTED);
        assertThat(this.host.get("/actuator/health/readiness")).isEqualTo(200);

        this.host.terminate();
        awaitDrain();
        assertThat(this.host.get("/actuator/health/liveness")).isEqualTo(200);
        assertThat(this.host.get("/hold")).as("a request that enqueues").isEqualTo(200);
        CompletableFuture<Integer> request = this.host.getLater("/slow");
        this.host.awaitLine("SLOW");
        this.host.get("/release");

        assertThat(this.host.awaitEnd()).isEqualTo(TERMINATED);
        assertThat(request.join()).as("a request that HTTP still waited for").isEqualTo(200);
        assertThat(tasks())
                .containsExactly(
                        Map.of("state", "SUCCEEDED", "retries_used", 0, "recoveries", 0),
                        Map.of("state", "QUEUED", "retries_used", 0, "recoveries", 0));
    }

    @Test
    void x34_aTaskThatTakesLongerIsInterruptedAndPutBack() throws Exception {
        start("tasklane.worker.drain-timeout=1s");
        this.host.get("/hold");
        this.host.awaitLine(WebProgram.STARTED);
        long begin = System.nanoTime();
        this.host.terminate();

        assertThat(this.host.awaitEnd()).isEqualTo(TERMINATED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
        assertThat(this.host.output()).contains(WebProgram.INTERRUPTED);
        assertThat(tasks()).containsExactly(Map.of("state", "QUEUED", "retries_used", 0, "recoveries", 0));
    }

    @Test
    void x34_aTaskThatIgnoresTheInterruptHoldsUpNothing() throws Exception {
        start("tasklane.worker.drain-timeout=1s");
        this.host.get("/ignore-interrupts");
        this.host.awaitLine(WebProgram.STARTED);
        long begin = System.nanoTime();
        this.host.terminate();

        assertThat(this.host.awaitEnd()).isEqualTo(TERMINATED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(15));
        assertThat(this.host.output())
                .contains(WebProgram.INTERRUPTED, "ignores the interrupt", "WebProgram$Jobs.ignoreInterrupts");
        assertThat(tasks()).containsExactly(Map.of("state", "QUEUED", "retries_used", 0, "recoveries", 0));
    }

    @Test
    void x34_aSecondSignalChangesNothing() throws Exception {
        start();
        this.host.get("/hold");
        this.host.awaitLine(WebProgram.STARTED);
        this.host.terminate();
        awaitDrain();
        this.host.terminate();
        assertThat(this.host.get("/actuator/health/liveness")).isEqualTo(200);
        this.host.get("/release");

        assertThat(this.host.awaitEnd()).isEqualTo(TERMINATED);
        assertThat(tasks()).containsExactly(Map.of("state", "SUCCEEDED", "retries_used", 0, "recoveries", 0));
    }

    @Test
    void x34_anApplicationThatEndsByItselfDrainsToo() throws Exception {
        start();
        this.host.get("/hold");
        this.host.awaitLine(WebProgram.STARTED);
        this.host.get("/stop");
        awaitDrain();
        this.host.get("/release");

        assertThat(this.host.awaitEnd()).isZero();
        assertThat(tasks()).containsExactly(Map.of("state", "SUCCEEDED", "retries_used", 0, "recoveries", 0));
    }

    @Test
    void decision8_aTaskThatEndsTheJvmIsPutBackAndCounted() throws Exception {
        start();
        this.host.get("/exit");
        this.host.awaitLine(WebProgram.STARTED);

        assertThat(this.host.awaitEnd()).isEqualTo(3);
        assertThat(this.host.output()).contains("called System.exit");
        assertThat(tasks()).containsExactly(Map.of("state", "QUEUED", "retries_used", 0, "recoveries", 1));
    }

    @Test
    void x34_guarantee7_aShutdownWhileTheDatabaseIsAwayEndsAnyway() throws Exception {
        this.gate = new TcpGate(this.database.url());
        this.host = HostProcess.start(
                this.database,
                this.gate.url(),
                output(),
                "spring.datasource.hikari.connection-timeout=1000",
                "tasklane.worker.drain-timeout=1s");
        this.host.get("/hold");
        this.host.awaitLine(WebProgram.STARTED);
        this.gate.shut();
        long begin = System.nanoTime();
        this.host.terminate();

        assertThat(this.host.awaitEnd()).isEqualTo(TERMINATED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(25));
        assertThat(this.host.output()).contains("could not write what came of 1 tasks");
        assertThat(tasks())
                .as("left to those who find its worker dead")
                .containsExactly(Map.of("state", "RUNNING", "retries_used", 0, "recoveries", 0));
    }

    @Test
    void x34_aStartThatWaitsForTheDatabaseEndsWhenItIsToldTo() throws Exception {
        this.gate = new TcpGate(this.database.url());
        this.gate.shut();
        this.host = HostProcess.launch(
                this.database,
                this.gate.url(),
                output(),
                "spring.datasource.hikari.connection-timeout=1000",
                "tasklane.schema.wait-for-database=5m");
        await().atMost(Duration.ofSeconds(60)).until(() -> this.host.output().contains("waits for the database"));
        long begin = System.nanoTime();
        this.host.terminate();

        assertThat(this.host.awaitEnd()).isEqualTo(TERMINATED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    private void start(String... properties) throws IOException {
        this.host = HostProcess.start(this.database, this.database.url(), output(), properties);
    }

    private Path output() {
        return this.directory.resolve("output");
    }

    private void awaitDrain() {
        await().atMost(Duration.ofSeconds(20)).until(() -> this.host.get("/actuator/health/readiness") == 503);
    }

    /** All tasks, in the order in which they were enqueued. */
    private List<Map<String, Object>> tasks() {
        return new JdbcTemplate(this.database.dataSource())
                .queryForList("select state, retries_used, recoveries from tasklane_tasks order by id");
    }
}
