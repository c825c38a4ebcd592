package io.tasklane.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.Completion;
import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueSpec;
import io.tasklane.TaskHandle;
import io.tasklane.TaskId;
import io.tasklane.TaskPayloadException;
import io.tasklane.TaskRequest;
import io.tasklane.TaskState;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskParameter;
import io.tasklane.store.NewTask;
import io.tasklane.store.StoredTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefaultTaskClientTests {

    private final ProducerRig rig = new ProducerRig();

    private final DefaultTaskClient client = this.rig.client();

    @Test
    void d2_queueOfTheDefinitionElseDefault() {
        this.client.submit(definition("Mailer.a", "email", null, null, null), new Object[] {1L, "x"});
        this.client.submit(definition("Mailer.b", "default", null, null, null), new Object[] {1L, "x"});
        assertThat(this.rig.stored()).extracting(StoredTask::queue).containsExactly("email", "default");
        assertThat(this.rig.stored()).extracting(StoredTask::state).containsOnly(TaskState.QUEUED);
    }

    @Test
    void d3_p10_queueOfTheCallWinsForThatCallOnly() {
        TaskDefinition mail = definition("Mailer.a", "email", null, null, null);
        this.client.with(o -> o.queue("vip")).enqueue(() -> submit(mail));
        submit(mail);
        assertThat(this.rig.stored()).extracting(StoredTask::queue).containsExactly("vip", "email");
    }

    @Test
    void r2_rowHasNamePayloadTimeAndState() {
        Instant before = Instant.now();
        this.client.submit(definition("Mailer.a", "email", null, null, null), new Object[] {42L, "hello"});
        StoredTask task = this.rig.only();
        assertThat(task.task()).isEqualTo("Mailer.a");
        assertThat(task.payload()).isEqualTo("{\"userId\":42,\"template\":\"hello\"}");
        assertThat(task.state()).isEqualTo(TaskState.QUEUED);
        assertThat(task.createdAt())
                .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
    }

    @Test
    void d10_x3_p4_p8_priorityOfTheCallThenAnnotationThenQueueThenDefault() {
        this.rig.store().declare(QueueSpec.named("five").defaultPriority(5));
        this.client.submit(definition("T.plain", "default", null, null, null), arguments());
        this.client.submit(definition("T.queue", "five", null, null, null), arguments());
        this.client.submit(definition("T.zero", "five", 0, null, null), arguments());
        TaskDefinition ten = definition("T.ten", "five", 10, null, null);
        this.client.submit(ten, arguments());
        this.client.with(o -> o.priority(0)).enqueue(() -> submit(ten));
        this.client.with(o -> o.priority(-2147483647)).enqueue(() -> submit(ten));
        assertThat(this.rig.stored()).extracting(StoredTask::priority).containsExactly(0, 5, 0, 10, 0, -2147483647);
    }

    @Test
    void retriesOfTheCallThenAnnotationThenQueueThenDefault() {
        this.rig.store().declare(QueueSpec.named("seven").retries(7));
        this.client.submit(definition("T.plain", "default", null, null, null), arguments());
        this.client.submit(definition("T.queue", "seven", null, null, null), arguments());
        TaskDefinition two = definition("T.two", "seven", null, 2, null);
        this.client.submit(two, arguments());
        this.client.with(o -> o.retries(0)).enqueue(() -> submit(two));
        assertThat(this.rig.stored()).extracting(StoredTask::retries).containsExactly(3, 7, 2, 0);
    }

    @Test
    void decision15_aTaskThatStartsOnceHasNoRetriesAndACallCannotGiveItAny() {
        this.rig.store().declare(QueueSpec.named("seven").retries(7));
        TaskDefinition once = definition("T.once", "seven", null, null, null, Completion.BEFORE_RUN);
        know(once);
        submit(once);
        this.client.with(o -> o.retries(0)).enqueue(() -> submit(once));
        this.client.enqueue(TaskRequest.named("T.once"));
        assertThat(this.rig.stored()).extracting(StoredTask::retries).containsExactly(0, 0, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.client.with(o -> o.retries(2)).enqueue(() -> submit(once)))
                .withMessageContaining("'T.once'")
                .withMessageContaining("2 retries");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> this.client.enqueue(TaskRequest.named("T.once").retries(1)));
        assertThat(this.rig.stored()).hasSize(3);
    }

    @Test
    void a9_x17_delayGivesAHandleAndAScheduledTask() {
        TaskDefinition delayed = definition("T.delayed", "default", null, null, Duration.ofSeconds(10));
        TaskHandle<?> byAnnotation = this.client.submit(delayed, arguments());
        TaskHandle<?> byCall =
                this.client.with(o -> o.delay(Duration.ofMinutes(1))).enqueue(() -> submit(delayed));
        TaskHandle<?> atOnce = this.client.with(o -> o.delay(Duration.ZERO)).enqueue(() -> submit(delayed));
        assertThat(inserted())
                .extracting(NewTask::delay)
                .containsExactly(Duration.ofSeconds(10), Duration.ofMinutes(1), null);
        assertThat(List.of(byAnnotation, byCall, atOnce))
                .extracting(handle -> handle.state().orElseThrow())
                .containsExactly(TaskState.SCHEDULED, TaskState.SCHEDULED, TaskState.QUEUED);
    }

    @Test
    void a24_runAtNullAndPastMeanAtOnceAndFutureMeansScheduled() {
        List<TaskHandle<?>> handles = this.client.enqueueAll(List.of(
                TaskRequest.named("T.x").runAt(null),
                TaskRequest.named("T.x").runAt(Instant.now().plusSeconds(600)),
                TaskRequest.named("T.x").runAt(Instant.now().minusSeconds(600))));
        assertThat(handles)
                .extracting(handle -> handle.state().orElseThrow())
                .containsExactly(TaskState.QUEUED, TaskState.SCHEDULED, TaskState.QUEUED);
    }

    @Test
    void runAtOfTheCallReplacesTheDelayOfTheAnnotation() {
        Instant later = Instant.now().plusSeconds(60);
        TaskDefinition delayed = definition("T.delayed", "default", null, null, Duration.ofSeconds(10));
        this.client.with(o -> o.delay(Duration.ofDays(1)).runAt(later)).enqueue(() -> submit(delayed));
        this.client.with(o -> o.runAt(later).delay(Duration.ofDays(1))).enqueue(() -> submit(delayed));
        assertThat(inserted()).extracting(NewTask::runAt).containsExactly(later, null);
        assertThat(inserted()).extracting(NewTask::delay).containsExactly(null, Duration.ofDays(1));
    }

    @Test
    void a8_nameThatIsUnknownHereIsAcceptedWithTheDefaults() {
        TaskHandle<?> handle = this.client.enqueue(
                TaskRequest.named("other.app-task").argument("userId", 42).argument("template", "hi"));
        StoredTask task = this.rig.only();
        assertThat(handle.id()).isEqualTo(task.id());
        assertThat(task.task()).isEqualTo("other.app-task");
        assertThat(task.queue()).isEqualTo("default");
        assertThat(task.priority()).isZero();
        assertThat(task.retries()).isEqualTo(3);
        assertThat(task.payload()).isEqualTo("{\"userId\":42,\"template\":\"hi\"}");
    }

    @Test
    void byNameTheRequestWinsOverOptionsAndTheseOverTheAnnotation() {
        know(definition("T.known", "email", 10, 2, Duration.ofSeconds(5)));
        this.client.enqueue(TaskRequest.named("T.known"));
        this.client
                .with(o -> o.queue("vip").priority(1))
                .enqueue(TaskRequest.named("T.known").priority(7).retries(0));
        assertThat(inserted()).extracting(NewTask::queue).containsExactly("email", "vip");
        assertThat(inserted()).extracting(NewTask::priority).containsExactly(10, 7);
        assertThat(inserted()).extracting(NewTask::retries).containsExactly(2, 0);
        assertThat(inserted()).extracting(NewTask::delay).containsOnly(Duration.ofSeconds(5));
    }

    @Test
    void byNameAnArgumentThatNoParameterHasIsRefusedWithThoseThatExist() {
        know(definition("T.known", "email", null, null, null));
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(
                        () -> this.client.enqueue(TaskRequest.named("T.known").argument("userID", 1)))
                .withMessageContaining("'userID'")
                .withMessageContaining("userId, template");
        assertThat(this.rig.stored()).isEmpty();
    }

    @Test
    void byNameValuesThatOnlyConvertToTheDeclaredTypeAreWritten() {
        know(definition("T.known", "email", null, null, null));
        this.client.enqueue(TaskRequest.named("T.known").argument("userId", 42).argument("template", null));
        assertThat(this.rig.only().payload()).isEqualTo("{\"userId\":42,\"template\":null}");
    }

    @Test
    void byNameAnAliasIsKnownToo() {
        know(new TaskDefinition(
                "T.now",
                List.of("T.before"),
                1,
                "email",
                null,
                null,
                TaskBackoff.UNSET,
                RetryableFailures.ALL,
                null,
                null,
                Completion.AFTER_RUN,
                null,
                List.of(),
                null,
                "test"));
        this.client.enqueue(TaskRequest.named("T.before"));
        assertThat(this.rig.only().queue()).isEqualTo("email");
        assertThat(this.rig.only().task()).isEqualTo("T.before");
    }

    @Test
    void r23_aTaskHasTheVersionOfItsAnnotationOrOfTheRequest() {
        TaskDefinition known = definition("T.known", 3);
        know(known);
        submit(known);
        this.client.enqueue(TaskRequest.named("T.known").argument("userId", 1));
        this.client.enqueue(TaskRequest.named("T.known").version(4).argument("user", 1));
        this.client.enqueue(TaskRequest.named("T.unknown"));
        this.client.enqueue(TaskRequest.named("T.unknown").version(2));
        assertThat(inserted()).extracting(NewTask::version).containsExactly(3, 3, 4, 1, 2);
        assertThat(inserted().get(2).payload()).isEqualTo("{\"user\":1}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskRequest.named("T.known").version(0))
                .withMessageContaining("'T.known'")
                .withMessageContaining("1 or more");
    }

    @Test
    void x20_unknownQueueIsRefusedAfterALookInTheDatabase() {
        assertThatExceptionOfType(NoSuchQueueException.class)
                .isThrownBy(() -> this.client.enqueue(TaskRequest.named("T.x").queue("emial")))
                .withMessageContaining("default, email, vip")
                .satisfies(ex -> assertThat(ex.queue()).isEqualTo("emial"));
        assertThat(this.rig.stored()).isEmpty();
        this.rig.store().declare(QueueSpec.named("emial"));
        this.client.enqueue(TaskRequest.named("T.x").queue("emial"));
        assertThat(this.rig.only().queue()).isEqualTo("emial");
    }

    @Test
    void impossibleValuesAreRefusedAtOnce() {
        for (String name : List.of("", " ", "a b", "x".repeat(101))) {
            assertThatIllegalArgumentException().isThrownBy(() -> this.client.with(o -> o.queue(name)));
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> this.client.enqueue(TaskRequest.named("T.x").queue(name)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> this.client.with(o -> o.priority(Integer.MIN_VALUE)));
        assertThatIllegalArgumentException().isThrownBy(() -> this.client.with(o -> o.retries(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> this.client.with(o -> o.delay(Duration.ofMillis(-1))));
        for (String name : List.of("", " ", "T.x ", " T.x", "T\u0000x", "T\nx", "x".repeat(256))) {
            assertThatIllegalArgumentException().isThrownBy(() -> TaskRequest.named(name));
        }
        assertThat(TaskRequest.named("x".repeat(255)).task()).hasSize(255);
        assertThat(this.rig.stored()).isEmpty();
    }

    @Test
    void a14_enqueueAllIsOneInsertInInputOrder() {
        List<TaskRequest> requests = IntStream.range(0, 1000)
                .mapToObj(i -> TaskRequest.named("T.x").argument("i", i))
                .toList();
        List<TaskHandle<?>> handles = this.client.enqueueAll(requests);
        assertThat(this.rig.inserts()).hasSize(1);
        List<NewTask> inserted = this.rig.inserts().get(0);
        assertThat(handles)
                .extracting(TaskHandle::id)
                .containsExactlyElementsOf(inserted.stream().map(NewTask::id).toList());
        assertThat(handles).extracting(TaskHandle::id).doesNotHaveDuplicates();
        assertThat(inserted)
                .extracting(NewTask::payload)
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj("{\"i\":%d}"::formatted)
                        .toList());
    }

    @Test
    void a14_enqueueAllWritesNothingWhenOneIsInvalid() {
        List<TaskRequest> requests = new ArrayList<>(List.of(TaskRequest.named("T.x"), TaskRequest.named("T.y")));
        requests.add(TaskRequest.named("T.z").argument("bad", new Object()));
        assertThatExceptionOfType(TaskPayloadException.class).isThrownBy(() -> this.client.enqueueAll(requests));
        assertThat(this.rig.inserts()).isEmpty();
        assertThat(this.client.enqueueAll(List.of())).isEmpty();
        assertThat(this.rig.inserts()).isEmpty();
    }

    @Test
    void enqueueAllTakesTheOptions() {
        this.client
                .with(o -> o.queue("vip"))
                .enqueueAll(List.of(
                        TaskRequest.named("T.x"), TaskRequest.named("T.y").queue("email")));
        assertThat(this.rig.stored()).extracting(StoredTask::queue).containsExactly("vip", "email");
    }

    @Test
    void d4_argumentThatCannotBeWrittenLeavesNoRow() {
        assertThatExceptionOfType(TaskPayloadException.class)
                .isThrownBy(() -> this.client.enqueue(TaskRequest.named("T.x").argument("bad", new Object())))
                .withMessageContaining("'bad'");
        assertThat(this.rig.inserts()).isEmpty();
    }

    @Test
    void r16_unknownIdHasNoState() {
        TaskHandle<Object> handle = this.client.handle(new TaskId(999_999));
        assertThat(handle.state()).isEmpty();
        assertThat(handle.isReady()).isFalse();
        assertThat(handle.result()).isEmpty();
        assertThat(handle.error()).isEmpty();
    }

    @Test
    void commitListenerThatFailsDoesNotFailTheCallerNorSilenceTheNext() {
        List<NewTask> heard = new ArrayList<>();
        TaskInsertion insertion = new TaskInsertion(
                this.rig.store(),
                () -> List.of(
                        tasks -> {
                            throw new IllegalStateException("no luck");
                        },
                        heard::addAll));
        insertion.insert(List.of(
                new NewTask(this.rig.store().newId(), "T.x", "default", 0, 0, "{}", java.util.Map.of(), null, null)));
        assertThat(heard).hasSize(1);
        assertThat(this.rig.names()).containsExactly("T.x");
    }

    private List<NewTask> inserted() {
        return this.rig.inserts().stream().flatMap(List::stream).toList();
    }

    private TaskHandle<?> submit(TaskDefinition definition) {
        return this.client.submit(definition, arguments());
    }

    private void know(TaskDefinition definition) {
        this.rig.handlers().register(definition, invocation -> null);
    }

    private static @Nullable Object[] arguments() {
        return new Object[] {1L, "x"};
    }

    private static TaskDefinition definition(String name, int version) {
        return new TaskDefinition(
                name,
                List.of(),
                version,
                "default",
                null,
                null,
                TaskBackoff.UNSET,
                RetryableFailures.ALL,
                null,
                null,
                Completion.AFTER_RUN,
                null,
                List.of(
                        new TaskParameter("userId", long.class, false),
                        new TaskParameter("template", String.class, false)),
                null,
                "test");
    }

    static TaskDefinition definition(
            String name,
            String queue,
            @Nullable Integer priority,
            @Nullable Integer retries,
            @Nullable Duration delay) {
        return definition(name, queue, priority, retries, delay, Completion.AFTER_RUN);
    }

    private static TaskDefinition definition(
            String name,
            String queue,
            @Nullable Integer priority,
            @Nullable Integer retries,
            @Nullable Duration delay,
            Completion completion) {
        return new TaskDefinition(
                name,
                List.of(),
                1,
                queue,
                priority,
                retries,
                TaskBackoff.UNSET,
                RetryableFailures.ALL,
                delay,
                null,
                completion,
                null,
                List.of(
                        new TaskParameter("userId", long.class, false),
                        new TaskParameter("template", String.class, false)),
                String.class,
                "test");
    }
}
