package io.tasklane.worker;

import java.time.Duration;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** A thread of the engine that repeats one step. Nothing that the step throws ends it. */
final class EngineLoop {

    /** Wait of a step that has nothing to do until it is woken. */
    static final long UNTIL_WOKEN = Long.MAX_VALUE;

    /** Answer of a step that is not to be run again: the thread ends. */
    static final long FOR_GOOD = -1;

    private static final Log logger = LogFactory.getLog(EngineLoop.class);

    private final String name;

    private final Step step;

    private final EngineHealth health;

    private final LoopBackoff backoff;

    private final Signal wake;

    private final Signal end;

    private final Thread thread;

    private volatile boolean stopping;

    EngineLoop(String name, Step step, Engine engine, Duration longestBackoff) {
        this.name = name;
        this.step = step;
        this.health = engine.health();
        this.backoff = new LoopBackoff(longestBackoff, engine.random());
        this.wake = new Signal(engine.ticker());
        this.end = new Signal(engine.ticker());
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
        this.thread.setContextClassLoader(engine.classLoader());
    }

    void start() {
        this.thread.start();
    }

    /** Runs the step soon; does not shorten the wait after a failure. */
    void wake() {
        this.wake.raise();
    }

    /** Ends the thread after the step that it is in. */
    private void requestStop() {
        this.stopping = true;
        this.wake.raise();
        this.end.raise();
    }

    /** Ends the threads; interrupts those that have not ended after this long, and gives them as long again. */
    static void stop(List<EngineLoop> loops, Ticker ticker, Duration timeout) {
        loops.forEach(EngineLoop::requestStop);
        long start = ticker.nanoTime();
        for (EngineLoop loop : loops) {
            loop.join(timeout.toNanos() - (ticker.nanoTime() - start));
        }
        List<EngineLoop> left =
                loops.stream().filter(loop -> loop.thread.isAlive()).toList();
        for (EngineLoop loop : left) {
            logger.warn("Thread '%s' did not end in %s and is interrupted".formatted(loop.name, timeout));
            loop.thread.interrupt();
        }
        long interrupted = ticker.nanoTime();
        for (EngineLoop loop : left) {
            loop.join(timeout.toNanos() - (ticker.nanoTime() - interrupted));
        }
    }

    private void join(long nanos) {
        try {
            this.thread.join(Math.max(1, nanos / 1_000_000));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!this.stopping) {
            try {
                long wait = this.step.run();
                this.health.succeeded(this.name);
                this.backoff.reset();
                if (wait == FOR_GOOD) {
                    return;
                }
                if (wait > 0 && !this.stopping) {
                    this.wake.await(wait);
                }
            } catch (Throwable ex) {
                failed(ex);
            }
        }
    }

    @SuppressWarnings("EmptyCatch")
    private void failed(Throwable failure) {
        if (this.stopping) {
            return;
        }
        try {
            this.health.failed(this.name, failure);
        } catch (Throwable ex) {
            // Not even told of, as when the heap is full: the loop goes on all the same, and tells of the next failure.
        }
        this.end.await(this.backoff.nextNanos());
    }

    /** One step of a loop. */
    @FunctionalInterface
    interface Step {

        /** Does what there is to do. Returns how many nanoseconds there is nothing to do, unless woken, or {@link #FOR_GOOD}. */
        long run();
    }
}
