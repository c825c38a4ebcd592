package io.tasklane.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.NonRetryableTaskException;
import io.tasklane.Task;
import io.tasklane.TaskAdmin;
import io.tasklane.TaskClient;
import io.tasklane.TaskHandle;
import io.tasklane.TaskQueues;
import io.tasklane.TaskRequest;
import io.tasklane.TaskState;
import io.tasklane.TaskTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

/** Meters, health and endpoints of a whole application: what an operator sees of tasks that ran. */
@SpringBootTest(
        properties = {
            "tasklane.store=memory",
            "tasklane.queues.email.concurrency=2",
            "tasklane.queues.email.poll-interval=2s",
            "tasklane.queues.reports.concurrency=3",
            "tasklane.queues.reports.poll-interval=5s",
            "tasklane.queues.drained.concurrency=1",
            "tasklane.queues.paused.concurrency=1",
            "tasklane.queues.endless.concurrency=1",
            "tasklane.queues.strange.concurrency=1",
            "tasklane.queues.stubborn.concurrency=2",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.health.show-details=always",
            "spring.test.metrics.export=true",
        })
@DirtiesContext
class MetricsJourneyTests {

    /** A gauge may be five seconds old. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicBoolean LET_GO = new AtomicBoolean();

    @Autowired
    private Mailer mailer;

    @Autowired
    private TaskQueues queues;

    @Autowired
    private TaskClient tasks;

    @Autowired
    private TaskAdmin admin;

    private MockMvcTester web;

    @BeforeEach
    void open(@Autowired WebApplicationContext context) {
        this.web = MockMvcTester.from(context);
    }

    @Test
    void rank12_scrapeAfterThreeSuccessesAndOneFailureShowsThem() {
        for (int i = 0; i < 3; i++) {
            this.mailer.send("ada");
        }
        this.mailer.send("");

        await().atMost(PATIENCE).untilAsserted(() -> {
            String scrape = scrape();
            assertThat(line(scrape, "tasklane_task_execution_seconds_count", "outcome=\"succeeded\""))
                    .contains("task=\"Mailer.send\"", "queue=\"email\"")
                    .endsWith(" 3");
            assertThat(line(scrape, "tasklane_task_execution_seconds_count", "outcome=\"failed\""))
                    .contains("task=\"Mailer.send\"", "queue=\"email\"")
                    .endsWith(" 1");
            assertThat(line(scrape, "tasklane_task_wait_seconds_count", "queue=\"email\""))
                    .endsWith(" 4");
        });
        assertThat(scrape())
                .contains("tasklane_task_enqueued_total{queue=\"email\",task=\"Mailer.send\"} 4.0")
                .contains("tasklane_task_lease_lost_total 0.0");
        assertThat(line(scrape(), "tasklane_task_enqueue_seconds_count", "task=\"Mailer.send\""))
                .contains("queue=\"email\"")
                .endsWith(" 4");
    }

    @Test
    void x29_anExecutionThatIsCancelledIsCountedAsThat() {
        TaskHandle<Void> handle = this.tasks.enqueue(this.mailer::endless);
        await().until(() -> handle.state().orElseThrow() == TaskState.RUNNING);

        this.admin.cancel(handle.id());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                line(scrape(), "tasklane_task_execution_seconds_count", "outcome=\"cancelled\""))
                        .contains("task=\"Mailer.endless\"")
                        .endsWith(" 1"));
        assertThat(handle.state()).contains(TaskState.CANCELLED);
    }

    @Test
    void rank7_aTaskThatIgnoresItsTimeoutShowsUntilItEnds() {
        assertThat(scrape()).contains("tasklane_worker_stuck 0.0");
        TaskHandle<Void> handle = this.tasks.enqueue(this.mailer::stubborn);

        await().atMost(PATIENCE).until(handle::isFailed);

        assertThat(handle.error().orElseThrow().type()).isEqualTo(TaskTimeoutException.class.getName());
        assertThat(scrape()).contains("tasklane_worker_stuck 1.0");
        assertThat(get("taskworkers"))
                .bodyJson()
                .extractingPath("$.workers[0].containers[?(@.name == 'stubborn')].stuck")
                .asArray()
                .containsExactly(1);
        assertThat(get("health/tasks")).bodyJson().isLenientlyEqualTo("""
                        {"status": "UP", "details": {"stuckTasks": ["task 'Mailer.stubborn' %s (queue 'stubborn')"]}}
                        """.formatted(handle.id()));

        LET_GO.set(true);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(scrape()).contains("tasklane_worker_stuck 0.0"));
        assertThat(get("health/tasks")).bodyText().doesNotContain("stuckTasks");
        assertThat(handle.state()).contains(TaskState.FAILED);
        assertThat(line(scrape(), "tasklane_task_execution_seconds_count", "task=\"Mailer.stubborn\""))
                .contains("outcome=\"failed\"")
                .endsWith(" 1");
    }

    @Test
    void d17_d18_r5_depthsAreTheSameEverywhere() {
        this.queues.pause("paused");
        for (int i = 0; i < 10; i++) {
            this.mailer.paused();
        }

        assertThat(this.queues.depths()).containsEntry("paused", 10L).containsEntry("reports", 0L);
        assertThat(get("taskqueues/paused"))
                .bodyJson()
                .isLenientlyEqualTo("{\"state\": \"PAUSED\", \"tasks\": {\"QUEUED\": 10}}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape())
                        .contains("tasklane_queue_depth{queue=\"paused\"} 10.0")
                        .contains("tasklane_queue_depth{queue=\"reports\"} 0.0"));
    }

    @Test
    void x15_drainedQueueShowsZeroAndIsNotAbsent() {
        this.mailer.drained();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape())
                        .contains("tasklane_queue_tasks{queue=\"drained\",state=\"SUCCEEDED\"} 1.0")
                        .contains("tasklane_queue_depth{queue=\"drained\"} 0.0"));
    }

    @Test
    void c1_queuesShowTheirPollIntervalAndConcurrency() {
        assertThat(get("taskqueues/email"))
                .bodyJson()
                .isLenientlyEqualTo("{\"settings\": {\"concurrency\": 2, \"pollInterval\": \"2s\"}}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("taskworkers"))
                        .bodyJson()
                        .extractingPath("$.workers[0].containers[?(@.name == 'reports')]")
                        .asArray()
                        .containsExactly(Map.ofEntries(
                                Map.entry("name", "reports"),
                                Map.entry("queues", List.of("reports")),
                                Map.entry("order", "strict"),
                                Map.entry("concurrency", 3),
                                Map.entry("minConcurrency", 3),
                                Map.entry("slots", 3),
                                Map.entry("running", 0),
                                Map.entry("stuck", 0),
                                Map.entry("state", "RUNNING"),
                                Map.entry("pollIntervals", Map.of("reports", "5s")),
                                Map.entry("executor", "platform"))));
    }

    @Test
    void n17_theConfigurationIsShownByActuator() {
        assertThat(get("configprops/tasklane"))
                .bodyText()
                .contains("io.tasklane.autoconfigure.TasklaneProperties", "\"reports\"", "\"pollInterval\"");
    }

    @Test
    void decision1_tasksThatThisNodeCannotRunAreToldByName() {
        this.tasks.enqueue(TaskRequest.named("Old.task").queue("strange"));
        this.tasks.enqueue(
                TaskRequest.named("Mailer.count").argument("letters", "many").queue("strange"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("health/tasks")).bodyJson().isLenientlyEqualTo("""
                        {"status": "UP", "details": {"unknownTasks": ["Old.task"], "unreadableTasks": ["Mailer.count"]}}
                        """));
        assertThat(get("taskqueues/strange"))
                .bodyJson()
                .isLenientlyEqualTo("{\"tasks\": {\"QUEUED\": 1, \"SCHEDULED\": 1, \"FAILED\": 0}}");
    }

    @Test
    void healthIsUpOnceTheNodeHasJoined() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("health/tasks")).bodyJson().isLenientlyEqualTo("""
                        {"status": "UP", "details": {"worker": {"state": "RUNNING"}, "database": "reachable"}}
                        """));
    }

    private MockMvcTester.MockMvcRequestBuilder get(String path) {
        return this.web.get().uri("/actuator/" + path);
    }

    private String scrape() {
        return new String(get("prometheus").exchange().getResponse().getContentAsByteArray());
    }

    private static String line(String scrape, String meter, String tag) {
        return scrape.lines()
                .filter(line -> line.startsWith(meter + "{") && line.contains(tag))
                .reduce("", (one, other) -> one + other);
    }

    static class Mailer {

        @Task(queue = "email")
        public void send(String to) {
            if (to.isEmpty()) {
                throw new NonRetryableTaskException("nobody to write to");
            }
        }

        @Task(queue = "endless")
        public void endless() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Task(queue = "stubborn", timeout = "100ms", noRetryFor = TaskTimeoutException.class)
        public void stubborn() {
            while (!LET_GO.get()) {
                Thread.onSpinWait();
            }
        }

        @Task(queue = "paused")
        public void paused() {}

        @Task(queue = "strange")
        public void count(int letters) {}

        @Task(queue = "drained")
        public void drained() {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
            })
    static class Application {

        @Bean
        Mailer mailer() {
            return new Mailer();
        }
    }
}
