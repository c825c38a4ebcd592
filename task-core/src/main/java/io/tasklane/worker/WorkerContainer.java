package io.tasklane.worker;

import io.tasklane.ConcurrencyRange;
import io.tasklane.observation.TaskWorkListener;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.ReleasedTasks;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskOutcome;
import io.tasklane.worker.RunningTask.Loss;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Runs the tasks of some queues: claims for its free slots and ahead of them, collects what ended, puts back what waits too long. */
final class WorkerContainer implements TaskRuns.Ending {

    private static final Log logger = LogFactory.getLog(WorkerContainer.class);

    /** A task that was claimed ahead and has not started within this time is put back. */
    private static final long START_WITHIN = Duration.ofMillis(100).toNanos();

    private final ContainerSpec spec;

    private final TaskWork work;

    private final WorkerAccess access;

    private final Engine engine;

    private final TaskRuns runs;

    private final QueueHints hints = new QueueHints();

    private final TokenWaits waits;

    private final SlotScale scale;

    private final TaskSlots slots;

    private final RunPace pace;

    private final EndedTasks ended = new EndedTasks();

    private final Map<TaskLease, RunningTask> running = new ConcurrentHashMap<>();

    private final TaskExchanger exchanger;

    private final EngineLoop loop;

    private volatile List<String> queues;

    private volatile boolean draining;

    private volatile boolean leaving;

    private volatile boolean exchanging;

    private long exchangedNanos;

    WorkerContainer(ContainerSpec spec, TaskThreads threads, TaskWork work, WorkerAccess access, Engine engine) {
        this.spec = spec;
        this.work = work;
        this.access = access;
        this.engine = engine;
        this.queues = spec.queues();
        this.scale = new SlotScale(spec.concurrency(), engine.ticker());
        this.slots = new TaskSlots(spec, this.scale::size);
        this.pace = new RunPace(spec.lookAhead());
        this.exchangedNanos = engine.ticker().nanoTime();
        this.runs = new TaskRuns(this.slots, this.pace, threads, work, engine, this);
        this.waits = new TokenWaits(engine.ticker());
        ClaimPlanner planner = new ClaimPlanner(spec, this.hints, this.waits, this.slots, this.pace);
        this.exchanger = new TaskExchanger(this, access, planner, this.hints, this.waits, this.ended);
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

    /** The queues to claim from, with as many slots as there are for them now. */
    List<String> queuesToAsk() {
        // In this order: who sets queues has changed the range before.
        List<String> now = this.queues;
        this.scale.fit();
        return now;
    }

    /** Queues were added or taken away. */
    void setQueues(List<String> names) {
        this.leaving = false;
        serve(names);
    }

    /** So many slots are to be kept for some of its queues. */
    void setReserved(Map<String, Integer> slots) {
        this.slots.setReserved(slots);
    }

    /** All its queues are gone: claims and starts no more until it is given others; what runs goes on. */
    void leave() {
        this.leaving = true;
        serve(List.of());
    }

    private void serve(List<String> names) {
        this.queues = names;
        this.slots.setQueues(names);
        this.loop.wake();
    }

    ConcurrencyRange concurrency() {
        return this.scale.range();
    }

    int held() {
        return this.slots.held();
    }

    WorkerContainerInfo info() {
        ConcurrencyRange concurrency = concurrency();
        return new WorkerContainerInfo(
                name(),
                this.queues,
                this.spec.order(),
                concurrency.max(),
                concurrency.min(),
                this.slots.size(),
                held(),
                this.slots.stuck().size(),
                this.draining || this.leaving ? WorkerContainerInfo.State.DRAINING : WorkerContainerInfo.State.RUNNING);
    }

    /** There may be tasks in this queue. */
    void mayHave(String queue) {
        this.hints.mayHave(queue);
        this.loop.wake();
    }

    /** A queue was changed: there may be tasks in it, and its rate limit may let them be claimed now. */
    void queueChanged(String queue) {
        this.waits.clear(queue);
        mayHave(queue);
    }

    boolean isHot(String queue) {
        return this.hints.isHot(queue);
    }

    void wake() {
        this.loop.wake();
    }

    boolean mayClaim() {
        return !this.draining && this.runs.untilThreads() == 0;
    }

    /** Claims and starts no more from now on; what ends is still written. */
    void drain() {
        this.draining = true;
        this.slots.close().forEach(task -> end(task, task.released()));
        this.loop.wake();
    }

    /** All leases are void: what runs is told, what waits does not start. */
    void loseAll() {
        this.running.values().forEach(this::loseLease);
        this.slots.takeWaiting().forEach(task -> end(task, task.released()));
    }

    /** Whether a task is held: it waits, runs, is to be written, or may be what is being claimed. */
    boolean mayHold(TaskLease lease) {
        return this.exchanger.isClaiming(lease.token())
                || this.running.containsKey(lease)
                || this.ended.contains(lease);
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
        this.runs.close();
        return this.loop;
    }

    /** A claim is answered: its tasks start as slots become free. */
    void claimed(List<LeasedTask> tasks, boolean valid) {
        long now = this.engine.ticker().nanoTime();
        for (LeasedTask task : tasks) {
            RunningTask claimed = new RunningTask(task, this.engine.ticker(), now, this.work.timer());
            this.running.put(task.lease(), claimed);
            if (!add(claimed)) {
                end(claimed, claimed.released());
            }
        }
        if (!valid) {
            this.slots.takeWaiting().forEach(task -> end(task, task.released()));
        }
        // On this thread they start with the next step, when this exchange is over.
        if (!this.spec.threads().isInline()) {
            this.runs.startWaiting();
        }
    }

    private boolean add(RunningTask claimed) {
        try {
            return this.slots.add(claimed);
        } catch (Throwable ex) {
            // The heap is full: as it is not known here, it is put back.
            this.running.remove(claimed.leased().lease());
            throw ex;
        }
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

    /** Puts back tasks that were claimed ahead and did not start in time; returns when to look for others. */
    long putBackStale() {
        this.runs.startWaiting();
        long untilThreads = this.runs.untilThreads();
        long unlessWoken = untilThreads > 0 ? untilThreads : EngineLoop.UNTIL_WOKEN;
        if (this.slots.waiting() == 0) {
            return unlessWoken;
        }
        for (RunningTask task :
                this.slots.takeClaimedBefore(this.engine.ticker().nanoTime() - START_WITHIN)) {
            this.pace.misjudged(task.queue());
            end(task, task.released());
        }
        return this.slots.waiting() == 0 ? unlessWoken : START_WITHIN / 2;
    }

    /** Has more or fewer slots, as its tasks wait for them or not; returns when to look again. */
    long adapt(boolean wanting) {
        int before = this.scale.size();
        long untilNext =
                this.scale.adapt(wanting, this.slots.held() + this.slots.stuck().size());
        if (this.scale.size() != before) {
            logger.debug(
                    "Container '%s' has %d slots now, of %s".formatted(name(), this.scale.size(), this.scale.range()));
        }
        return untilNext;
    }

    /** This worker no longer owns the task: it is told and interrupted, and what it produces is discarded. */
    void loseLease(RunningTask task) {
        Loss loss = task.loseLease();
        if (loss == Loss.INTERRUPTED) {
            logger.warn("%s is no longer owned by this worker: it is interrupted, and what it produces is discarded"
                    .formatted(task));
        }
        if (loss != Loss.KNOWN) {
            this.work.tell(listener -> listener.leaseLost(task.queue(), task.task()));
        }
    }

    /** An operator has cancelled a task: it is interrupted if it runs, and does not start if it waits. */
    void cancel(TaskLease lease) {
        RunningTask task = this.running.get(lease);
        if (task == null || !task.requestCancellation()) {
            return;
        }
        if (this.slots.takeWaiting(task)) {
            end(task, task.released());
        } else {
            logger.info("%s was cancelled and is interrupted".formatted(task));
        }
    }

    /**
     * Ends a task whose body goes on after its timeout; it keeps its slot as long as its thread does.
     *
     * @return whether it was a task of this container, and had not ended by itself
     */
    boolean giveUp(RunningTask task, TaskCompletion completion) {
        if (this.running.get(completion.lease()) != task) {
            return false;
        }
        // Before its end is written, which would free the slot.
        this.slots.stuck(task);
        task.markGivenUp(completion.outcome());
        if (!end(task, completion)) {
            this.slots.notStuck(task);
            return false;
        }
        task.loseLease();
        return true;
    }

    /** Tasks that were given up and go on. */
    List<RunningTask> stuck() {
        return this.slots.stuck();
    }

    /** Ends a task from outside, if it has not ended by itself. Returns whether it did; its thread may still run. */
    boolean abandon(RunningTask task, TaskOutcome outcome) {
        return end(task, task.leased().completion(null, null, outcome));
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

    @Override
    public void ended(EndedTask task) {
        end(task);
    }

    @Override
    public void freed(RunningTask task) {
        logger.info("%s has ended at last; its slot is free again".formatted(task));
        this.loop.wake();
    }

    @Override
    public boolean hasRoom() {
        return this.ended.hasRoom();
    }

    private boolean end(RunningTask task, TaskCompletion completion) {
        return end(new EndedTask(task, completion));
    }

    private void collect(EndedTask task) {
        try {
            this.ended.add(task);
        } catch (Throwable ex) {
            // The heap is full: the caller tries again.
            this.running.put(task.completion().lease(), task.task());
            throw ex;
        }
    }

    private boolean end(EndedTask task) {
        if (this.running.remove(task.completion().lease()) == null) {
            return false;
        }
        if (task.written()) {
            this.exchanger.free(task);
        } else {
            collect(task);
        }
        try {
            tell(task);
        } finally {
            this.loop.wake();
            this.work.ended();
        }
        return true;
    }

    /** Its end may matter to others. */
    private void tell(EndedTask task) {
        this.work.outcomes().accept(task);
        if (task.written() && task.completion().keyed()) {
            this.access.released().released(new ReleasedTasks(Map.of(), true));
        }
        if (this.spec.limited().test(task.task().queue())) {
            // It may have been all that the limit across nodes allowed.
            this.hints.mayHave(task.task().queue());
        }
    }

    /**
     * What a container does with tasks.
     *
     * @param runner runs them
     * @param timer limits how long they run
     * @param listener told of them
     * @param outcomes told of each that has ended, once; quick, and throws nothing
     * @param whenEnded run whenever one has ended or was written, or null
     */
    record TaskWork(
            TaskRunner runner,
            TaskTimer timer,
            TaskWorkListener listener,
            Consumer<EndedTask> outcomes,
            @Nullable Runnable whenEnded) {

        /** Tells the listener; what it throws changes nothing. */
        void tell(Consumer<TaskWorkListener> call) {
            try {
                call.accept(this.listener);
            } catch (RuntimeException ex) {
                logger.warn("A TaskWorkListener failed", ex);
            }
        }

        void ended() {
            if (this.whenEnded != null) {
                this.whenEnded.run();
            }
        }
    }
}
