package io.tasklane.autoconfigure.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.tasklane.NoSuchQueueException;
import io.tasklane.TaskClient;
import io.tasklane.TaskExecutionException;
import io.tasklane.TaskHandle;
import io.tasklane.TaskId;
import io.tasklane.TaskPayloadException;
import io.tasklane.TaskQueues;
import io.tasklane.TaskRequest;
import io.tasklane.TaskState;
import io.tasklane.TaskTimeoutException;
import io.tasklane.TaskWaitTimeoutException;
import io.tasklane.actuate.autoconfigure.TasklaneEndpointAutoConfiguration;
import io.tasklane.actuate.endpoint.TaskQueueDescriptor;
import io.tasklane.actuate.endpoint.TaskQueuesEndpoint;
import io.tasklane.autoconfigure.TasklaneAnnotationAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneJacksonAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneJdbcAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneWorkerAutoConfiguration;
import io.tasklane.store.QueueStore;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskReader;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rows as an application sees them. Where an order counts, the queue is paused, filled and resumed, and runs one task at a
 * time.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RowTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Queue of tasks that this application does not know. */
    private static final String ELSEWHERE = "elsewhere";

    private final TestDatabaseProduct product;

    private TestDatabase database;

    private ConfigurableApplicationContext application;

    private Work work;

    private TaskClient tasks;

    private TaskQueues queues;

    private JdbcClient jdbc;

    RowTests(TestDatabaseProduct product) {
        this.product = product;
    }

    @BeforeAll
    void start() {
        this.database = TestDatabase.create(this.product);
        this.application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.datasource.url=" + this.database.url(),
                        "spring.datasource.username=" + this.database.username(),
                        "spring.datasource.password=" + this.database.password(),
                        "management.endpoints.web.exposure.include=*",
                        "tasklane.defaults.concurrency=1",
                        "tasklane.defaults.backoff.initial=1ms",
                        "tasklane.queues.email.concurrency=1",
                        "tasklane.queues.reports.concurrency=2",
                        "tasklane.queues.vip.retries=5",
                        "tasklane.queues.five.default-priority=5",
                        "tasklane.queues.elsewhere=",
                        "tasklane.queues.high=",
                        "tasklane.queues.medium=",
                        "tasklane.queues.low=",
                        "tasklane.worker.containers.lanes.queues=high,medium,low",
                        "tasklane.worker.containers.lanes.concurrency=1",
                        // Names that mean something elsewhere.
                        "tasklane.queues.urgent=",
                        "tasklane.queues.background=",
                        "tasklane.worker.containers.named.queues=background,urgent",
                        "tasklane.worker.containers.named.concurrency=1")
                .run();
        this.work = this.application.getBean(Work.class);
        this.tasks = this.application.getBean(TaskClient.class);
        this.queues = this.application.getBean(TaskQueues.class);
        this.jdbc = JdbcClient.create(this.application.getBean(DataSource.class));
    }

    @AfterAll
    void stop() {
        this.application.close();
        this.database.close();
    }

    @BeforeEach
    void forget() {
        this.work.clear();
    }

    @AfterEach
    void awaitTheRest() {
        await().atMost(PATIENCE)
                .until(() -> this.application.getBean(QueueStore.class).statistics().stream()
                        .filter(queue -> !queue.queue().equals(ELSEWHERE))
                        .allMatch(queue -> queue.count(TaskState.QUEUED) + queue.count(TaskState.RUNNING) == 0));
    }

    @Test
    void d1_p9_c1_queuesOfTheSettingsAreListedWithThem() {
        Map<String, TaskQueueDescriptor> listed =
                this.application.getBean(TaskQueuesEndpoint.class).queues().queues();
        assertThat(listed)
                .containsOnlyKeys(
                        "background",
                        "default",
                        "elsewhere",
                        "email",
                        "five",
                        "high",
                        "low",
                        "medium",
                        "reports",
                        "urgent",
                        "vip");
        assertThat(listed.get("reports").settings().concurrency()).isEqualTo(2);
        assertThat(listed.get("vip").settings().retries()).isEqualTo(5);
        assertThat(listed.get("five").settings().defaultPriority()).isEqualTo(5);
        assertThat(listed.get("high").settings().concurrency())
                .as("the node's default")
                .isEqualTo(1);
    }

    @Test
    void d2_theQueueOfTheAnnotationElseDefault() {
        paused(List.of("email", "default"), () -> {
            TaskHandle<String> mail = this.work.mail("a");
            TaskHandle<String> plain = this.work.plain("b");
            assertThat(row(mail)).containsEntry("queue", "email").containsEntry("state", "QUEUED");
            assertThat(row(plain)).containsEntry("queue", "default").containsEntry("state", "QUEUED");
        });
    }

    @Test
    void d3_p10_theQueueOfACallIsForThisCallOnly() {
        paused(List.of("email", "vip"), () -> {
            TaskHandle<String> vip = this.tasks.with(o -> o.queue("vip")).enqueue(() -> this.work.mail("a"));
            TaskHandle<Void> noArguments = this.tasks.with(o -> o.queue("vip")).enqueue(() -> this.work.nothing());
            TaskHandle<String> next = this.work.mail("b");
            assertThat(stored(vip).queue()).isEqualTo("vip");
            assertThat(stored(noArguments).queue()).isEqualTo("vip");
            assertThat(stored(next).queue()).isEqualTo("email");
        });
    }

    @Test
    void d4_mapRecordAndInstantArriveEqual() {
        Map<String, Object> map = new HashMap<>(Map.of("text", "ü\u0000€", "number", 3, "list", List.of(true, 1.5)));
        map.put("nothing", null);
        Work.Order order = new Work.Order(7, List.of(new Work.Item("Lamp", 2)));
        Instant instant = Instant.parse("2026-11-22T10:15:30.123456789Z");
        assertThat(this.work.echo(map, order, instant, YearMonth.of(2026, 11)).get(PATIENCE))
                .isTrue();
        assertThat(this.work.arrived()).containsExactly(map, order, instant, YearMonth.of(2026, 11));
    }

    @Test
    void d4_anArgumentThatCannotBeWrittenThrowsAtTheCallAndLeavesNoRow() {
        long before = rows();
        Map<String, Object> bad = new HashMap<>(Map.of("stream", new Object()));
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> this.work.echo(bad, new Work.Order(1, List.of()), Instant.EPOCH, YearMonth.of(1, 1)))
                .withMessageContaining("'map'")
                .withMessageContaining("Work.echo");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void d9_x1_p1_aHigherNumberRunsFirstAndANegativeOneLast() {
        paused(List.of("email"), () -> {
            for (int priority : new int[] {-10, 0, 10}) {
                this.tasks.with(o -> o.priority(priority)).enqueue(() -> this.work.mail("p" + priority));
            }
        });
        assertThat(orderOf(3)).containsExactly("p10", "p0", "p-10");
    }

    @Test
    void d10_x3_anUrgentCallOfTheSameTaskOvertakesAndZeroIsAValue() {
        paused(List.of("email"), () -> {
            this.work.mail("normal");
            this.tasks.with(o -> o.priority(10)).enqueue(() -> this.work.mail("urgent"));
            TaskHandle<String> zero = this.tasks.with(o -> o.priority(0)).enqueue(() -> this.work.urgentMail("zero"));
            assertThat(stored(zero).priority()).isZero();
            assertThat(stored(this.work.urgentMail("ten")).priority()).isEqualTo(10);
        });
        assertThat(orderOf(4)).containsExactly("urgent", "ten", "normal", "zero");
    }

    @Test
    void d11_p12_equalPrioritiesRunInTheOrderOfTheCalls() {
        List<String> expected = IntStream.range(0, 30).mapToObj(i -> "m" + i).toList();
        paused(List.of("email"), () -> expected.forEach(this.work::mail));
        assertThat(orderOf(30)).isEqualTo(expected);
    }

    @Test
    void r3_aPriorityTaskEnqueuedLastRunsFirstAndIsCounted() {
        paused(List.of("email"), () -> {
            this.work.mail("first");
            this.work.mail("second");
            this.tasks.with(o -> o.priority(5)).enqueue(() -> this.work.mail("priority"));
            assertThat(this.queues.depths()).containsEntry("email", 3L);
        });
        assertThat(orderOf(3)).containsExactly("priority", "first", "second");
    }

    @Test
    void p8_aPasswordResetStartsBeforeFiftyWeeklyMails() {
        paused(List.of("email"), () -> {
            IntStream.range(0, 50).forEach(i -> this.work.mail("weekly" + i));
            this.tasks.with(o -> o.priority(9)).enqueue(() -> this.work.mail("reset"));
        });
        assertThat(orderOf(51)).hasSize(51).first().isEqualTo("reset");
    }

    @Test
    void d17_r5_depthsAreThoseThatSqlCounts() {
        paused(List.of("email", "reports"), () -> {
            IntStream.range(0, 3).forEach(i -> this.work.mail("m" + i));
            IntStream.range(0, 2).forEach(i -> this.work.report("r" + i));
            assertThat(this.queues.depths())
                    .containsEntry("email", 3L)
                    .containsEntry("reports", 2L)
                    .containsEntry("default", 0L);
            Map<String, Long> counted = new HashMap<>();
            this.jdbc
                    .sql("select queue, count(*) from tasklane_tasks where state = 'QUEUED' group by queue")
                    .query(row -> {
                        counted.put(row.getString(1), row.getLong(2));
                    });
            assertThat(this.queues.depths()).containsAllEntriesOf(counted);
            assertThat(counted).containsEntry("email", 3L).containsEntry("reports", 2L);
        });
    }

    @Test
    void p4_thePriorityOfTheQueueAppliesWhereTheTaskHasNone() {
        paused(List.of("five"), () -> {
            TaskHandle<?> plain = this.tasks.with(o -> o.queue("five")).enqueue(() -> this.work.plain("x"));
            TaskHandle<?> zero = this.tasks.with(o -> o.queue("five")).enqueue(() -> this.work.zero());
            assertThat(stored(plain).priority()).isEqualTo(5);
            assertThat(stored(zero).priority()).isZero();
        });
    }

    @Test
    void p11_p17_strictOrderTakesFromHighThenMediumThenLow() {
        busy("high", () -> {
            for (String queue : List.of("low", "medium", "high")) {
                this.tasks.with(o -> o.queue(queue)).batch(() -> {
                    for (int i = 0; i < 5; i++) {
                        this.work.plain(queue + i);
                    }
                });
            }
        });
        assertThat(orderOf(15).stream().map(name -> name.replaceAll("\\d", "")).distinct())
                .containsExactly("high", "medium", "low");
    }

    @Test
    void x4_noNameOfAQueueHasAMeaning() {
        busy("background", () -> {
            this.tasks.with(o -> o.queue("urgent").priority(9)).enqueue(() -> this.work.plain("urgent"));
            this.tasks.with(o -> o.queue("background")).enqueue(() -> this.work.plain("background"));
        });
        assertThat(orderOf(2)).as("the order of the container").containsExactly("background", "urgent");
    }

    @Test
    void a8_x20_anUnknownNameIsAcceptedAndAnUnknownQueueRefused() {
        TaskHandle<?> handle = this.tasks.enqueue(
                TaskRequest.named("other.application-task").queue(ELSEWHERE).argument("to", "ada"));
        assertThat(stored(handle).task()).isEqualTo("other.application-task");
        long before = rows();
        assertThatExceptionOfType(NoSuchQueueException.class)
                .isThrownBy(
                        () -> this.tasks.enqueue(TaskRequest.named("Work.mail").queue("emial")))
                .withMessageContaining("emial")
                .withMessageContaining("email");
        assertThatExceptionOfType(NoSuchQueueException.class)
                .isThrownBy(() -> this.tasks.with(o -> o.queue("Email")).enqueue(() -> this.work.mail("x")));
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void a9_x17_x18_aDelayIsKeptInTheDatabase() {
        TaskHandle<String> handle =
                this.tasks.with(o -> o.delay(Duration.ofSeconds(2))).enqueue(() -> this.work.plain("late"));
        assertThat(row(handle)).containsEntry("state", "SCHEDULED");
        assertThat(handle.get(PATIENCE)).isEqualTo("late");
        StoredTask task = stored(handle);
        assertThat(task.startedAt())
                .isAfterOrEqualTo(task.createdAt().plusSeconds(2))
                .isBefore(task.createdAt().plusSeconds(10));
    }

    @Test
    void a24_runAtIsNullPastOrFuture() {
        paused(List.of("default"), () -> {
            Instant now = stored(this.work.plain("now")).createdAt();
            assertThat(List.of(
                            TaskRequest.named("Work.plain").argument("name", "null"),
                            TaskRequest.named("Work.plain")
                                    .argument("name", "past")
                                    .runAt(now.minusSeconds(3600)),
                            TaskRequest.named("Work.plain")
                                    .argument("name", "future")
                                    .runAt(now.plusSeconds(3600))))
                    .extracting(request -> this.tasks.enqueue(request).state().orElseThrow())
                    .containsExactly(TaskState.QUEUED, TaskState.QUEUED, TaskState.SCHEDULED);
        });
    }

    @Test
    void a11_x10_r24_retriesAreWhatComesAfterTheFirstAttempt() {
        TaskHandle<?> handle = this.tasks.enqueue(() -> this.work.failing("always"));
        awaitState(handle, TaskState.FAILED);
        assertThat(this.work.started()).containsExactly("always 1", "always 2", "always 3");
        assertThat(stored(handle).retries()).isEqualTo(2);
        assertThat(row(handle).get("max_attempts")).extracting(Object::toString).isEqualTo("3");
    }

    @Test
    void a12_anInitialWaitOfZeroRetriesAtOnce() {
        TaskHandle<?> handle = this.tasks.enqueue(() -> this.work.impatient("now"));
        awaitState(handle, TaskState.FAILED);
        assertThat(this.work.started()).hasSize(3);
        assertThat(Duration.between(stored(handle).createdAt(), stored(handle).finishedAt()))
                .as("without the wait of a minute that is its longest")
                .isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a14_aThousandRequestsGiveAThousandIdsInTheirOrder() {
        List<TaskRequest> requests = IntStream.range(0, 1_000)
                .mapToObj(i -> TaskRequest.named("Bulk.task").queue(ELSEWHERE).argument("number", i))
                .toList();
        List<TaskHandle<?>> handles = this.tasks.enqueueAll(requests);
        assertThat(handles).hasSize(1_000).extracting(TaskHandle::id).doesNotHaveDuplicates();
        for (int i : new int[] {0, 499, 999}) {
            assertThat(stored(handles.get(i)).payload()).isEqualTo("{\"number\":%d}".formatted(i));
        }
        long before = rows();
        List<TaskRequest> oneInvalid = new ArrayList<>(requests);
        oneInvalid.set(500, TaskRequest.named("Bulk.task").queue("nowhere"));
        assertThatExceptionOfType(NoSuchQueueException.class).isThrownBy(() -> this.tasks.enqueueAll(oneInvalid));
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void r2_aRowHasNamePayloadTimeAndState() {
        paused(List.of("email"), () -> {
            TaskHandle<String> handle = this.work.mail("ada");
            assertThat(row(handle))
                    .containsEntry("task", "Work.mail")
                    .containsEntry("payload", "{\"name\":\"ada\"}")
                    .containsEntry("state", "QUEUED")
                    .containsKey("created_at");
            assertThat(Duration.between(stored(handle).createdAt(), Instant.now())
                            .abs())
                    .as("the instant, whatever the time zones of database and JVM")
                    .isLessThan(Duration.ofMinutes(5));
        });
    }

    @Test
    void r10_resultsComeBackInTheirType() {
        assertThat(this.work.plain("text").get(PATIENCE)).isEqualTo("text");
        assertThat(this.work.order(3).get(PATIENCE)).isEqualTo(new Work.Order(3, List.of(new Work.Item("Lamp", 1))));
    }

    @Test
    void r11_aRetryFromInsideChoosesItsDelay() {
        TaskHandle<?> handle = this.tasks.enqueue(() -> this.work.later("soon", Duration.ofMinutes(1)));
        awaitState(handle, TaskState.SCHEDULED);
        StoredTask task = stored(handle);
        assertThat(task.id()).isEqualTo(handle.id());
        assertThat(task.retriesUsed()).isEqualTo(1);
        assertThat(Duration.between(task.createdAt(), task.runAt()))
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(80));

        TaskHandle<?> busy = this.tasks.enqueue(() -> this.work.later("again", Duration.ZERO));
        awaitState(busy, TaskState.FAILED);
        assertThat(this.work.started())
                .filteredOn(name -> name.startsWith("again"))
                .hasSize(4);
        assertThat(busy.error().orElseThrow().type()).isEqualTo(IOException.class.getName());
    }

    @Test
    void r12_x16_theCallerReturnsBeforeTheBodyRunsOnAThreadOfItsOwn() throws InterruptedException {
        CountDownLatch gate = this.work.closeGate();
        TaskHandle<String> handle = this.work.gated();
        assertThat(gate.getCount()).as("the call has returned").isEqualTo(1);
        gate.countDown();
        assertThat(handle.get(PATIENCE)).startsWith("task-default-");
    }

    @Test
    void r14_waitsEndWithTheirTimeAndTellOfFailures() throws InterruptedException {
        CountDownLatch gate = this.work.closeGate();
        TaskHandle<String> slow = this.work.gated();
        assertThatExceptionOfType(TaskWaitTimeoutException.class)
                .isThrownBy(() -> slow.get(Duration.ofMillis(300)))
                .withMessageContaining(slow.id().toString());
        gate.countDown();
        assertThat(slow.get(PATIENCE)).isNotEmpty();
        assertThat(slow.isSucceeded()).isTrue();

        TaskHandle<?> bad = this.tasks.enqueue(() -> this.work.permanent());
        assertThatExceptionOfType(TaskExecutionException.class)
                .isThrownBy(() -> bad.get(PATIENCE))
                .satisfies(ex -> {
                    assertThat(ex.error().type()).isEqualTo("io.tasklane.NonRetryableTaskException");
                    assertThat(ex.error().message()).isEqualTo("never");
                    assertThat(ex.error().stack()).contains("Work.permanent");
                });

        TaskHandle<?> waiting = this.tasks.enqueue(() -> this.work.waitInside());
        awaitState(waiting, TaskState.FAILED);
        assertThat(waiting.error().orElseThrow().message()).contains("inside a task");

        assertThatIllegalStateException()
                .isThrownBy(() -> inTransaction(() -> this.work.plain("x").get(PATIENCE)))
                .withMessageContaining("after the commit");
    }

    @Test
    void r21_rank10_theHistoryOfEachAttemptIsKept() throws IOException {
        TaskHandle<String> handle = this.work.atLast("fourth", null);
        assertThat(handle.get(PATIENCE)).isEqualTo("fourth");
        List<Map<String, Object>> attempts = this.jdbc
                .sql("select * from tasklane_attempts where task_id = ? order by number")
                .param(handle.id().value())
                .query()
                .listOfRows();
        assertThat(attempts)
                .extracting(row -> row.get("outcome"))
                .containsExactly("RETRIED", "RETRIED", "RETRIED", "SUCCEEDED");
        assertThat(attempts)
                .extracting(row -> row.get("error_message"))
                .containsExactly("attempt 1", "attempt 2", "attempt 3", null);
        assertThat(attempts)
                .allSatisfy(row -> assertThat(row)
                        .doesNotContainEntry("worker_id", null)
                        .doesNotContainEntry("started_at", null)
                        .doesNotContainEntry("finished_at", null));
    }

    @Test
    void r25_aPermanentErrorFailsAtOnce() {
        TaskHandle<?> handle = this.tasks.with(o -> o.retries(3)).enqueue(() -> this.work.permanent());
        awaitState(handle, TaskState.FAILED);
        assertThat(stored(handle).retriesUsed()).isZero();
        TaskHandle<?> listed = this.tasks.with(o -> o.retries(3)).enqueue(() -> this.work.notRetried());
        awaitState(listed, TaskState.FAILED);
        assertThat(stored(listed).retriesUsed()).isZero();
    }

    @Test
    void r27_rank7_aTaskThatHangsIsInterruptedAtItsTimeoutAndTriedAgain() {
        TaskHandle<?> handle = this.tasks.enqueue(() -> this.work.hanging("hanging"));
        awaitState(handle, TaskState.FAILED);
        assertThat(this.work.started()).containsExactly("hanging", "hanging");
        List<Map<String, Object>> attempts = this.jdbc
                .sql("select * from tasklane_attempts where task_id = ? order by number")
                .param(handle.id().value())
                .query()
                .listOfRows();
        assertThat(attempts).extracting(row -> row.get("outcome")).containsExactly("RETRIED", "FAILED");
        assertThat(attempts)
                .extracting(row -> row.get("error_class"))
                .containsOnly(TaskTimeoutException.class.getName());
        StoredTask task = stored(handle);
        assertThat(Duration.between(task.startedAt(), task.finishedAt()))
                .isBetween(Duration.ofMillis(299), Duration.ofSeconds(10));
    }

    @Test
    void rank1_n1_aTaskExistsOnlyIfItsTransactionCommits() {
        long before = rows();
        assertThatIllegalStateException()
                .isThrownBy(() -> inTransaction(() -> {
                    this.work.plain("lost");
                    throw new IllegalStateException("rolled back");
                }));
        assertThat(rows()).isEqualTo(before);

        List<TaskHandle<String>> committed = new ArrayList<>();
        inTransaction(() -> {
            committed.add(this.work.plain("kept"));
            assertThat(inOtherThread(() -> rows())).as("seen by others").isEqualTo(before);
            assertThat(this.work.started()).isEmpty();
        });
        assertThat(rows()).isEqualTo(before + 1);
        assertThat(committed.get(0).get(PATIENCE)).isEqualTo("kept");
        assertThat(this.work.started()).containsExactly("kept");
    }

    @Test
    void rank11_aTaskSeesTheNumberOfItsAttempt() throws IOException {
        TaskHandle<String> handle = this.work.atLast("context", null);
        assertThat(handle.get(PATIENCE)).isEqualTo("context");
        assertThat(this.work.started()).containsExactly("context 1", "context 2", "context 3", "context 4");
        assertThat(stored(handle).payload()).isEqualTo("{\"name\":\"context\"}");
    }

    @Test
    void r16_anUnknownIdIsEmptyAndNotPending() {
        TaskHandle<Object> unknown = this.tasks.handle(new TaskId(Long.MAX_VALUE));
        assertThat(unknown.state()).isEmpty();
        assertThat(unknown.result()).isEmpty();
        assertThat(unknown.error()).isEmpty();
        assertThat(unknown.isReady()).isFalse();
    }

    private void paused(List<String> names, Runnable filling) {
        names.forEach(this.queues::pause);
        try {
            filling.run();
        } finally {
            names.forEach(this.queues::resume);
        }
    }

    /** Fills queues while the one slot of their container is taken. */
    private void busy(String queue, Runnable filling) {
        CountDownLatch gate = this.work.closeGate();
        TaskHandle<?> taken = this.tasks.with(o -> o.queue(queue)).enqueue(() -> this.work.gated());
        awaitState(taken, TaskState.RUNNING);
        filling.run();
        gate.countDown();
    }

    /** Names of the bodies in the order in which they started, once there are so many. */
    private List<String> orderOf(int count) {
        await().atMost(PATIENCE).until(() -> this.work.started().size() >= count);
        return this.work.started();
    }

    private void awaitState(TaskHandle<?> handle, TaskState state) {
        await().atMost(PATIENCE)
                .until(() -> handle.state().filter(state::equals).isPresent());
    }

    private StoredTask stored(TaskHandle<?> handle) {
        return this.application.getBean(TaskReader.class).find(handle.id()).orElseThrow();
    }

    private Map<String, Object> row(TaskHandle<?> handle) {
        return this.jdbc
                .sql("select * from tasklane_tasks where id = ?")
                .param(handle.id().value())
                .query()
                .singleRow();
    }

    private long rows() {
        return this.jdbc
                .sql("select count(*) from tasklane_task")
                .query(Long.class)
                .single();
    }

    private void inTransaction(Runnable body) {
        new TransactionTemplate(this.application.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> body.run());
    }

    private static <T> T inOtherThread(java.util.function.Supplier<T> reading) {
        return java.util.concurrent.CompletableFuture.supplyAsync(reading).join();
    }

    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        TasklaneAnnotationAutoConfiguration.class,
        TasklaneAutoConfiguration.class,
        TasklaneEndpointAutoConfiguration.class,
        TasklaneJacksonAutoConfiguration.class,
        TasklaneJdbcAutoConfiguration.class,
        TasklaneWorkerAutoConfiguration.class
    })
    @Import(Work.class)
    static class Application {}
}
