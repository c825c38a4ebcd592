package io.tasklane.worker;

import io.tasklane.TaskQueue;
import io.tasklane.queue.QueueRegistry;
import java.time.Duration;
import java.util.Set;

/**
 * Reads the queues, and what this node is to stop, anew at intervals and when asked to, so that what was changed elsewhere is
 * known here.
 */
final class QueueRefresh {

    private final QueueRegistry queues;

    private final NodeContainers containers;

    private final NodeStops stops;

    private final Runnable changed;

    private final Ticker ticker;

    private final long interval;

    private Set<TaskQueue> seen = Set.of();

    private long next;

    private volatile boolean asked;

    /**
     * Creates it.
     *
     * @param stops what this node is to stop, read with the queues
     * @param changed run when the queues that were read differ from those before
     */
    QueueRefresh(
            QueueRegistry queues,
            NodeContainers containers,
            NodeStops stops,
            Runnable changed,
            Ticker ticker,
            Duration interval) {
        this.queues = queues;
        this.containers = containers;
        this.stops = stops;
        this.changed = changed;
        this.ticker = ticker;
        this.interval = interval.toNanos();
        this.next = ticker.nanoTime();
    }

    /** Queues have changed: the next step reads, whatever the time. */
    void ask() {
        this.asked = true;
    }

    /** A step of a loop: reads if it is time; returns how long until it is again. */
    long refresh() {
        if (this.asked || this.ticker.nanoTime() - this.next >= 0) {
            boolean told = this.asked;
            // What is asked from here on is for the next step.
            this.asked = false;
            try {
                read(told);
            } catch (RuntimeException ex) {
                this.asked = true;
                throw ex;
            }
            this.next = this.ticker.nanoTime() + this.interval;
        }
        return Math.max(1, this.next - this.ticker.nanoTime());
    }

    private void read(boolean told) {
        this.queues.refresh();
        if (told || this.stops.mayBeTold()) {
            this.stops.read();
        }
        Set<TaskQueue> read = Set.copyOf(this.queues.queues());
        this.containers.update();
        boolean different = !read.equals(this.seen);
        if (different) {
            this.seen = read;
            this.changed.run();
        }
        if (told || different) {
            // A container may have more slots now, a queue be resumed, or a rate limit be higher, that of a task too.
            this.containers.queuesChanged();
        }
    }
}
