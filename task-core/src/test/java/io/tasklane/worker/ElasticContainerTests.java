package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.ConcurrencyRange;
import io.tasklane.TaskState;
import io.tasklane.handler.TaskInvocation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container whose concurrency is a range, on a clock of its own. */
@Timeout(60)
class ElasticContainerTests {

    private final TestStore store = new TestStore();

    private final ManualTicker ticker = new ManualTicker();

    private final Gauge gauge = new Gauge();

    private final AtomicBoolean fullHeap = new AtomicBoolean();

    /** Whether the heap is full when a task has ended. */
    private volatile boolean filling;

    private final WorkerContainer container = LoneContainer.create(
            this.store,
            this::range,
            this::run,
            TaskThreads.of("default", WorkerThreads.PLATFORM, TaskExecutors.NONE),
            null,
            new Engine(this.ticker, () -> 0, new EngineHealth(), getClass().getClassLoader()));

    @AfterEach
    void close() {
        this.gauge.open();
        EngineLoop.stop(List.of(this.container.close()), Ticker.SYSTEM, Duration.ofSeconds(5));
    }

    @Test
    void rank42_itFollowsTheBacklogUpAndDown() {
        enqueue(30);
        this.container.start();
        await().until(() -> this.gauge.running() == 2);
        assertThat(this.container.info())
                .returns(10, WorkerContainerInfo::concurrency)
                .returns(2, WorkerContainerInfo::minConcurrency)
                .returns(2, WorkerContainerInfo::slots);
        awaitInSteps(10);
        await().until(() -> this.gauge.running() == 10);
        this.gauge.open();
        await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 30);
        assertThat(this.gauge.most()).isEqualTo(10);
        awaitInSteps(2);
    }

    @Test
    void rank42_whileNoTaskWaitsItStaysAtTheLeastNumber() {
        enqueue(1);
        this.container.start();
        await().until(() -> this.gauge.running() == 1);
        int claims = this.store.calls("exchange");
        for (int i = 0; i < 100; i++) {
            this.ticker.advance(SlotScale.GROW_AFTER);
            this.container.wake();
        }
        enqueue(1);
        this.container.mayHave("default");
        await().until(() -> this.gauge.running() == 2);
        assertThat(this.container.info().slots()).isEqualTo(2);
        assertThat(this.store.calls("exchange")).as("it asks no more often").isLessThan(claims + 5);
    }

    @Test
    void r31_whatHasEndedIsWrittenAlthoughTheNextClaimCannotBePlanned() {
        this.filling = true;
        this.gauge.open();
        enqueue(20);
        this.container.start();
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            this.ticker.advance(Duration.ofSeconds(10));
            return this.store.count("default", TaskState.SUCCEEDED) == 20;
        });
        await().until(() -> this.container.held() == 0);
    }

    private void awaitInSteps(int slots) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            this.ticker.advance(Duration.ofMillis(500));
            return this.container.info().slots() == slots;
        });
    }

    private void enqueue(int count) {
        for (int i = 0; i < count; i++) {
            this.store.enqueue("task", "default");
        }
    }

    /** Asked for when a claim is planned. */
    private ConcurrencyRange range() {
        if (this.fullHeap.compareAndSet(true, false)) {
            throw new OutOfMemoryError("by the test");
        }
        return new ConcurrencyRange(2, 10);
    }

    private @Nullable Object run(TaskInvocation call) throws Throwable {
        Object result = this.gauge.body().handle(call);
        this.fullHeap.set(this.filling);
        return result;
    }
}
