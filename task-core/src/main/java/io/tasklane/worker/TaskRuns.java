package io.tasklane.worker;

import io.tasklane.TaskError;
import io.tasklane.retry.RetryBackoff;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import io.tasklane.worker.WorkerContainer.TaskWork;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Runs the claimed tasks of a container on its threads, one for each slot. Started and asked by the container's loop only. */
final class TaskRuns {

    private static final Log logger = LogFactory.getLog(TaskRuns.class);

    /** For other threads to free memory. */
    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    private final TaskSlots slots;

    private final RunPace pace;

    private final TaskThreads threads;

    private final TaskWork work;

    private final Engine engine;

    private final Ending ending;

    private final LoopBackoff backoff;

    private boolean outOfThreads;

    private boolean rejectionTold;

    private long threadsFrom;

    /**
     * Creates it; nothing runs yet.
     *
     * @param ending told of each task that has ended, while it still has its slot
     */
    TaskRuns(TaskSlots slots, RunPace pace, TaskThreads threads, TaskWork work, Engine engine, Ending ending) {
        this.slots = slots;
        this.pace = pace;
        this.threads = threads;
        this.work = work;
        this.engine = engine;
        this.ending = ending;
        this.backoff = new LoopBackoff(LoopBackoff.LIMIT, engine.random());
    }

    /** Starts tasks that wait, as far as slots are free, threads can be had, and the memory can take what they produce. */
    void startWaiting() {
        boolean more = untilThreads() == 0;
        while (more && this.ending.hasRoom()) {
            RunningTask task = this.slots.start();
            more = task != null && hand(task);
        }
    }

    /** How long to claim and start nothing, because the JVM has no thread. */
    long untilThreads() {
        return this.outOfThreads
                ? Math.max(0, this.threadsFrom - this.engine.ticker().nanoTime())
                : 0;
    }

    private boolean hand(RunningTask task) {
        try {
            this.threads.run(() -> runFrom(task));
        } catch (Throwable ex) {
            this.slots.end(task);
            end(task, null, null);
            withoutThread(task, ex);
            return false;
        }
        if (this.outOfThreads) {
            this.outOfThreads = false;
            this.backoff.reset();
            this.engine.health().succeeded(this.threads.name());
        }
        return true;
    }

    // Put back at once and claimed again at once, it would go round and round.
    private void withoutThread(RunningTask task, Throwable failure) {
        this.threadsFrom = this.engine.ticker().nanoTime() + this.backoff.nextNanos();
        this.outOfThreads = true;
        if (failure instanceof Error) {
            this.engine.health().failed(this.threads.name(), failure);
        } else if (failure instanceof RejectedExecutionException) {
            rejected(task, failure);
        } else {
            logger.error("No thread for %s; it is put back".formatted(task), failure);
        }
    }

    private void rejected(RunningTask task, Throwable failure) {
        if (!this.rejectionTold) {
            this.rejectionTold = true;
            logger.warn(
                    ("The executor behind '%s' has no thread for %s, which goes back to its place; so will others, without"
                                    + " a word. Give the executor more threads or a queue, or the container less concurrency (%s)")
                            .formatted(this.threads.name(), task, failure.getMessage()));
        }
    }

    /** Runs a task, and with the slot that it leaves those that wait: no other thread has to be woken for them. */
    private void runFrom(RunningTask first) {
        RunningTask task = first;
        while (task != null) {
            EndedTask result = null;
            Throwable failure = null;
            long begin = this.engine.ticker().nanoTime();
            try {
                result = run(task);
                this.pace.ran(task.queue(), this.engine.ticker().nanoTime() - begin);
            } catch (Throwable ex) {
                failure = ex;
            }
            end(task, result, failure);
            RunningTask ended = task;
            if (this.ending.hasRoom()) {
                task = this.slots.startAfter(ended);
            } else {
                // The container's loop starts the next one, once enough is written.
                this.slots.end(ended);
                task = null;
            }
            if (ended.givenUp() != null) {
                this.ending.freed(ended);
            }
        }
    }

    private @Nullable EndedTask run(RunningTask task) {
        if (task.isLeaseLost() || task.isCancelled()) {
            return null;
        }
        Thread.currentThread().setContextClassLoader(this.engine.classLoader());
        task.begin();
        try {
            return this.work.runner().run(task, startedAt -> started(task, startedAt));
        } finally {
            task.end();
        }
    }

    /** Tells what came of a task, however full the heap is: otherwise its slot would be lost, and nobody would write its end. */
    private void end(RunningTask task, @Nullable EndedTask known, @Nullable Throwable failure) {
        EndedTask result = known;
        while (true) {
            try {
                if (result == null) {
                    result = new EndedTask(task, failure == null ? task.released() : broken(task, failure));
                }
                this.ending.ended(result);
                return;
            } catch (Throwable ex) {
                this.engine.ticker().park(this, PAUSE);
            }
        }
    }

    private void started(RunningTask task, Instant startedAt) {
        Duration wait = Duration.between(task.leased().readyAt(), startedAt);
        this.work.tell(
                listener -> listener.started(task.queue(), task.task(), wait.isNegative() ? Duration.ZERO : wait));
    }

    /** Counts as a failed attempt, so that it cannot go on for ever. */
    private static TaskCompletion broken(RunningTask task, Throwable failure) {
        logger.error("Running %s failed outside its body".formatted(task), failure);
        TaskError error = TaskErrors.of(failure);
        TaskOutcome outcome = task.leased().retriesUsed() < task.leased().retries()
                ? new TaskOutcome.Retried(error, RetryBackoff.DEFAULT.initial())
                : new TaskOutcome.Failed(error);
        return task.leased().completion(task.now(), task.now(), outcome);
    }

    /** Ends the threads; those that still run a task end after it. */
    void close() {
        this.threads.close();
    }

    /** What becomes of tasks that have ended. */
    interface Ending {

        /** A task has ended; it still has its slot. */
        void ended(EndedTask task);

        /** A task that was given up has left its slot. */
        void freed(RunningTask task);

        /** Whether the memory can take what more tasks produce. */
        boolean hasRoom();
    }
}
