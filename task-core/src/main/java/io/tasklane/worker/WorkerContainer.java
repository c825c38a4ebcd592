package io.tasklane.worker;

import io.tasklane.TaskError;
import io.tasklane.observation.TaskWorkListener;
import io.tasklane.retry.RetryBackoff;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Runs the tasks of some queues: claims for its free slots, hands over to its threads, collects what ended. */
final class WorkerContainer {

    private static final Log logger = LogFactory.getLog(WorkerContainer.class);

    /** A task that was claimed ahead and has not started within this time is put back. */
    private static final long START_WITHIN = Duration.ofMillis(100).toNanos();

    private final ContainerSpec spec;

    private final TaskWork work;

    private final Engine engine;

    private final TaskThreads threads;

    private final QueueHints hints = new QueueHints();

    private final TaskSlots slots;

    private final RunPace pace;

    private final EndedTasks ended = new EndedTasks();

    private final Map<TaskLease, RunningTask> running = new ConcurrentHashMap<>();

    private final TaskExchanger exchanger;

    private final EngineLoop loop;

    private volatile List<String> queues;

    private volatile boolean draining;

    private volatile boolean exchanging;

    private long exchangedNanos;

    WorkerContainer(ContainerSpec spec, TaskWork work, WorkerAccess access, Engine engine) {
        this.spec = spec;
        this.work = work;
        this.engine = engine;
        this.queues = spec.queues();
        this.slots = new TaskSlots(spec);
        this.pace = new RunPace(spec.lookAhead());
        this.exchangedNanos = engine.ticker().nanoTime();
        this.threads = new TaskThreads(spec.name(), spec.threads());
        ClaimPlanner planner = new ClaimPlanner(spec, this.hints, this.slots, this.pace);
        this.exchanger = new TaskExchanger(this, access, planner, this.hints, this.ended);
        this.loop = new EngineLoop("tasklane-fetch-" + spec.name(), this::exchange, engine, LoopBackoff.LIMIT);
    }

    void start() {
        this.loop.start();
    }

    String name() {
        return this.spec.name();
    }

    List<String> queues() {
        return this.queues;
    }

    /** Queues were added or taken away. */
    void setQueues(List<String> names) {
        this.queues = names;
        this.slots.setQueues(names);
        this.loop.wake();
    }

    int concurrency() {
        return this.spec.concurrency().getAsInt();
    }

    int held() {
        return this.slots.held();
    }

    WorkerContainerInfo info() {
        return new WorkerContainerInfo(
                name(),
                this.queues,
                this.spec.order(),
                concurrency(),
                held(),
                this.draining ? WorkerContainerInfo.State.DRAINING : WorkerContainerInfo.State.RUNNING);
    }

    /** There may be tasks in this queue. */
    void mayHave(String queue) {
        this.hints.mayHave(queue);
        this.loop.wake();
    }

    boolean isHot(String queue) {
        return this.hints.isHot(queue);
    }

    void wake() {
        this.loop.wake();
    }

    boolean isDraining() {
        return this.draining;
    }

    /** Claims and starts no more from now on; what ends is still written. */
    void drain() {
        this.draining = true;
        this.slots.close().forEach(task -> end(task, released(task)));
        this.loop.wake();
    }

    /** All leases are void: what waits does not start, what runs is told. */
    void loseAll() {
        this.slots.takeWaiting().forEach(task -> end(task, released(task)));
        this.running.values().forEach(this::loseLease);
    }

    /** The tasks that are claimed and have not ended. */
    Collection<RunningTask> running() {
        return this.running.values();
    }

    /** Whether everything that was claimed has ended and is written, and nothing is being claimed. */
    boolean isEmpty() {
        return !this.exchanging && this.slots.held() == 0;
    }

    /** Ends the threads of its tasks, once they have none. Returns its loop, to be ended too. */
    EngineLoop close() {
        this.threads.close();
        return this.loop;
    }

    /** A claim is answered: its tasks start as slots become free. */
    void claimed(List<LeasedTask> tasks, boolean valid) {
        long now = this.engine.ticker().nanoTime();
        for (LeasedTask task : tasks) {
            RunningTask claimed = new RunningTask(task, this.engine.ticker(), now);
            this.running.put(task.lease(), claimed);
            if (!this.slots.add(claimed)) {
                end(claimed, released(claimed));
            }
        }
        if (!valid) {
            this.slots.takeWaiting().forEach(task -> end(task, released(task)));
        }
        startWaiting();
    }

    /** What ended is written, or never will be. */
    void written(EndedTask task) {
        this.slots.written(task.task().queue());
        this.work.ended();
    }

    /** So many completions were written at once, all that ended since the last time. */
    void exchanged(int count) {
        long now = this.engine.ticker().nanoTime();
        if (count > 0) {
            this.pace.ended(count, now - this.exchangedNanos);
        }
        this.exchangedNanos = now;
    }

    /** Puts back tasks that were claimed ahead and did not start in time; returns how long the others still have. */
    long putBackStale() {
        startWaiting();
        if (this.slots.waiting() == 0) {
            return EngineLoop.UNTIL_WOKEN;
        }
        for (RunningTask task :
                this.slots.takeClaimedBefore(this.engine.ticker().nanoTime() - START_WITHIN)) {
            this.pace.misjudged(task.queue());
            end(task, released(task));
        }
        return this.slots.waiting() == 0 ? EngineLoop.UNTIL_WOKEN : START_WITHIN / 2;
    }

    /** This worker no longer owns the task. */
    void loseLease(RunningTask task) {
        if (task.loseLease()) {
            tell(() -> this.work.listener().leaseLost(task.queue(), task.task()));
        }
    }

    /** Ends a task from outside, if it has not ended by itself. Returns whether it did; its thread may still run. */
    boolean abandon(RunningTask task, TaskOutcome outcome) {
        return end(task, new TaskCompletion(task.leased().lease(), null, null, outcome));
    }

    // Set before the exchange asks whether the container drains, so that a drain never misses a claim on its way.
    private long exchange() {
        this.exchanging = true;
        try {
            return this.exchanger.exchange();
        } finally {
            this.exchanging = false;
            if (this.draining) {
                this.work.ended();
            }
        }
    }

    private void startWaiting() {
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
            end(task, released(task));
        }
    }

    /** Runs a task, and with the slot that it leaves those that wait: no other thread has to be woken for them. */
    private void runFrom(RunningTask first) {
        RunningTask task = first;
        while (task != null) {
            if (task.isLeaseLost()) {
                end(task, released(task));
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
        end(task, completion);
    }

    private void started(RunningTask task, Instant startedAt) {
        Duration wait = Duration.between(task.leased().readyAt(), startedAt);
        tell(() -> this.work.listener().started(task.queue(), task.task(), wait.isNegative() ? Duration.ZERO : wait));
    }

    private boolean end(RunningTask task, TaskCompletion completion) {
        if (this.running.remove(task.leased().lease()) == null) {
            return false;
        }
        this.ended.add(new EndedTask(task, completion));
        this.loop.wake();
        this.work.ended();
        return true;
    }

    /** Counts as a failed attempt, so that it cannot go on for ever. */
    private static TaskOutcome broken(RunningTask task, Throwable failure) {
        TaskError error = TaskErrors.of(failure);
        return task.leased().retriesUsed() < task.leased().retries()
                ? new TaskOutcome.Retried(error, RetryBackoff.DEFAULT.initial())
                : new TaskOutcome.Failed(error);
    }

    private static TaskCompletion released(RunningTask task) {
        return new TaskCompletion(task.leased().lease(), null, null, new TaskOutcome.Released(false));
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException ex) {
            logger.warn("A TaskWorkListener failed", ex);
        }
    }

    /**
     * What a container does with tasks.
     *
     * @param runner runs them
     * @param listener told of them
     * @param whenEnded run whenever one has ended or was written, or null
     */
    record TaskWork(
            TaskRunner runner,
            TaskWorkListener listener,
            @Nullable Runnable whenEnded) {

        void ended() {
            if (this.whenEnded != null) {
                this.whenEnded.run();
            }
        }
    }
}
