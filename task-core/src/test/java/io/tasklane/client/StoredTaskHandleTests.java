package io.tasklane.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tasklane.Completion;
import io.tasklane.TaskContext;
import io.tasklane.TaskError;
import io.tasklane.TaskExecutionException;
import io.tasklane.TaskHandle;
import io.tasklane.TaskRequest;
import io.tasklane.TaskState;
import io.tasklane.TaskWaitTimeoutException;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskOutcome;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StoredTaskHandleTests {

    private static final TaskError ERROR =
            new TaskError("com.acme.Broken", "no luck", "com.acme.Broken: no luck\n\tat x");

    private final ProducerRig rig = new ProducerRig();

    @Test
    void r15_handleTellsHowFarTheTaskIs() {
        TaskHandle<?> handle =
                this.rig.client().enqueue(TaskRequest.named("T.x").retries(1));
        assertState(handle, TaskState.QUEUED, false);
        LeasedTask first = this.rig.claim();
        assertState(handle, TaskState.RUNNING, false);
        this.rig.complete(first, new TaskOutcome.Retried(ERROR, Duration.ofHours(1)));
        assertState(handle, TaskState.SCHEDULED, false);
        assertThat(handle.error()).contains(ERROR);
        assertThat(handle.result()).isEmpty();
    }

    @Test
    void r15_succeededAndFailedAreTold() {
        TaskHandle<?> good = this.rig.client().enqueue(TaskRequest.named("T.good"));
        TaskHandle<?> bad = this.rig.client().enqueue(TaskRequest.named("T.bad"));
        this.rig.complete(this.rig.claim(), new TaskOutcome.Succeeded(null));
        this.rig.complete(this.rig.claim(), new TaskOutcome.Failed(ERROR));
        assertState(good, TaskState.SUCCEEDED, true);
        assertThat(good.isSucceeded()).isTrue();
        assertThat(good.isFailed()).isFalse();
        assertThat(good.error()).isEmpty();
        assertState(bad, TaskState.FAILED, true);
        assertThat(bad.isSucceeded()).isFalse();
        assertThat(bad.isFailed()).isTrue();
        assertThat(bad.error()).contains(ERROR);
        assertThat(bad.result()).isEmpty();
    }

    @Test
    void r10_resultIsReadByTheTypeThatTheTaskDeclaresHere() throws Exception {
        Type reports = getClass().getDeclaredMethod("reports").getGenericReturnType();
        know("T.reports", reports);
        TaskHandle<List<Report>> handle = this.rig
                .client()
                .handle(this.rig
                        .client()
                        .enqueue(TaskRequest.named("T.reports"))
                        .id());
        this.rig.complete(this.rig.claim(), new TaskOutcome.Succeeded("[{\"text\":\"a\"},{\"text\":\"b\"}]"));
        assertThat(handle.get(Duration.ZERO)).containsExactly(new Report("a"), new Report("b"));
        assertThat(handle.result()).contains(List.of(new Report("a"), new Report("b")));
    }

    @Test
    void r10_resultOfATaskUnknownHereIsPlainJson() {
        TaskHandle<?> handle = this.rig.client().enqueue(TaskRequest.named("T.elsewhere"));
        this.rig.complete(this.rig.claim(), new TaskOutcome.Succeeded("{\"text\":\"a\"}"));
        assertThat((Object) handle.get(Duration.ZERO)).isEqualTo(Map.of("text", "a"));
    }

    @Test
    void nullResultIsNullAndEmpty() {
        know("T.x", String.class);
        TaskHandle<?> none = this.rig.client().enqueue(TaskRequest.named("T.x"));
        TaskHandle<?> nothing = this.rig.client().enqueue(TaskRequest.named("T.x"));
        this.rig.complete(this.rig.claim(), new TaskOutcome.Succeeded(null));
        this.rig.complete(this.rig.claim(), new TaskOutcome.Succeeded("null"));
        assertThat((Object) none.get(Duration.ZERO)).isNull();
        assertThat((Object) nothing.get(Duration.ZERO)).isNull();
        assertThat(none.result()).isEmpty();
        assertThat(nothing.result()).isEmpty();
    }

    @Test
    void r14_waitThatIsTooShortEndsAndTheTaskGoesOn() {
        TaskHandle<?> handle = this.rig.client().enqueue(TaskRequest.named("T.slow"));
        assertThatExceptionOfType(TaskWaitTimeoutException.class)
                .isThrownBy(() -> handle.get(Duration.ofMillis(30)))
                .satisfies(ex -> assertThat(ex.id()).isEqualTo(handle.id()));
        this.rig.complete(this.rig.claim(), new TaskOutcome.Succeeded("\"done\""));
        assertThat((Object) handle.get(Duration.ZERO)).isEqualTo("done");
    }

    @Test
    void r14_waitEndsWithTheTask() throws Exception {
        TaskHandle<?> handle = this.rig.client().enqueue(TaskRequest.named("T.x"));
        LeasedTask task = this.rig.claim();
        CountDownLatch started = new CountDownLatch(1);
        Thread worker = new Thread(() -> {
            try {
                started.await();
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            this.rig.complete(task, new TaskOutcome.Succeeded("\"done\""));
        });
        worker.start();
        started.countDown();
        assertThat((Object) handle.get(Duration.ofSeconds(20))).isEqualTo("done");
        worker.join();
    }

    @Test
    void r14_failedTaskTellsClassMessageAndStackOfItsError() {
        TaskHandle<?> handle = this.rig.client().enqueue(TaskRequest.named("T.bad"));
        this.rig.complete(this.rig.claim(), new TaskOutcome.Failed(ERROR));
        assertThatExceptionOfType(TaskExecutionException.class)
                .isThrownBy(() -> handle.get(Duration.ZERO))
                .withMessageContaining("com.acme.Broken: no luck")
                .satisfies(ex -> {
                    assertThat(ex.state()).isEqualTo(TaskState.FAILED);
                    assertThat(ex.error()).isEqualTo(ERROR);
                    assertThat(ex.id()).isEqualTo(handle.id());
                });
    }

    @Test
    void r14_waitInsideATaskIsRefused() throws Exception {
        TaskHandle<?> handle = this.rig.client().enqueue(TaskRequest.named("T.x"));
        TaskContext context = new ProducerRig.TestContext(this.rig.claim());
        TaskContext.within(context, () -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> handle.get(Duration.ZERO))
                    .withMessageContaining("inside a task");
            assertThat(handle.state()).contains(TaskState.RUNNING);
            return null;
        });
    }

    @Test
    void handlesOfOneTaskAreEqual() {
        TaskHandle<?> handle = this.rig.client().enqueue(TaskRequest.named("T.x"));
        TaskHandle<Object> same = this.rig.client().handle(handle.id());
        assertThat((Object) same)
                .isEqualTo(handle)
                .hasSameHashCodeAs(handle)
                .hasToString("TaskHandle[" + handle.id() + "]");
        assertThat((Object) this.rig.client().enqueue(TaskRequest.named("T.x"))).isNotEqualTo(handle);
    }

    private static void assertState(TaskHandle<?> handle, TaskState state, boolean ready) {
        assertThat(handle.state()).contains(state);
        assertThat(handle.isReady()).isEqualTo(ready);
    }

    private void know(String name, Type result) {
        this.rig
                .handlers()
                .register(
                        new TaskDefinition(
                                name,
                                List.of(),
                                1,
                                "default",
                                null,
                                null,
                                TaskBackoff.UNSET,
                                RetryableFailures.ALL,
                                null,
                                null,
                                Completion.AFTER_RUN,
                                null,
                                List.of(),
                                result,
                                "test"),
                        invocation -> null);
    }

    List<Report> reports() {
        return List.of();
    }

    record Report(String text) {}
}
