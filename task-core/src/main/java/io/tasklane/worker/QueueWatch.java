package io.tasklane.worker;

import io.tasklane.queue.QueueRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the queues anew at intervals where no worker does: in an application that only produces, so that it too knows which
 * queues there are, and what their tasks get that say nothing themselves.
 */
public final class QueueWatch implements SmartLifecycle, BeanClassLoaderAware {

    private static final Duration END = Duration.ofSeconds(1);

    private final QueueRegistry queues;

    private final long interval;

    private final Ticker ticker = Ticker.SYSTEM;

    private volatile @Nullable ClassLoader classLoader = QueueWatch.class.getClassLoader();

    private volatile @Nullable EngineLoop loop;

    private long next;

    /**
     * Creates the watch.
     *
     * @param queues what to read anew
     * @param interval how often
     */
    public QueueWatch(QueueRegistry queues, Duration interval) {
        this.queues = queues;
        this.interval = interval.toNanos();
    }

    @Override
    public void setBeanClassLoader(ClassLoader loader) {
        this.classLoader = loader;
    }

    @Override
    public void start() {
        if (this.loop == null) {
            this.next = this.ticker.nanoTime() + this.interval;
            EngineLoop started = new EngineLoop(
                    "tasklane-queues", this::watch, Engine.create(this.ticker, this.classLoader), LoopBackoff.LIMIT);
            started.start();
            this.loop = started;
        }
    }

    @Override
    public void stop() {
        EngineLoop running = this.loop;
        if (running != null) {
            this.loop = null;
            EngineLoop.stop(List.of(running), this.ticker, END);
        }
    }

    @Override
    public boolean isRunning() {
        return this.loop != null;
    }

    private long watch() {
        if (this.ticker.nanoTime() - this.next >= 0) {
            this.queues.refresh();
            this.next = this.ticker.nanoTime() + this.interval;
        }
        return Math.max(1, this.next - this.ticker.nanoTime());
    }
}
