package io.tasklane.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSpec;
import io.tasklane.TaskId;
import io.tasklane.TaskQueues;
import io.tasklane.actuate.StubWorkerContainers;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.queue.TestQueues;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskStore;
import io.tasklane.store.WorkerDescription;
import io.tasklane.store.memory.InMemoryTaskStore;
import io.tasklane.test.MutableInstantSource;
import io.tasklane.worker.QueueOrder;
import io.tasklane.worker.WorkerContainerInfo;
import io.tasklane.worker.WorkerContainerSettings;
import io.tasklane.worker.WorkerNodeSettings;
import io.tasklane.worker.WorkerQueueSettings;
import io.tasklane.worker.WorkerSettings;
import io.tasklane.worker.WorkerThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

/** The endpoints as a client sees them: in a web application that Spring Boot configured. */
@SpringBootTest(
        properties = {
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.health.show-details=always",
            "spring.test.metrics.export=true",
        })
@DirtiesContext(classMode = ClassMode.AFTER_CLASS)
class TaskEndpointsWebTests {

    @Autowired
    private InMemoryTaskStore store;

    @Autowired
    private MutableInstantSource clock;

    private MockMvcTester web;

    @BeforeEach
    void open(@Autowired WebApplicationContext context) {
        this.web = MockMvcTester.from(context);
    }

    @Test
    void d1_queuesAreListedWithTheirSettings() {
        this.store.declare(QueueSpec.named("email")
                .concurrency(2, 20)
                .retries(5)
                .defaultPriority(7)
                .backoff(Duration.ofSeconds(90), 3, Duration.ofMinutes(30), 0)
                .tags("os=Linux", "has=gpu")
                .rateLimit(100, Duration.ofMinutes(1)));

        assertThat(get("taskqueues"))
                .bodyJson()
                .extractingPath("$.queues.email.settings")
                .asMap()
                .containsEntry("tags", List.of("has=gpu", "os=Linux"))
                .containsAllEntriesOf(Map.of(
                        "concurrency",
                        20,
                        "minConcurrency",
                        2,
                        "pollInterval",
                        "5s",
                        "executor",
                        "platform",
                        "retries",
                        5,
                        "defaultPriority",
                        7,
                        "backoff",
                        Map.of("initial", "90s", "multiplier", 3.0, "max", "30m", "jitter", 0.0),
                        "rateLimit",
                        100,
                        "rateInterval",
                        "60s",
                        "rateBurst",
                        10));
        assertThat(get("taskqueues/default"))
                .bodyJson()
                .extractingPath("$.settings")
                .asMap()
                .containsEntry("tags", null)
                .containsAllEntriesOf(Map.of(
                        "concurrency",
                        10,
                        "pollInterval",
                        "1s",
                        "executor",
                        "platform",
                        "retries",
                        3,
                        "defaultPriority",
                        0,
                        "backoff",
                        Map.of("initial", "60s", "multiplier", 2.0, "max", "1h", "jitter", 0.1)));
    }

    @Test
    void d17_numbersAreThoseOfTheStore() {
        this.store.declare(QueueSpec.named("reports"));
        insert("reports", 2);
        this.clock.advance(Duration.ofMillis(12_500));

        assertThat(get("taskqueues/reports")).bodyJson().isLenientlyEqualTo("""
                        {"state": "ACTIVE", "oldestAge": 12.5, "consumers": 0,
                         "tasks": {"SCHEDULED": 0, "BLOCKED": 0, "QUEUED": 2, "RUNNING": 0,
                                   "SUCCEEDED": 0, "FAILED": 0, "CANCELLED": 0, "EXPIRED": 0}}
                        """);
    }

    @Test
    void emptyQueueHasNoOldestTask() {
        assertThat(get("taskqueues/default"))
                .bodyJson()
                .extractingPath("$.oldestAge")
                .isNull();
    }

    @Test
    void pausedQueueIsShownAsPaused() {
        this.store.declare(QueueSpec.named("paused"));
        this.store.pause("paused", null);

        assertThat(get("taskqueues/paused"))
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("PAUSED");
    }

    @Test
    void c3_queueDeclaredOnAnotherNodeIsListed() {
        this.store.declare(QueueSpec.named("declared-elsewhere"));

        assertThat(get("taskqueues")).bodyJson().hasPath("$.queues.declared-elsewhere");
    }

    @Test
    void c3_unknownQueueIsNotFound() {
        assertThat(get("taskqueues/no-such-queue")).hasStatus(404);
    }

    @Test
    void nothingIsChangedWithoutUnrestrictedAccess() {
        assertThat(this.web
                        .post()
                        .uri("/actuator/taskqueues/default")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"paused\": true}"))
                .hasStatus(405);
        assertThat(this.web.delete().uri("/actuator/taskqueues/default?tasks=keep"))
                .hasStatus(405);
        assertThat(this.store.queue("default").orElseThrow().isPaused()).isFalse();
    }

    @Test
    void c1_pollIntervalAndConcurrencyOfEachQueueAreShown() {
        long id = join();

        assertThat(get("taskworkers/" + id))
                .bodyJson()
                .extractingPath("$.containers")
                .asArray()
                .containsExactly(
                        Map.ofEntries(
                                Map.entry("name", "email"),
                                Map.entry("queues", List.of("email")),
                                Map.entry("order", "strict"),
                                Map.entry("concurrency", 20),
                                Map.entry("minConcurrency", 5),
                                Map.entry("slots", 8),
                                Map.entry("running", 2),
                                Map.entry("stuck", 1),
                                Map.entry("state", "RUNNING"),
                                Map.entry("pollIntervals", Map.of("email", "5s")),
                                Map.entry("executor", "platform")),
                        Map.ofEntries(
                                Map.entry("name", "shared"),
                                Map.entry("queues", List.of("high", "low")),
                                Map.entry("order", "round-robin"),
                                Map.entry("concurrency", 5),
                                Map.entry("minConcurrency", 5),
                                Map.entry("slots", 5),
                                Map.entry("running", 0),
                                Map.entry("stuck", 0),
                                Map.entry("state", "DRAINING"),
                                Map.entry("pollIntervals", Map.of("high", "1s", "low", "60s")),
                                Map.entry("executor", "platform")));
    }

    @Test
    void workersOfAllNodesAreListed() {
        long here = join();
        long elsewhere = this.store.join(new WorkerDescription(
                "billing", "node-b", 4711, List.of("*", "has=gpu"), List.of("email"), List.of("email"), 30, 4));

        assertThat(get("taskworkers"))
                .bodyJson()
                .extractingPath("$.workers[?(@.id == " + elsewhere + ")]")
                .asArray()
                .singleElement(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("application", "billing")
                .containsEntry("host", "node-b")
                .containsEntry("pid", 4711)
                .containsEntry("tags", List.of("*", "has=gpu", "worker_id=" + elsewhere))
                .containsEntry("queues", List.of("email"))
                .containsEntry("concurrency", 30)
                .containsEntry("running", 4)
                .containsEntry("startedAt", this.clock.instant().toString())
                .containsEntry("heartbeatAt", this.clock.instant().toString())
                .containsEntry("alive", true)
                .containsEntry("stoppedQueues", List.of())
                .containsEntry("stoppedContainers", List.of())
                .containsEntry("containers", null);
        assertThat(get("taskworkers"))
                .bodyJson()
                .extractingPath("$.workers[*].id")
                .asArray()
                .contains((int) here);
    }

    @Test
    void unknownWorkerIsNotFound() {
        assertThat(get("taskworkers/987654321")).hasStatus(404);
        assertThat(get("taskworkers/nonsense")).hasStatus(404);
    }

    @Test
    void healthIsShown() {
        long id = join();

        assertThat(get("health/tasks")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                        {"status": "UP", "details": {"worker": {"state": "RUNNING", "id": %d}, "database": "reachable"}}
                        """.formatted(id));
    }

    @Test
    void d18_prometheusShowsTheDepth() {
        assertThat(get("prometheus"))
                .hasStatusOk()
                .bodyText()
                .contains("tasklane_queue_depth{queue=\"default\"} 0.0")
                .contains("tasklane_task_lease_lost_total 0.0");
    }

    private MockMvcTester.MockMvcRequestBuilder get(String path) {
        return this.web.get().uri("/actuator/" + path);
    }

    private long join() {
        long id = this.store.join(new WorkerDescription("shop", "node-a", 1, List.of("email"), 20, 2));
        NODE.joined(id);
        return id;
    }

    private void insert(String queue, int count) {
        for (int i = 0; i < count; i++) {
            TaskId id = this.store.newId();
            NewTask task = new NewTask(id, "Some.task", queue, 0, 3, "{}", Map.of(), null, null);
            this.store.insert(List.of(task), tasks -> {});
        }
    }

    private static final StubWorkerContainers NODE = new StubWorkerContainers()
            .with(new WorkerContainerInfo(
                    "email", List.of("email"), QueueOrder.STRICT, 20, 5, 8, 2, 1, WorkerContainerInfo.State.RUNNING))
            .with(new WorkerContainerInfo(
                    "shared",
                    List.of("high", "low"),
                    QueueOrder.ROUND_ROBIN,
                    5,
                    5,
                    5,
                    0,
                    0,
                    WorkerContainerInfo.State.DRAINING));

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        MutableInstantSource clock() {
            return new MutableInstantSource();
        }

        @Bean
        InMemoryTaskStore taskStore(MutableInstantSource clock) {
            return new InMemoryTaskStore(clock);
        }

        @Bean
        QueueRegistry queueRegistry(TaskStore store) {
            return new QueueRegistry(() -> store, TaskDefaults.DEFAULT);
        }

        @Bean
        TaskQueues taskQueues(TaskStore store, QueueRegistry registry) {
            return TestQueues.of(store, registry);
        }

        @Bean
        StubWorkerContainers workerContainers() {
            return NODE;
        }

        @Bean
        WorkerSettings workerSettings() {
            return new WorkerSettings(
                    WorkerNodeSettings.DEFAULT,
                    List.of("*"),
                    List.of(new WorkerContainerSettings(
                            "shared",
                            List.of("high", "low"),
                            Set.of(),
                            QueueOrder.ROUND_ROBIN,
                            ConcurrencyRange.of(5),
                            WorkerThreads.PLATFORM)),
                    WorkerQueueSettings.DEFAULT,
                    Map.of(
                            "email",
                            new WorkerQueueSettings(Duration.ofSeconds(5), WorkerThreads.PLATFORM),
                            "low",
                            new WorkerQueueSettings(Duration.ofMinutes(1), WorkerThreads.PLATFORM)));
        }
    }
}
