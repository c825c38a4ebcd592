package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.TaskChangeListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that are cancelled while a node holds them. */
@Timeout(60)
class TaskCancellationTests {

    /** So seldom that only a listener explains what happens soon. */
    private static final RecoverySettings SELDOM =
            new RecoverySettings(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(1), 3);

    private final TestStore store = new TestStore();

    @Test
    void a31_aLoopSeesTheFlagReturnsAndEndsCancelled() {
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = new TestNode(this.store, TestNode.settings())) {
            node.handle("task", call -> {
                        while (!TaskContext.current().isCancellationRequested()) {
                            Thread.onSpinWait();
                        }
                        assertThat(TaskContext.current().isLeaseLost()).isFalse();
                        return "what it had so far";
                    })
                    .start();
            await().until(() -> node.started.size() == 1);
            assertThat(cancel(task)).isTrue();
            awaitState(task, TaskState.CANCELLED);
            assertThat(node.lost).hasValue(0);
        }
        assertThat(this.store.find(task).result()).isNull();
        assertThat(this.store.real().attempts(task))
                .extracting(StoredAttempt::outcome)
                .containsExactly(StoredAttempt.Outcome.CANCELLED);
    }

    @Test
    void x29_theThreadIsInterruptedAndWhatTheBodyThrowsIsDiscarded() {
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = new TestNode(this.store, TestNode.settings())) {
            node.handle("task", call -> {
                        new CountDownLatch(1).await();
                        return null;
                    })
                    .start();
            await().until(() -> node.started.size() == 1);
            cancel(task);
            awaitState(task, TaskState.CANCELLED);
            assertThat(node.started).hasSize(1);
        }
        assertThat(this.store.find(task).error()).isNull();
    }

    @Test
    void x29_theNextTaskOfTheThreadIsNotInterrupted() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = new TestNode(this.store, TestNode.settings(), 1)) {
            node.handle("task", call -> {
                        thread.set(Thread.currentThread());
                        while (!TaskContext.current().isCancellationRequested()) {
                            Thread.onSpinWait();
                        }
                        return null;
                    })
                    .handle("next", call -> {
                        assertThat(Thread.currentThread()).isSameAs(thread.get());
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                        assertThat(TaskContext.current().isCancellationRequested())
                                .isFalse();
                        return null;
                    })
                    .start();
            await().until(() -> node.started.size() == 1);
            cancel(task);
            awaitState(this.store.enqueue("next", "default"), TaskState.SUCCEEDED);
        }
    }

    @Test
    void a31_aCancelOfThisJvmIsSeenAtOnce() {
        TaskId task = this.store.enqueue("task", "default");
        WorkerSettings settings = TestNode.settings(SELDOM);
        try (TestNode node = new TestNode(this.store, settings)) {
            node.handle("task", call -> {
                        new CountDownLatch(1).await();
                        return null;
                    })
                    .start();
            await().until(() -> node.started.size() == 1);
            this.store.real().cancel(task, node.registry);
            awaitState(task, TaskState.CANCELLED);
        }
    }

    @Test
    void x29_aTaskClaimedAheadThatIsCancelledNeverStarts() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (TestNode node = new TestNode(this.store, TestNode.settings(SELDOM), 1)) {
            node.handle("short", call -> null)
                    .handle("blocking", call -> {
                        blocked.countDown();
                        gate.await();
                        return null;
                    })
                    .handle("ahead", call -> null);
            for (int i = 0; i < 100; i++) {
                this.store.enqueue("short", "default");
            }
            TaskId blocking = this.store.enqueue("blocking", "default");
            TaskId ahead = this.store.enqueue("ahead", "default");
            // Before it is put back, 100 ms after its claim: whichever comes first.
            node.start();
            assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
            this.store.real().cancel(ahead, node.registry);
            awaitState(ahead, TaskState.CANCELLED);
            gate.countDown();
            awaitState(blocking, TaskState.SUCCEEDED);
            assertThat(node.started).doesNotContain("ahead");
        }
    }

    @Test
    void rank8_aRetryOfThisJvmRunsAtOnce() {
        WorkerSettings settings = TestNode.settings(SELDOM).withPollInterval(Duration.ofMinutes(1));
        TaskId task = this.store.enqueue("task", "default");
        this.store.real().cancel(task, nobody());
        try (TestNode node = new TestNode(this.store, settings)) {
            node.handle("task", call -> null).start();
            await().until(() -> this.store.calls("probe") == 1 && this.store.calls("exchange") >= 1);
            this.store.real().retry(task, node.registry);
            awaitState(task, TaskState.SUCCEEDED);
        }
    }

    @Test
    void c10_aDrainIsNoCancellationAndACancelledTaskIsNotPutBackByIt() {
        TaskId released = this.store.enqueue("task", "default", 0, "released");
        TaskId cancelled = this.store.enqueue("task", "default", 0, "cancelled");
        WorkerSettings settings = TestNode.settings(SELDOM)
                .withNode(TestNode.settings(SELDOM).node().withDrainTimeout(Duration.ofMillis(50)));
        try (TestNode node = new TestNode(this.store, settings)) {
            node.handle("task", call -> {
                        new CountDownLatch(1).await();
                        return null;
                    })
                    .start();
            await().until(() -> node.started.size() == 2);
            cancel(cancelled);
        }
        assertThat(this.store.state(released)).isEqualTo(TaskState.QUEUED);
        assertThat(this.store.state(cancelled)).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void decision9_aNodeWithoutTasksDoesNotAskForItsLeases() {
        try (TestNode node = new TestNode(this.store, TestNode.settings())) {
            node.handle("task", call -> null).start();
            await().until(() -> this.store.calls("heartbeat") >= 5);
            assertThat(this.store.calls("leases")).isZero();
        }
    }

    private boolean cancel(TaskId task) {
        return this.store.real().cancel(task, nobody());
    }

    private static TaskChangeListener nobody() {
        return new TaskChangeListener() {
            @Override
            public void requeued(String queue) {}

            @Override
            public void cancelled(long worker) {}
        };
    }

    private void awaitState(TaskId task, TaskState state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> this.store.state(task) == state);
    }
}
