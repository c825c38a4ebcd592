package io.tasklane.worker;

import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** A thread of the engine that repeats one step. Nothing that the step throws ends it. */
final class EngineLoop {

    /** Wait of a step that has nothing to do until it is woken. */
    static final long UNTIL_WOKEN = Long.MAX_VALUE;

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
    void requestStop() {
        this.stopping = true;
        this.wake.raise();
        this.end.raise();
    }

    /** Waits for the end of the thread; interrupts it after this long. */
    void join(Duration timeout) {
        if (this.thread == Thread.currentThread() || !ends(timeout)) {
            logger.warn("Thread '%s' did not end in %s and is interrupted".formatted(this.name, timeout));
            this.thread.interrupt();
            ends(Duration.ofMillis(500));
        }
    }

    private boolean ends(Duration timeout) {
        try {
            this.thread.join(Math.max(1, timeout.toMillis()));
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return !this.thread.isAlive();
    }

    private void run() {
        while (!this.stopping) {
            long wait;
            try {
                wait = this.step.run();
            } catch (Throwable ex) {
                failed(ex);
                continue;
            }
            this.health.succeeded(this.name);
            this.backoff.reset();
            if (wait > 0 && !this.stopping) {
                this.wake.await(wait);
            }
        }
    }

    private void failed(Throwable failure) {
        if (this.stopping) {
            return;
        }
        try {
            this.health.failed(this.name, failure);
        } finally {
            this.end.await(this.backoff.nextNanos());
        }
    }

    /** One step of a loop. */
    @FunctionalInterface
    interface Step {

        /** Does what there is to do. Returns how many nanoseconds there is nothing to do, unless woken. */
        long run();
    }
}
