package io.tasklane.actuate.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.QueueSpec;
import io.tasklane.TaskState;
import io.tasklane.actuate.CachedQueueStatistics;
import io.tasklane.actuate.StubQueueStore;
import io.tasklane.actuate.StubWorkerContainers;
import io.tasklane.store.QueueStore;
import io.tasklane.store.StoreFinding;
import io.tasklane.store.WorkerDescription;
import io.tasklane.store.memory.InMemoryTaskStore;
import io.tasklane.test.MutableInstantSource;
import io.tasklane.worker.NotificationHealth;
import io.tasklane.worker.QueueOrder;
import io.tasklane.worker.WorkerContainerInfo;
import io.tasklane.worker.WorkerHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;

class TasklaneHealthIndicatorTests {

    private final MutableInstantSource clock = new MutableInstantSource();

    private final InMemoryTaskStore store = new InMemoryTaskStore(this.clock);

    private final StubWorkerContainers node = new StubWorkerContainers();

    private final List<StoreFinding> found = new ArrayList<>();

    private final StoreFindings findings =
            new StoreFindings(List.of(() -> this.found), Runnable::run, () -> 0, StoreFindings.LIMITS);

    private final FailureWatch failures = watch(this.store, FailureLimits.DEFAULT);

    @Test
    void runningNodeIsUp() {
        this.node.joined(join("default")).with(container("default", WorkerContainerInfo.State.RUNNING));

        Health health = health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsOnlyKeys("worker", "database", "notifications")
                .containsEntry("notifications", "off")
                .containsEntry("database", "reachable")
                .containsEntry("worker", new WorkerNode(WorkerNode.State.RUNNING, 1L));
    }

    @Test
    void applicationThatOnlyProducesIsUp() {
        Health health =
                new TasklaneHealthIndicator(this.store, this.store, null, this.findings, this.failures).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("worker", new WorkerNode(WorkerNode.State.PRODUCES_ONLY, null));
    }

    @Test
    void stateOfTheNodeIsTold() {
        assertThat(health().getDetails()).containsEntry("worker", new WorkerNode(WorkerNode.State.STOPPED, null));

        this.node.with(container("default", WorkerContainerInfo.State.RUNNING));
        assertThat(health().getDetails()).containsEntry("worker", new WorkerNode(WorkerNode.State.JOINING, null));

        StubWorkerContainers draining =
                new StubWorkerContainers().joined(3).with(container("a", WorkerContainerInfo.State.DRAINING));
        assertThat(new TasklaneHealthIndicator(this.store, this.store, draining, this.findings, this.failures)
                        .health()
                        .getDetails())
                .containsEntry("worker", new WorkerNode(WorkerNode.State.DRAINING, 3L));
    }

    @Test
    void databaseThatDoesNotAnswerIsDown() {
        QueueStore away = Mockito.mock(QueueStore.class, invocation -> {
            throw new DataAccessResourceFailureException("connection refused");
        });

        Health health = new TasklaneHealthIndicator(away, this.store, this.node, this.findings, this.failures).health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("database", "not reachable")
                .hasEntrySatisfying(
                        "error", error -> assertThat(error.toString()).contains("connection refused"));
    }

    @Test
    void aDatabaseThatAnswersWithAnErrorIsNotOneThatIsAway() {
        assertThat(healthWith(new DataAccessResourceFailureException("connection refused"))
                        .getDetails())
                .containsEntry("database", "not reachable");
        Health health = healthWith(new TransientDataAccessResourceException("disk full"));
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("database", "answers with an error");
    }

    @Test
    void r30_aQueueWithTooManyFailedTasksIsTold() {
        StubQueueStore queues = new StubQueueStore().set("email", Map.of(TaskState.FAILED, 101L), null, 1);
        FailureWatch down = watch(queues, FailureLimits.DEFAULT);
        Health health = new TasklaneHealthIndicator(this.store, this.store, this.node, this.findings, down).health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("tooManyFailed", List.of(new TaskFailuresExceededEvent("email", 101, 100)));

        FailureWatch out = watch(queues, new FailureLimits(100, Map.of(), FailureLimits.Severity.OUT_OF_SERVICE));
        assertThat(new TasklaneHealthIndicator(this.store, this.store, this.node, this.findings, out)
                        .health()
                        .getStatus())
                .isEqualTo(Status.OUT_OF_SERVICE);
        this.node.feels(new WorkerHealth(
                Map.of("tasklane-poll", "OutOfMemoryError"),
                Map.of(),
                Set.of(),
                Set.of(),
                List.of(),
                NotificationHealth.OFF));
        assertThat(new TasklaneHealthIndicator(this.store, this.store, this.node, this.findings, out)
                        .health()
                        .getStatus())
                .isEqualTo(Status.DOWN);
    }

    @Test
    void decision16_failedThreadOfTheEngineIsDown() {
        this.node.feels(new WorkerHealth(
                Map.of("tasklane-fetch-email", "OutOfMemoryError"),
                Map.of(),
                Set.of(),
                Set.of(),
                List.of(),
                NotificationHealth.OFF));

        Health health = health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsEntry("engineErrors", Map.of("tasklane-fetch-email", "OutOfMemoryError"));
    }

    @Test
    void rank7_tasksThatGoOnAfterTheirTimeoutAreNamed() {
        String task = "task 'Report.build' 42 (queue 'reports')";
        this.node.feels(
                new WorkerHealth(Map.of(), Map.of(), Set.of(), Set.of(), List.of(task), NotificationHealth.OFF));

        Health health = health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("stuckTasks", List.of(task));
    }

    @Test
    void decision1_tasksThatThisNodeCannotRunAreToldByName() {
        this.node.feels(new WorkerHealth(
                Map.of(),
                Map.of("tasklane-heartbeat", "timeout"),
                Set.of("Old.task", "Gone.task"),
                Set.of("Mailer.send"),
                List.of(),
                NotificationHealth.OFF));

        Health health = health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsEntry("unknownTasks", Set.of("Gone.task", "Old.task"))
                .containsEntry("unreadableTasks", Set.of("Mailer.send"))
                .containsEntry("storeFailures", Map.of("tasklane-heartbeat", "timeout"));
    }

    @Test
    void c18_whetherNotificationsArriveIsTold() {
        this.node.feels(feeling(new NotificationHealth(NotificationHealth.State.ALIVE, null)));
        assertThat(health().getDetails()).containsEntry("notifications", "alive");

        this.node.feels(feeling(new NotificationHealth(NotificationHealth.State.NOT_ALIVE, "connection refused")));
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsEntry("notifications", "not alive: connection refused");
    }

    @Test
    void c16_queuesThatNobodyConsumesAreTold() {
        this.store.declare(QueueSpec.named("tpu"));
        this.store.declare(QueueSpec.named("email"));
        join("default", "email");

        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsEntry("unconsumedQueues", Set.of("tpu"));
    }

    @Test
    void c18_whatSlowsTheStoreDownIsToldAndTurnsNothingDown() {
        StoreFinding finding = new StoreFinding("long-transaction", "session 7", "is open", "end it");
        this.found.add(finding);

        Health health = health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("findings", List.of(finding));
    }

    @Test
    void c18_aDoctorThatFailsTurnsNothingDown() {
        StoreFindings failing = new StoreFindings(
                List.of(() -> {
                    throw new IllegalStateException("no connection");
                }),
                Runnable::run,
                () -> 0,
                StoreFindings.LIMITS);

        Health health = new TasklaneHealthIndicator(this.store, this.store, this.node, failing, this.failures).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).doesNotContainKey("findings");
    }

    @Test
    void deadWorkersConsumeNothing() {
        join("default");
        this.clock.advance(Duration.ofSeconds(11));
        this.store.recover(Duration.ofSeconds(10), 3);

        assertThat(health().getDetails()).containsEntry("unconsumedQueues", Set.of("default"));
    }

    private Health healthWith(RuntimeException failure) {
        QueueStore failing = Mockito.mock(QueueStore.class, invocation -> {
            throw failure;
        });
        return new TasklaneHealthIndicator(failing, this.store, this.node, this.findings, this.failures).health();
    }

    private static FailureWatch watch(QueueStore queues, FailureLimits limits) {
        return new FailureWatch(
                new CachedQueueStatistics(queues, Runnable::run, () -> 0, CachedQueueStatistics.LIMITS),
                limits,
                event -> {});
    }

    private Health health() {
        return new TasklaneHealthIndicator(this.store, this.store, this.node, this.findings, this.failures).health();
    }

    private static WorkerHealth feeling(NotificationHealth notifications) {
        return new WorkerHealth(Map.of(), Map.of(), Set.of(), Set.of(), List.of(), notifications);
    }

    private long join(String... queues) {
        return this.store.join(new WorkerDescription("shop", "localhost", 1, List.of(queues), 10, 0));
    }

    private static WorkerContainerInfo container(String queue, WorkerContainerInfo.State state) {
        return new WorkerContainerInfo(queue, List.of(queue), QueueOrder.STRICT, 10, 10, 10, 0, 0, state);
    }
}
