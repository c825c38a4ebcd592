package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.NonRetryableTaskException;
import io.tasklane.RetryTaskException;
import io.tasklane.TaskContext;
import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandler;
import io.tasklane.store.NewTask;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.StoredTask;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What becomes of a task, whatever its body does. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TaskOutcomeTests {

    private final TestStore store = new TestStore();

    private final TestNode node = new TestNode(this.store, TestNode.settings(), 2, (context, next) -> {
        Object result = next.proceed();
        return "intercepted".equals(result) ? "by " + TaskContext.current().task() : result;
    });

    @AfterEach
    void stop() {
        this.node.close();
    }

    @Test
    void a11_x10_r24_aTaskThatAlwaysFailsIsTriedRetriesPlusOneTimesAndThenFailed() {
        TaskId task = run(2, call -> {
            throw new IllegalStateException("no luck");
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.node.started).hasSize(3);
        assertThat(this.store.find(task).retriesUsed()).isEqualTo(2);
        assertThat(this.store.real().attempts(task))
                .extracting(StoredAttempt::outcome)
                .containsExactly(
                        StoredAttempt.Outcome.RETRIED, StoredAttempt.Outcome.RETRIED, StoredAttempt.Outcome.FAILED);
    }

    @Test
    void r21_aFailedTaskKeepsClassMessageAndStackOfEachAttempt() {
        TaskId task = run(1, call -> {
            throw new IOException("try " + TaskContext.current().attempt());
        });
        awaitState(task, TaskState.FAILED);
        List<StoredAttempt> attempts = this.store.real().attempts(task);
        assertThat(attempts).extracting(StoredAttempt::error).allSatisfy(error -> {
            assertThat(error.type()).isEqualTo("java.io.IOException");
            assertThat(error.stack()).contains("TaskOutcomeTests");
        });
        assertThat(attempts).extracting(attempt -> attempt.error().message()).containsExactly("try 1", "try 2");
        assertThat(this.store.find(task).error().message()).isEqualTo("try 2");
        assertThat(attempts)
                .allSatisfy(
                        attempt -> assertThat(attempt.startedAt()).isNotNull().isBeforeOrEqualTo(attempt.finishedAt()));
    }

    @Test
    void r25_x13_aNonRetryableExceptionFailsAtOnce() {
        TaskId task = run(3, call -> {
            throw new NonRetryableTaskException("never");
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.node.started).hasSize(1);
    }

    @Test
    void r25_x13_noRetryForMatchesSubclassesAndWins() {
        RetryableFailures failures = new RetryableFailures(List.of(Exception.class), List.of(IOException.class));
        TaskId task = run(TestNode.definition("task", failures, null), 3, call -> {
            throw new FileNotFoundException("gone");
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.node.started).hasSize(1);
    }

    @Test
    void x13_retryForNarrowsWhatIsRetried() {
        RetryableFailures failures = new RetryableFailures(List.of(IOException.class), List.of());
        TaskId task = run(TestNode.definition("task", failures, null), 3, call -> {
            if (this.node.started.size() == 1) {
                throw new FileNotFoundException("retried");
            }
            throw new IllegalStateException("not retried");
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.node.started).hasSize(2);
    }

    @Test
    void x13_retryTaskExceptionChoosesItsDelayAndLeavesItsCauseAsTheError() {
        RetryableFailures failures = new RetryableFailures(List.of(IOException.class), List.of());
        TaskId task = run(TestNode.definition("task", failures, null), 1, call -> {
            throw new RetryTaskException(new IOException("busy"), Duration.ZERO);
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.node.started).hasSize(2);
        assertThat(this.store.find(task).error().type()).isEqualTo("java.io.IOException");
    }

    @Test
    void r31_anErrorInOneTaskLeavesTheContainerRunning() {
        TaskId task = run(0, call -> overflow(1));
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).error().type()).isEqualTo("java.lang.StackOverflowError");
        this.node.handle("memory", call -> {
            throw new OutOfMemoryError("pretended");
        });
        TaskId memory = this.store.enqueue("memory", "default", 0, "x", 0, null, this.node.registry);
        awaitState(memory, TaskState.FAILED);
        this.node.handle("next", call -> null);
        awaitState(this.store.enqueue("next", "default", this.node.registry), TaskState.SUCCEEDED);
    }

    @Test
    @SuppressWarnings({"deprecation", "removal"})
    void r31_aThreadDeathEndsTheTaskAndNotItsThread() {
        TaskId task = run(0, call -> {
            throw new ThreadDeath();
        });
        awaitState(task, TaskState.FAILED);
        this.node.handle("next", call -> null);
        awaitState(this.store.enqueue("next", "default", this.node.registry), TaskState.SUCCEEDED);
    }

    @Test
    void poison_aTaskThatNeverEndsHoldsItsOwnSlotOnly() {
        CountDownLatch end = new CountDownLatch(1);
        TaskId endless = run(0, call -> {
            end.await();
            return null;
        });
        this.node.handle("next", call -> null);
        for (int i = 0; i < 10; i++) {
            awaitState(this.store.enqueue("next", "default", this.node.registry), TaskState.SUCCEEDED);
        }
        assertThat(this.store.state(endless)).isEqualTo(TaskState.RUNNING);
        end.countDown();
    }

    @Test
    void poison_ofManyFailuresTenAreLoggedInFullAndTheOthersInOneLine(CapturedOutput output) {
        this.node.handle("task", call -> {
            throw new IllegalStateException("no luck");
        });
        for (int i = 0; i < 50; i++) {
            this.store.enqueue("task", "default", 0, "text", 0, null);
        }
        this.node.start();
        await().until(() -> this.store.count("default", TaskState.FAILED) == 50);
        this.node.close();
        assertThat(output.getAll().lines().filter(line -> line.contains("failed for good in attempt 1 of 1")))
                .hasSize(10);
        assertThat(output).contains("Task 'task' failed 40 more times within a minute, 40 of them for good");
    }

    @Test
    void r31_aThrowableThatCannotEvenBeDescribedIsAFailure() {
        TaskId task = run(0, call -> {
            throw new RuntimeException() {
                @Override
                public String getMessage() {
                    throw new IllegalStateException("no message");
                }
            };
        });
        awaitState(task, TaskState.FAILED);
        TaskError error = this.store.find(task).error();
        assertThat(error.type()).startsWith("io.tasklane.worker.TaskOutcomeTests$");
        assertThat(error.message()).contains("IllegalStateException");
    }

    @Test
    void r6_decision1_anUnknownTaskStaysQueuedAndTheNextOneRuns() {
        this.node.handle("known", call -> null).start();
        TaskId unknown = this.store.enqueue("unknown", "default", 5, "x", this.node.registry);
        TaskId known = this.store.enqueue("known", "default", this.node.registry);
        awaitState(known, TaskState.SUCCEEDED);
        await().until(() -> this.node.registry.health().unknownTasks().contains("unknown"));
        awaitState(unknown, TaskState.QUEUED);
        assertThat(this.store.find(unknown).retriesUsed()).isZero();
        int exchanges = this.store.calls("exchange");
        int probes = this.store.calls("probe");
        await().until(() -> this.store.calls("probe") >= probes + 2);
        assertThat(this.store.calls("exchange")).isEqualTo(exchanges);
        try (TestNode other = new TestNode(this.store, TestNode.settings())) {
            other.handle("unknown", call -> null).start();
            awaitState(unknown, TaskState.SUCCEEDED);
        }
        assertThat(this.store.find(unknown).recoveries()).isZero();
    }

    @Test
    void decision1_anUnreadablePayloadIsScheduledAgainWithoutARetry() {
        this.node.handle("task", call -> null).start();
        TaskId task = this.store.enqueue("task", "default", 0, "unreadable", this.node.registry);
        awaitState(task, TaskState.SCHEDULED);
        assertThat(this.store.find(task).retriesUsed()).isZero();
        assertThat(this.node.registry.health().unreadableTasks()).containsExactly("task");
        assertThat(this.node.registry.health().isUp()).isTrue();
        awaitState(this.store.enqueue("task", "default", this.node.registry), TaskState.SUCCEEDED);
        assertThat(this.node.registry.health().unreadableTasks()).isEmpty();
    }

    @Test
    void decision1_aPayloadOfANewerVersionIsLeftToNewerCodeAndTheOldOnesRun() {
        this.node.handle("task", call -> null).start();
        NewTask newer =
                new NewTask(this.store.real().newId(), "task", "default", 0, 3, "text", 2, Map.of(), null, null);
        this.store.real().insert(List.of(newer), committed -> this.node.registry.committed(committed));
        awaitState(newer.id(), TaskState.SCHEDULED);
        StoredTask waiting = this.store.find(newer.id());
        assertThat(waiting.retriesUsed()).isZero();
        assertThat(waiting.error().type()).isEqualTo("io.tasklane.TaskPayloadException");
        assertThat(waiting.error().message()).contains("of version 2, newer than version 1");
        awaitState(this.store.enqueue("task", "default", this.node.registry), TaskState.SUCCEEDED);
        assertThat(this.node.registry.health().unreadableTasks()).containsExactly("task");
    }

    @Test
    void aResultIsStoredAsText() {
        TaskId task = run(
                TestNode.definition("task", RetryableFailures.ALL, String.class),
                0,
                call -> "the " + call.arguments()[0]);
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.store.find(task).result()).isEqualTo("the text");
    }

    @Test
    void aResultThatCannotBeWrittenIsAFailure() {
        TaskId task = run(TestNode.definition("task", RetryableFailures.ALL, String.class), 0, call -> "unwritable");
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).error().type()).isEqualTo("io.tasklane.TaskPayloadException");
    }

    @Test
    void interceptorsWrapTheBodyAndSeeItsContext() {
        TaskId task = run(TestNode.definition("task", RetryableFailures.ALL, String.class), 0, call -> "intercepted");
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.store.find(task).result()).isEqualTo("by task");
    }

    @Test
    void theBodySeesItsContext() {
        AtomicReference<Object> seen = new AtomicReference<>();
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        this.node.registry.setBeanClassLoader(new ClassLoader("bean", getClass().getClassLoader()) {});
        TaskId task = run(0, call -> {
            seen.set(call.arguments()[1]);
            loader.set(Thread.currentThread().getContextClassLoader());
            assertThat(TaskContext.current()).isSameAs(call.arguments()[1]);
            assertThat(Thread.currentThread().getName()).startsWith("task-default-");
            return null;
        });
        awaitState(task, TaskState.SUCCEEDED);
        TaskContext context = (TaskContext) seen.get();
        assertThat(context.id()).isEqualTo(task);
        assertThat(context.attempt()).isEqualTo(1);
        assertThat(context.isLeaseLost()).isFalse();
        assertThat(loader.get().getName()).isEqualTo("bean");
    }

    @Test
    void decision4_theTimesOfARunAreOnTheScaleOfTheStore() {
        TaskId task = run(0, call -> null);
        awaitState(task, TaskState.SUCCEEDED);
        StoredTask stored = this.store.find(task);
        assertThat(stored.startedAt()).isAfterOrEqualTo(stored.createdAt());
        assertThat(stored.finishedAt()).isAfterOrEqualTo(stored.startedAt());
        assertThat(this.node.waits)
                .hasSize(1)
                .allSatisfy(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ZERO));
    }

    private static Object overflow(int depth) {
        return overflow(depth + 1) + "";
    }

    private TaskId run(int retries, TaskHandler body) {
        return run(TestNode.definition("task", RetryableFailures.ALL, null), retries, body);
    }

    private TaskId run(TaskDefinition definition, int retries, TaskHandler body) {
        this.node.handle(definition, body).start();
        return this.store.enqueue("task", "default", 0, "text", retries, null, this.node.registry);
    }

    private void awaitState(TaskId task, TaskState state) {
        await().until(() -> this.store.state(task) == state);
    }
}
