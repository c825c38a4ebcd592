package io.tasklane.worker;

import io.tasklane.TaskError;
import io.tasklane.retry.RetryBackoff;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import io.tasklane.worker.WorkerContainer.TaskWork;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Runs the claimed tasks of a container on its threads, one for each slot. Thread-safe. */
final class TaskRuns {

    private static final Log logger = LogFactory.getLog(TaskRuns.class);

    private final TaskSlots slots;

    private final RunPace pace;

    private final TaskThreads threads;

    private final TaskWork work;

    private final Engine engine;

    private final BiConsumer<RunningTask, TaskCompletion> ended;

    /**
     * Creates it; nothing runs yet.
     *
     * @param ended told of each task that has ended, while it still has its slot
     */
    TaskRuns(
            TaskSlots slots,
            RunPace pace,
            TaskThreads threads,
            TaskWork work,
            Engine engine,
            BiConsumer<RunningTask, TaskCompletion> ended) {
        this.slots = slots;
        this.pace = pace;
        this.threads = threads;
        this.work = work;
        this.engine = engine;
        this.ended = ended;
    }

    /** Starts tasks that wait, as far as slots are free. */
    void startWaiting() {
        for (RunningTask task = this.slots.start(); task != null; task = this.slots.start()) {
            hand(task);
        }
    }

    private void hand(RunningTask task) {
        try {
            this.threads.run(() -> runFrom(task));
        } catch (Throwable ex) {
            logger.error("No thread for %s; it is put back".formatted(task), ex);
            this.slots.end(task);
            this.ended.accept(task, task.released());
        }
    }

    /** Runs a task, and with the slot that it leaves those that wait: no other thread has to be woken for them. */
    private void runFrom(RunningTask first) {
        RunningTask task = first;
        while (task != null) {
            if (task.isLeaseLost()) {
                this.ended.accept(task, task.released());
            } else {
                run(task);
            }
            task = this.slots.startAfter(task);
        }
    }

    private void run(RunningTask task) {
        Thread.currentThread().setContextClassLoader(this.engine.classLoader());
        long begin = this.engine.ticker().nanoTime();
        task.begin();
        TaskCompletion completion;
        try {
            completion = this.work.runner().run(task, startedAt -> started(task, startedAt));
        } catch (Throwable ex) {
            logger.error("Running %s failed outside its body".formatted(task), ex);
            completion = new TaskCompletion(task.leased().lease(), task.now(), task.now(), broken(task, ex));
        } finally {
            task.end();
        }
        this.pace.ran(task.queue(), this.engine.ticker().nanoTime() - begin);
        this.ended.accept(task, completion);
    }

    private void started(RunningTask task, Instant startedAt) {
        Duration wait = Duration.between(task.leased().readyAt(), startedAt);
        this.work.tell(
                listener -> listener.started(task.queue(), task.task(), wait.isNegative() ? Duration.ZERO : wait));
    }

    /** Counts as a failed attempt, so that it cannot go on for ever. */
    private static TaskOutcome broken(RunningTask task, Throwable failure) {
        TaskError error = TaskErrors.of(failure);
        return task.leased().retriesUsed() < task.leased().retries()
                ? new TaskOutcome.Retried(error, RetryBackoff.DEFAULT.initial())
                : new TaskOutcome.Failed(error);
    }

    /** Ends the threads; those that still run a task end after it. */
    void close() {
        this.threads.close();
    }
}
