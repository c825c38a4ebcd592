package io.tasklane.worker;

import io.tasklane.TaskExecutionInterceptor.Next;
import io.tasklane.TaskTimeoutException;
import io.tasklane.handler.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts bodies that run for longer than their timeout, and gives those up that ignore it. One for a node; costs nothing for
 * tasks without a timeout. Thread-safe.
 */
final class TaskTimer {

    /** For a body to end once it is interrupted. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final Ticker ticker;

    private final Runnable wake;

    private final Stubborn stubborn;

    /** The next to act on first. */
    private final TreeSet<Limit> limits = new TreeSet<>();

    private long nextLook;

    private boolean looking = true;

    private long count;

    /**
     * Creates it.
     *
     * @param wake has {@link #check} called soon
     * @param stubborn told of bodies that go on after their timeout
     */
    TaskTimer(Ticker ticker, Runnable wake, Stubborn stubborn) {
        this.ticker = ticker;
        this.wake = wake;
        this.stubborn = stubborn;
    }

    /**
     * Runs a body on this thread.
     *
     * @return what it returns
     * @throws TaskTimeoutException if it has timed out, whatever it returned or threw then
     */
    @Nullable
    Object run(RunningTask task, TaskDefinition definition, Duration timeout, Next body) throws Throwable {
        Limit limit = start(task, definition, timeout);
        Object result;
        try {
            result = body.proceed();
        } catch (Throwable ex) {
            TaskTimeoutException timedOut = end(limit);
            if (timedOut == null) {
                throw ex;
            }
            timedOut.addSuppressed(ex);
            throw timedOut;
        }
        TaskTimeoutException timedOut = end(limit);
        if (timedOut != null) {
            throw timedOut;
        }
        return result;
    }

    private Limit start(RunningTask task, TaskDefinition definition, Duration timeout) {
        Limit limit;
        boolean sooner;
        synchronized (this) {
            limit = new Limit(task, definition, timeout, Thread.currentThread(), task.now(), this.count++);
            limit.due = this.ticker.nanoTime() + Nanos.of(timeout);
            this.limits.add(limit);
            // Most end long before: the loop is not woken for each of them.
            sooner = !this.looking && limit.due - this.nextLook < 0;
            if (sooner) {
                this.nextLook = limit.due;
            }
        }
        if (sooner) {
            this.wake.run();
        }
        return limit;
    }

    /** The body has ended: it is not interrupted any more. Returns why it was, null if it was not. */
    private synchronized @Nullable TaskTimeoutException end(Limit limit) {
        this.limits.remove(limit);
        limit.ended = true;
        if (limit.timedOut != null) {
            Thread.interrupted();
        }
        return limit.timedOut;
    }

    /** A step of the timer's loop; returns how long there is nothing to do. */
    long check() {
        List<Limit> ignored = new ArrayList<>();
        synchronized (this) {
            this.looking = true;
            long now = this.ticker.nanoTime();
            while (!this.limits.isEmpty() && this.limits.first().due - now <= 0) {
                Limit limit = this.limits.first();
                boolean goesOn = limit.timedOut != null;
                if (!goesOn) {
                    limit.timeOut();
                }
                // Both are tried again after the grace if something fails from here on, such as the heap.
                this.limits.remove(limit);
                limit.due = now + GRACE.toNanos();
                this.limits.add(limit);
                if (goesOn) {
                    ignored.add(limit);
                }
            }
        }
        ignored.forEach(this::giveUp);
        return untilNext();
    }

    private void giveUp(Limit limit) {
        TaskTimeoutException timedOut = limit.timedOut;
        if (timedOut != null && !limit.ended) {
            this.stubborn.goesOn(limit.task, limit.definition, limit.startedAt, timedOut);
        }
        synchronized (this) {
            this.limits.remove(limit);
        }
    }

    private synchronized long untilNext() {
        this.looking = false;
        long now = this.ticker.nanoTime();
        long wait = this.limits.isEmpty() ? EngineLoop.UNTIL_WOKEN : Math.max(1, this.limits.first().due - now);
        this.nextLook = now + Math.min(wait, Nanos.FOREVER);
        return wait;
    }

    /** Told of bodies that go on after they were interrupted for their timeout. */
    @FunctionalInterface
    interface Stubborn {

        /**
         * A body goes on.
         *
         * @param startedAt when it started, on the store's clock
         * @param timedOut its timeout
         */
        void goesOn(RunningTask task, TaskDefinition definition, Instant startedAt, TaskTimeoutException timedOut);
    }

    /** The limit of one run. */
    private static final class Limit implements Comparable<Limit> {

        private final RunningTask task;

        private final TaskDefinition definition;

        private final Duration timeout;

        private final Thread thread;

        private final Instant startedAt;

        private final long number;

        private long due;

        private volatile @Nullable TaskTimeoutException timedOut;

        private volatile boolean ended;

        private Limit(
                RunningTask task,
                TaskDefinition definition,
                Duration timeout,
                Thread thread,
                Instant startedAt,
                long number) {
            this.task = task;
            this.definition = definition;
            this.timeout = timeout;
            this.thread = thread;
            this.startedAt = startedAt;
            this.number = number;
        }

        private void timeOut() {
            this.timedOut = new TaskTimeoutException(this.task.id(), this.timeout, this.thread.getStackTrace());
            this.task.markTimedOut();
            this.thread.interrupt();
        }

        @Override
        public int compareTo(Limit other) {
            int byTime = Long.compare(this.due - other.due, 0);
            return byTime != 0 ? byTime : Long.compare(this.number, other.number);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
