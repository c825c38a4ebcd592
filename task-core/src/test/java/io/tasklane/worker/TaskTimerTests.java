package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tasklane.Completion;
import io.tasklane.TaskExecutionInterceptor.Next;
import io.tasklane.TaskId;
import io.tasklane.TaskTimeoutException;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskLease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Limits of bodies, with time that moves only when the test says so; the loop's steps are taken by the body itself. */
class TaskTimerTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualTicker ticker = new ManualTicker();

    private final AtomicInteger wakes = new AtomicInteger();

    private final List<TaskTimeoutException> goingOn = new ArrayList<>();

    private final TaskTimer timer = new TaskTimer(
            this.ticker,
            this.wakes::incrementAndGet,
            (task, definition, startedAt, timedOut) -> this.goingOn.add(timedOut));

    private final RunningTask task = new RunningTask(
            new LeasedTask(
                    new TaskLease(new TaskId(42), 1, 1),
                    "task",
                    "default",
                    0,
                    1,
                    3,
                    0,
                    0,
                    "{}",
                    1,
                    Map.of(),
                    Instant.EPOCH,
                    Instant.EPOCH,
                    null,
                    false),
            this.ticker,
            this.ticker.nanoTime(),
            this.timer);

    @Test
    void rank7_aBodyThatEndsInTimeIsLeftAlone() throws Throwable {
        assertThat(run(TIMEOUT, () -> {
                    this.ticker.advance(TIMEOUT.minusNanos(1));
                    this.timer.check();
                    return "done";
                }))
                .isEqualTo("done");
        this.ticker.advance(TIMEOUT.multipliedBy(10));
        assertThat(this.timer.check()).isEqualTo(EngineLoop.UNTIL_WOKEN);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(this.task.isCancellationRequested()).isFalse();
        assertThat(this.goingOn).isEmpty();
    }

    @Test
    void rank7_whatABodyThrowsInTimeIsThrown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> run(TIMEOUT, () -> {
                    throw new IllegalStateException("own");
                }))
                .withMessage("own");
    }

    @Test
    void rank7_aBodyThatTakesLongerIsInterruptedAndHasTimedOutWhateverItReturns() {
        assertThatExceptionOfType(TaskTimeoutException.class)
                .isThrownBy(() -> run(TIMEOUT, () -> {
                    this.ticker.advance(TIMEOUT);
                    this.timer.check();
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    assertThat(this.task.isCancellationRequested()).isTrue();
                    assertThat(this.task.isLeaseLost()).isFalse();
                    return "too late";
                }))
                .withMessageContaining("Task 42")
                .withMessageContaining("PT10S")
                .satisfies(ex -> assertThat(ex.timeout()).isEqualTo(TIMEOUT))
                .satisfies(ex -> assertThat(ex.id()).isEqualTo(new TaskId(42)))
                .satisfies(ex -> assertThat(ex.getStackTrace())
                        .as("where the body stood")
                        .extracting(StackTraceElement::getMethodName)
                        .contains("check", "run"));
        assertThat(Thread.currentThread().isInterrupted())
                .as("what follows the body is not disturbed")
                .isFalse();
    }

    @Test
    void rank7_whatABodyThrowsAfterItsTimeoutIsSuppressed() {
        assertThatExceptionOfType(TaskTimeoutException.class)
                .isThrownBy(() -> run(TIMEOUT, () -> {
                    this.ticker.advance(TIMEOUT);
                    this.timer.check();
                    throw new InterruptedException("at work");
                }))
                .satisfies(
                        ex -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(InterruptedException.class));
    }

    @Test
    void rank7_aBodyThatIgnoresItIsToldOfOnceAfterTheGrace() {
        assertThatExceptionOfType(TaskTimeoutException.class)
                .isThrownBy(() -> run(TIMEOUT, () -> {
                    this.ticker.advance(TIMEOUT);
                    assertThat(this.timer.check()).isEqualTo(TaskTimer.GRACE.toNanos());
                    this.ticker.advance(TaskTimer.GRACE.minusNanos(1));
                    assertThat(this.timer.check()).isEqualTo(1);
                    assertThat(this.goingOn).isEmpty();
                    this.ticker.advance(Duration.ofNanos(1));
                    assertThat(this.timer.check()).isEqualTo(EngineLoop.UNTIL_WOKEN);
                    assertThat(this.goingOn).hasSize(1);
                    this.ticker.advance(Duration.ofHours(1));
                    this.timer.check();
                    assertThat(this.goingOn).hasSize(1);
                    return null;
                }));
    }

    @Test
    void rank7_theLoopIsWokenOnlyForALimitThatIsSoonerThanItLooks() throws Throwable {
        assertThat(this.timer.check()).isEqualTo(EngineLoop.UNTIL_WOKEN);
        run(TIMEOUT, () -> null);
        assertThat(this.wakes).hasValue(1);
        assertThat(this.timer.check()).isEqualTo(EngineLoop.UNTIL_WOKEN);
        run(TIMEOUT, () -> this.timer.check());
        assertThat(this.wakes).hasValue(2);
        for (int i = 0; i < 1_000; i++) {
            this.ticker.advance(Duration.ofMillis(1));
            run(TIMEOUT, () -> null);
        }
        assertThat(this.wakes).as("it looks before any of them is due").hasValue(2);
        run(Duration.ofSeconds(1), () -> null);
        assertThat(this.wakes).hasValue(3);
    }

    private Object run(Duration timeout, Next body) throws Throwable {
        TaskDefinition definition = TestNode.definition("task", RetryableFailures.ALL, Completion.AFTER_RUN, timeout);
        return this.timer.run(this.task, definition, timeout, body);
    }
}
