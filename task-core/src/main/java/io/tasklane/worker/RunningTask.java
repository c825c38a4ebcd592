package io.tasklane.worker;

import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A claimed task in this JVM, from the claim to its completion. What its body sees of it is {@link TaskContext}. */
final class RunningTask implements TaskContext {

    private final LeasedTask task;

    private final Ticker ticker;

    private final long claimedNanos;

    private final TaskTimer timer;

    private volatile boolean leaseLost;

    private volatile boolean cancelled;

    private volatile boolean releaseRequested;

    private volatile boolean timedOut;

    private volatile @Nullable TaskOutcome givenUp;

    private @Nullable Thread thread;

    RunningTask(LeasedTask task, Ticker ticker, long claimedNanos, TaskTimer timer) {
        this.task = task;
        this.ticker = ticker;
        this.claimedNanos = claimedNanos;
        this.timer = timer;
    }

    LeasedTask leased() {
        return this.task;
    }

    /** When it was claimed, on this JVM's monotonic clock. */
    long claimedNanos() {
        return this.claimedNanos;
    }

    /** Now on the store's clock, counted from the claim by this JVM's monotonic one. */
    Instant now() {
        return this.task.claimedAt().plus(Duration.ofNanos(this.ticker.nanoTime() - this.claimedNanos));
    }

    /** What is written to put it back before it started. */
    TaskCompletion released() {
        return this.task.completion(null, null, new TaskOutcome.Released(false));
    }

    /** The calling thread runs it now. */
    synchronized void begin() {
        this.thread = Thread.currentThread();
        if (isCancellationRequested()) {
            this.thread.interrupt();
        }
    }

    /** The calling thread is done with it. Clears an interrupt, so that the thread's next task does not see it. */
    synchronized void end() {
        this.thread = null;
        Thread.interrupted();
    }

    /** The worker stops: asks the body to stop; it is put back. */
    synchronized void requestRelease() {
        this.releaseRequested = true;
        interrupt();
    }

    /** An operator has cancelled it: asks the body to stop. Returns whether that is news. */
    synchronized boolean requestCancellation() {
        boolean news = !this.cancelled;
        this.cancelled = true;
        if (news) {
            interrupt();
        }
        return news;
    }

    private void interrupt() {
        if (this.thread != null) {
            this.thread.interrupt();
        }
    }

    /** This worker no longer owns it: asks the body to stop; its outcome is void. */
    synchronized Loss loseLease() {
        if (this.leaseLost) {
            return Loss.KNOWN;
        }
        this.leaseLost = true;
        interrupt();
        return this.thread != null ? Loss.INTERRUPTED : Loss.NOT_RUNNING;
    }

    /** The calling thread, which runs it, waits at most this long; an interrupt ends the wait and is used up by it. */
    void pause(long nanos) {
        this.ticker.park(this, nanos);
        Thread.interrupted();
    }

    /** What limits how long its body runs. */
    TaskTimer timer() {
        return this.timer;
    }

    /** Its body runs for too long, and is interrupted. */
    void markTimedOut() {
        this.timedOut = true;
    }

    /** Its body went on after its timeout; what came of it is written. */
    void markGivenUp(TaskOutcome outcome) {
        this.givenUp = outcome;
    }

    /** What was written of it although its body goes on; null if nothing was. */
    @Nullable
    TaskOutcome givenUp() {
        return this.givenUp;
    }

    /** What becomes of it whatever its body did; null where that decides. */
    @Nullable
    TaskOutcome imposedOutcome() {
        if (this.cancelled) {
            return new TaskOutcome.Cancelled();
        }
        // A task that has timed out has failed, also if the worker stops before its body ends.
        return this.leaseLost || (this.releaseRequested && !this.timedOut) ? new TaskOutcome.Released(false) : null;
    }

    /** Whether an operator has cancelled it. */
    boolean isCancelled() {
        return this.cancelled;
    }

    /** The stack of the thread that runs it; empty if none does. */
    synchronized StackTraceElement[] stack() {
        return this.thread == null ? new StackTraceElement[0] : this.thread.getStackTrace();
    }

    @Override
    public TaskId id() {
        return this.task.lease().task();
    }

    @Override
    public String task() {
        return this.task.task();
    }

    @Override
    public String queue() {
        return this.task.queue();
    }

    @Override
    public int attempt() {
        return this.task.retriesUsed() + 1;
    }

    @Override
    public int recoveries() {
        return this.task.recoveries();
    }

    @Override
    public boolean isLeaseLost() {
        return this.leaseLost;
    }

    @Override
    public boolean isCancellationRequested() {
        return this.cancelled || this.leaseLost || this.releaseRequested || this.timedOut;
    }

    @Override
    public String toString() {
        return "task '%s' %s (queue '%s')".formatted(task(), id(), queue());
    }

    /** What a lost lease meant to the task. */
    enum Loss {

        /** It was lost before. */
        KNOWN,

        /** It waits to be started, or to be written. */
        NOT_RUNNING,

        /** It ran, and was interrupted. */
        INTERRUPTED
    }
}
