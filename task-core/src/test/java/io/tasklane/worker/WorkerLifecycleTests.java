package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.TransientDataAccessResourceException;

/** Starting, draining, and starting again. */
@Timeout(60)
class WorkerLifecycleTests {

    private final TestStore store = new TestStore();

    @Test
    void c10_decision8_aTaskThatEndsWithinTheDrainTimeoutSucceeds() {
        CountDownLatch gate = new CountDownLatch(1);
        TaskId task = this.store.enqueue("task", "default");
        TestNode node = node(Duration.ofSeconds(10)).handle("task", call -> {
            gate.await();
            return null;
        });
        node.start();
        await().until(() -> node.started.size() == 1);
        TaskId waiting = this.store.enqueue("other", "default");
        CountDownLatch stopped = new CountDownLatch(1);
        node.registry.stop(stopped::countDown);
        await().until(() -> node.registry.containers().get(0).state() == WorkerContainerInfo.State.DRAINING);
        assertThat(stopped.getCount()).isEqualTo(1);
        gate.countDown();
        await().until(() -> stopped.getCount() == 0);
        assertThat(this.store.state(task)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(this.store.state(waiting)).isEqualTo(TaskState.QUEUED);
        assertThat(this.store.real().workers()).isEmpty();
    }

    @Test
    void c10_decision8_aTaskPastTheDrainTimeoutIsInterruptedAndPutBackUncounted() {
        AtomicBoolean asked = new AtomicBoolean();
        TaskId task = this.store.enqueue("task", "default");
        TestNode node = node(Duration.ofMillis(50)).handle("task", call -> {
            try {
                new CountDownLatch(1).await();
                return null;
            } finally {
                asked.set(TaskContext.current().isCancellationRequested()
                        && !TaskContext.current().isLeaseLost());
            }
        });
        node.start();
        await().until(() -> node.started.size() == 1);
        node.close();
        assertThat(asked).isTrue();
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        assertThat(this.store.find(task).retriesUsed()).isZero();
        assertThat(this.store.find(task).recoveries()).isZero();
        assertThat(node.lost).hasValue(0);
    }

    @Test
    void decision8_aTaskThatIgnoresTheInterruptIsFencedAndPutBack() {
        AtomicBoolean end = new AtomicBoolean();
        AtomicBoolean lost = new AtomicBoolean();
        TaskId task = this.store.enqueue("task", "default");
        TestNode node = node(Duration.ofMillis(50)).handle("task", call -> {
            while (!end.get()) {
                LockSupport.parkNanos(1_000_000);
            }
            lost.set(TaskContext.current().isLeaseLost());
            return null;
        });
        node.start();
        await().until(() -> node.started.size() == 1);
        node.close();
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        end.set(true);
        await().untilTrue(lost);
        await().until(() -> threads().isEmpty());
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void decision8_aTaskThatEndsTheJvmIsPutBackWithARecoveryCounted() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SystemExitProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("RESULT QUEUED 1").contains("called System.exit");
    }

    @Test
    void aClaimOnItsWayWhenTheDrainBeginsIsPutBackUncounted() {
        CountDownLatch claiming = new CountDownLatch(1);
        CountDownLatch draining = new CountDownLatch(1);
        this.store.aftermath = (method, arguments) -> {
            if (method.equals("exchange") && arguments[2] != null) {
                claiming.countDown();
                draining.await();
            }
        };
        TaskId task = this.store.enqueue("task", "default");
        TestNode node = node(Duration.ofSeconds(1)).handle("task", call -> null);
        node.start();
        await().until(() -> claiming.getCount() == 0);
        AtomicInteger stopped = new AtomicInteger();
        node.registry.stop(stopped::incrementAndGet);
        await().until(() -> node.registry.containers().get(0).state() == WorkerContainerInfo.State.DRAINING);
        draining.countDown();
        await().untilAtomic(stopped, org.hamcrest.Matchers.is(1));
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        assertThat(this.store.find(task).recoveries()).isZero();
        assertThat(this.store.real().workers()).isEmpty();
        assertThat(node.started).isEmpty();
    }

    @Test
    void aStopWhileTheDatabaseIsAwayEndsAnyway() {
        TestNode node = node(Duration.ofMillis(50)).handle("task", call -> null);
        node.start();
        await().until(() -> node.registry.workerId().isPresent());
        this.store.interference = (method, arguments) -> {
            throw new TransientDataAccessResourceException("down");
        };
        TaskId task = this.store.enqueue("task", "default", node.registry);
        AtomicInteger called = new AtomicInteger();
        node.registry.stop(called::incrementAndGet);
        await().untilAtomic(called, org.hamcrest.Matchers.is(1));
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        assertThat(node.registry.isRunning()).isFalse();
    }

    @Test
    void itCanBeStartedAgainAndLeavesNoThreadBehind() {
        TestNode node = node(Duration.ofSeconds(1)).handle("task", call -> null);
        for (int i = 0; i < 3; i++) {
            node.start();
            TaskId task = this.store.enqueue("task", "default", node.registry);
            await().until(() -> this.store.state(task) == TaskState.SUCCEEDED);
            node.close();
            assertThat(node.registry.isRunning()).isFalse();
            await().until(() -> threads().isEmpty());
        }
    }

    @Test
    void stoppingTwiceIsHarmlessAndEveryCallbackIsCalled() {
        TestNode node = node(Duration.ofSeconds(1)).handle("task", call -> null);
        AtomicInteger called = new AtomicInteger();
        node.registry.stop(called::incrementAndGet);
        assertThat(called).hasValue(1);
        node.start();
        node.registry.stop(called::incrementAndGet);
        node.registry.stop(called::incrementAndGet);
        await().untilAtomic(called, org.hamcrest.Matchers.is(3));
    }

    @Test
    void startsLastAndStopsFirst() {
        TestNode node = node(Duration.ofSeconds(1));
        assertThat(node.registry.getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE);
        assertThat(node.registry.isAutoStartup()).isTrue();
    }

    private TestNode node(Duration drainTimeout) {
        return new TestNode(
                this.store,
                TestNode.settings().withNode(TestNode.settings().node().withDrainTimeout(drainTimeout)),
                2);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("task-default") || name.startsWith("tasklane-"))
                .collect(Collectors.toSet());
    }
}
