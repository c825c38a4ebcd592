package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.ConcurrencyRange;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container with one slot, in a JVM that is short of threads or memory. */
@Timeout(60)
class TaskRunsTests {

    private final TestStore store = new TestStore();

    private final Engine engine =
            new Engine(Ticker.SYSTEM, () -> 0, new EngineHealth(), getClass().getClassLoader());

    private final AtomicBoolean threadless = new AtomicBoolean();

    private final AtomicInteger refused = new AtomicInteger();

    private final AtomicInteger errors = new AtomicInteger();

    private final WorkerContainer container = LoneContainer.create(
            this.store, () -> ConcurrencyRange.of(1), invocation -> null, threads(), this::endedOrError, this.engine);

    @AfterEach
    void close() {
        EngineLoop.stop(List.of(this.container.close()), Ticker.SYSTEM, Duration.ofSeconds(5));
    }

    @Test
    void withoutAThreadATaskIsClaimedAgainOnlyAfterGrowingWaits() {
        this.threadless.set(true);
        TaskId task = this.store.enqueue("task", "default");
        long begin = System.nanoTime();
        this.container.start();
        await().until(() -> this.refused.get() >= 4);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(600));
        assertThat(this.engine.health().errors()).containsOnlyKeys("task-default");
        this.threadless.set(false);
        await().until(() -> this.store.state(task) == TaskState.SUCCEEDED);
        assertThat(this.store.find(task).retriesUsed()).isZero();
        assertThat(this.store.find(task).recoveries()).isZero();
        assertThat(this.engine.health().errors()).isEmpty();
    }

    @Test
    void anErrorWhereNobodyExpectsOneCostsNoSlot() {
        this.errors.set(3);
        TaskId task = this.store.enqueue("task", "default");
        TaskId next = this.store.enqueue("task", "default");
        this.container.start();
        await().until(() -> this.store.state(next) == TaskState.SUCCEEDED);
        assertThat(this.store.state(task)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(this.errors.get()).isNegative();
        await().until(() -> this.container.held() == 0);
    }

    private TaskThreads threads() {
        return new TaskThreads(
                "task-default",
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), body -> {
                    if (this.threadless.get()) {
                        this.refused.incrementAndGet();
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(body);
                }));
    }

    private void endedOrError() {
        if (this.errors.getAndDecrement() > 0) {
            throw new OutOfMemoryError("pretended");
        }
    }
}
