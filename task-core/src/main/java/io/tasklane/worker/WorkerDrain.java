package io.tasklane.worker;

import io.tasklane.TaskError;
import io.tasklane.store.TaskOutcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Lets the tasks of a node end when it stops, and puts back those that do not. */
final class WorkerDrain {

    private static final Log logger = LogFactory.getLog(WorkerDrain.class);

    /** For tasks to end once they are interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** For the last completions to be written. */
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final Collection<WorkerContainer> containers;

    private final Ticker ticker;

    private final Signal progress;

    private final WorkerNodeSettings settings;

    /**
     * Creates a drain.
     *
     * @param progress raised whenever a task has ended or was written
     */
    WorkerDrain(Collection<WorkerContainer> containers, Ticker ticker, Signal progress, WorkerNodeSettings settings) {
        this.containers = containers;
        this.ticker = ticker;
        this.progress = progress;
        this.settings = settings;
    }

    /** Returns once nothing runs any more that this node would write. Threads that ignore an interrupt may still run. */
    void drain() {
        this.containers.forEach(WorkerContainer::drain);
        putBackExiting();
        if (!await(this.settings.drainTimeout(), this::nothingRuns)) {
            putBackExiting();
            each(task -> true, (container, task) -> {
                logger.warn("%s did not end within the drain timeout of %s and is interrupted"
                        .formatted(task, this.settings.drainTimeout()));
                task.requestRelease();
            });
            if (!await(GRACE, this::nothingRuns)) {
                each(task -> true, WorkerDrain::putBackStubborn);
            }
        }
        await(FLUSH, () -> this.containers.stream().allMatch(WorkerContainer::isEmpty));
    }

    /** Their threads wait for this very shutdown. */
    private void putBackExiting() {
        int max = this.settings.recovery().maxRecoveries();
        each(WorkerDrain::isInExit, (container, task) -> {
            logger.error("%s called System.exit: it is put back, counted as a crash".formatted(task));
            TaskError error = new TaskError("java.lang.System.exit", "The task ended the JVM", stack(task.stack()));
            container.abandon(
                    task, task.recoveries() < max ? new TaskOutcome.Released(true) : new TaskOutcome.Failed(error));
        });
    }

    private static void putBackStubborn(WorkerContainer container, RunningTask task) {
        StackTraceElement[] stack = task.stack();
        if (container.abandon(task, new TaskOutcome.Released(false))) {
            task.loseLease();
            logger.error("%s ignores the interrupt; it is put back, and what its thread still does is discarded:%n%s"
                    .formatted(task, stack(stack)));
        }
    }

    private static boolean isInExit(RunningTask task) {
        return Arrays.stream(task.stack())
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }

    private static String stack(StackTraceElement[] stack) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : stack) {
            text.append("\tat ").append(frame).append(System.lineSeparator());
        }
        return text.toString();
    }

    private void each(Predicate<RunningTask> which, BiConsumer<WorkerContainer, RunningTask> what) {
        for (WorkerContainer container : this.containers) {
            container.running().stream().filter(which).forEach(task -> what.accept(container, task));
        }
    }

    private boolean nothingRuns() {
        return this.containers.stream()
                .allMatch(container -> container.running().isEmpty());
    }

    private boolean await(Duration timeout, BooleanSupplier condition) {
        long start = this.ticker.nanoTime();
        while (!condition.getAsBoolean()) {
            long left = Nanos.of(timeout) - (this.ticker.nanoTime() - start);
            if (left <= 0) {
                return false;
            }
            this.progress.await(left);
        }
        return true;
    }
}
