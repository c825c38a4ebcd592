package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.Completion;
import io.tasklane.TaskContext;
import io.tasklane.TaskExecutionInterceptor;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.TaskTimeoutException;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskHandler;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.StoredTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that run for longer than they may. */
@Timeout(60)
class TaskTimeoutTests {

    private static final Duration TIMEOUT = Duration.ofMillis(200);

    private final TestStore store = new TestStore();

    private final TestNode node = new TestNode(this.store, TestNode.settings(), 1);

    private final AtomicBoolean freed = new AtomicBoolean();

    @AfterEach
    void stop() {
        this.freed.set(true);
        this.node.close();
    }

    @Test
    void r27_rank7_aSleepingTaskIsInterruptedAtItsTimeoutAndFails() {
        TaskId task = run(0, RetryableFailures.ALL, call -> {
            new CountDownLatch(1).await();
            return null;
        });
        awaitState(task, TaskState.FAILED);
        StoredTask stored = this.store.find(task);
        assertThat(stored.error().type()).isEqualTo(TaskTimeoutException.class.getName());
        assertThat(stored.error().message()).contains("longer than its timeout of PT0.2S");
        assertThat(stored.error().stack())
                .contains("CountDownLatch.await", "TaskTimeoutTests", "Suppressed: java.lang.InterruptedException");
        assertThat(Duration.between(stored.startedAt(), stored.finishedAt()))
                .isBetween(TIMEOUT.minusMillis(1), TIMEOUT.plus(TaskTimer.GRACE));
        awaitState(this.store.enqueue("other", "default"), TaskState.SUCCEEDED);
    }

    @Test
    void r27_aTaskThatTimesOutIsTriedAgainLikeAfterAnyFailure() {
        TaskId task = run(3, RetryableFailures.ALL, call -> {
            if (TaskContext.current().attempt() < 3) {
                new CountDownLatch(1).await();
            }
            return null;
        });
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.store.find(task).retriesUsed()).isEqualTo(2);
        assertThat(this.store.find(task).recoveries()).isZero();
    }

    @Test
    void rank7_noRetryForMayNameTheTimeout() {
        TaskId task = run(3, new RetryableFailures(List.of(), List.of(TaskTimeoutException.class)), call -> {
            new CountDownLatch(1).await();
            return null;
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.node.started).hasSize(1);
    }

    @Test
    void rank7_aTaskThatReturnsBecauseOfTheInterruptHasNotSucceeded() {
        TaskId task = run(0, RetryableFailures.ALL, call -> {
            while (!TaskContext.current().isCancellationRequested()) {
                Thread.onSpinWait();
            }
            return "half of it";
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).result()).isNull();
    }

    @Test
    void rank7_aTaskThatIgnoresTheInterruptFailsAndKeepsItsSlotUntilItEnds() {
        TaskId task = run(0, RetryableFailures.ALL, call -> {
            while (!this.freed.get()) {
                Thread.onSpinWait();
            }
            return "too late";
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).error().type()).isEqualTo(TaskTimeoutException.class.getName());
        assertThat(this.node.registry.health().stuckTasks())
                .containsExactly("task 'task' %s (queue 'default')".formatted(task));
        assertThat(this.node.registry.health().isUp()).isTrue();
        assertThat(this.node.registry.containers())
                .singleElement()
                .extracting(WorkerContainerInfo::stuck, WorkerContainerInfo::running)
                .containsExactly(1, 0);
        TaskId waiting = this.store.enqueue("other", "default", this.node.registry);
        int exchanges = this.store.calls("exchange");
        await().during(Duration.ofMillis(500)).until(() -> this.store.state(waiting) == TaskState.QUEUED);
        assertThat(this.store.calls("exchange"))
                .as("there is no slot to claim for")
                .isEqualTo(exchanges);

        this.freed.set(true);
        awaitState(waiting, TaskState.SUCCEEDED);
        assertThat(this.store.state(task)).isEqualTo(TaskState.FAILED);
        assertThat(this.node.registry.health().stuckTasks()).isEmpty();
        assertThat(this.store.real().attempts(task))
                .extracting(StoredAttempt::outcome)
                .containsExactly(StoredAttempt.Outcome.FAILED);
        assertThat(this.node.lost).as("it was not taken away").hasValue(0);
    }

    @Test
    void rank7_theOtherSlotsGoOnBesideATaskThatIgnoresTheInterrupt() {
        try (TestNode wide = new TestNode(this.store, TestNode.settings(), 3)) {
            CountDownLatch gate = new CountDownLatch(1);
            wide.handle(TestNode.definition("task", RetryableFailures.ALL, Completion.AFTER_RUN, TIMEOUT), call -> {
                        while (!this.freed.get()) {
                            Thread.onSpinWait();
                        }
                        return null;
                    })
                    .handle("other", call -> {
                        gate.await();
                        return null;
                    })
                    .start();
            TaskId task = this.store.enqueue("task", "default", 0, "task", 0, null);
            awaitState(task, TaskState.FAILED);
            for (int i = 0; i < 6; i++) {
                this.store.enqueue("other", "default", wide.registry);
            }
            await().until(() -> wide.started.size() == 3);
            await().during(Duration.ofMillis(300))
                    .until(() -> this.store.count("default", TaskState.RUNNING) == 2
                            && this.store.count("default", TaskState.QUEUED) == 4);
            gate.countDown();
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 6);
            assertThat(wide.registry.health().stuckTasks()).hasSize(1);
            this.freed.set(true);
        }
    }

    @Test
    void rank7_interceptorsSeeTheTimeoutAndTakeTheirTime() {
        List<Throwable> seen = new CopyOnWriteArrayList<>();
        TaskExecutionInterceptor slow = (context, next) -> {
            LockSupport.parkNanos(TIMEOUT.multipliedBy(2).toNanos());
            try {
                return next.proceed();
            } catch (Throwable ex) {
                seen.add(ex);
                throw ex;
            }
        };
        try (TestNode watched = new TestNode(this.store, TestNode.settings(), 1, slow)) {
            watched.handle(TestNode.definition("task", RetryableFailures.ALL, Completion.AFTER_RUN, TIMEOUT), call -> {
                        if (TaskContext.current().attempt() == 1) {
                            new CountDownLatch(1).await();
                        }
                        return null;
                    })
                    .start();
            awaitState(this.store.enqueue("task", "default"), TaskState.SUCCEEDED);
            assertThat(seen).singleElement().isInstanceOf(TaskTimeoutException.class);
        }
    }

    @Test
    void rank7_aTaskThatIgnoresTheInterruptIsTriedAgainMeanwhileAndItsLateResultIsDiscarded() {
        TestNode second = new TestNode(this.store, TestNode.settings(), 1);
        TaskHandler stubborn = call -> {
            while (TaskContext.current().attempt() == 1 && !this.freed.get()) {
                Thread.onSpinWait();
            }
            return null;
        };
        try (second) {
            second.handle(TestNode.definition("task", RetryableFailures.ALL, Completion.AFTER_RUN, TIMEOUT), stubborn);
            TaskId task = run(3, RetryableFailures.ALL, stubborn);
            await().until(() -> this.node.started.size() == 1);
            second.start();
            awaitState(task, TaskState.SUCCEEDED);
            assertThat(second.started).hasSize(1);
            this.freed.set(true);
            await().until(() -> this.node.registry.health().stuckTasks().isEmpty());
            assertThat(this.store.real().attempts(task)).hasSize(1);
            assertThat(this.store.state(task)).isEqualTo(TaskState.SUCCEEDED);
        }
    }

    @Test
    void rank7_aNodeStopsAlthoughATaskIgnoresItsTimeout() {
        TaskId task = run(0, RetryableFailures.ALL, call -> {
            while (!this.freed.get()) {
                Thread.onSpinWait();
            }
            return null;
        });
        awaitState(task, TaskState.FAILED);
        this.node.close();
        assertThat(this.store.real().workers()).as("it has left").isEmpty();
    }

    @Test
    void x29_aTaskThatIsCancelledEndsCancelledAlsoIfItTimesOut() {
        TaskId task = run(3, RetryableFailures.ALL, call -> {
            this.store.real().cancel(call.context().id(), this.node.registry);
            while (!this.freed.get()) {
                Thread.onSpinWait();
            }
            return null;
        });
        awaitState(task, TaskState.CANCELLED);
        assertThat(this.node.registry.health().stuckTasks()).hasSize(1);
    }

    @Test
    void x35_aTaskThatMayStartOnlyOnceFailsAtItsTimeout() {
        this.node.handle(TestNode.definition("once", RetryableFailures.ALL, Completion.BEFORE_RUN, TIMEOUT), call -> {
            new CountDownLatch(1).await();
            return null;
        });
        this.node.start();
        TaskId task = this.store.enqueue("once", "default");
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).error().type()).isEqualTo(TaskTimeoutException.class.getName());
    }

    @Test
    void r27_aHealthyTaskThatRunsForLongIsNotRunAgain() {
        CountDownLatch gate = new CountDownLatch(1);
        RecoverySettings recovery =
                new RecoverySettings(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMillis(100), 3);
        try (TestNode healthy = new TestNode(this.store, TestNode.settings(recovery))) {
            healthy.handle("task", call -> {
                        gate.await();
                        return null;
                    })
                    .start();
            TaskId task = this.store.enqueue("task", "default");
            await().until(() -> healthy.started.size() == 1);
            // Several times what a silent worker is given.
            int recoveries = this.store.calls("recover");
            await().until(() -> this.store.calls("recover") >= recoveries + 60);
            assertThat(this.store.state(task)).isEqualTo(TaskState.RUNNING);
            gate.countDown();
            awaitState(task, TaskState.SUCCEEDED);
            assertThat(healthy.started).hasSize(1);
            assertThat(this.store.find(task).recoveries()).isZero();
        }
    }

    private TaskId run(int retries, RetryableFailures failures, TaskHandler handler) {
        this.node.handle(TestNode.definition("task", failures, Completion.AFTER_RUN, TIMEOUT), handler);
        this.node.handle("other", call -> null);
        this.node.start();
        return this.store.enqueue("task", "default", 0, "task", retries, null);
    }

    private void awaitState(TaskId task, TaskState state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> this.store.state(task) == state);
    }
}
