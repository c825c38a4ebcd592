package io.tasklane.worker;

import io.tasklane.queue.QueueRegistry;
import java.time.Duration;

/** Reads the queues anew at intervals, so that what was declared or changed elsewhere is known here. */
final class QueueRefresh {

    private final QueueRegistry queues;

    private final NodeContainers containers;

    private final Ticker ticker;

    private final long interval;

    private long next;

    QueueRefresh(QueueRegistry queues, NodeContainers containers, Ticker ticker, Duration interval) {
        this.queues = queues;
        this.containers = containers;
        this.ticker = ticker;
        this.interval = interval.toNanos();
        this.next = ticker.nanoTime();
    }

    /** Reads if it is time; returns how long until it is again. */
    long refresh() {
        if (this.ticker.nanoTime() - this.next >= 0) {
            this.queues.refresh();
            this.containers.update();
            this.next = this.ticker.nanoTime() + this.interval;
        }
        return Math.max(1, this.next - this.ticker.nanoTime());
    }
}
