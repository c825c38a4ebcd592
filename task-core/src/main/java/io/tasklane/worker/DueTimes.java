package io.tasklane.worker;

import java.util.TreeSet;

/** When tasks become due, as far as this node knows, on its monotonic clock. Bounded: probes find the rest. Thread-safe. */
final class DueTimes {

    private static final int MAX = 10_000;

    /** Made later by this, so that rounding in the store does not make it early. */
    private static final long MARGIN = 1_000_000;

    private final Ticker ticker;

    private final TreeSet<Long> told = new TreeSet<>();

    private long earliest;

    private boolean hasEarliest;

    DueTimes(Ticker ticker) {
        this.ticker = ticker;
    }

    /** A task of this JVM becomes due. Returns whether it is the earliest one now. */
    synchronized boolean add(long nanosFromNow) {
        Long time = at(nanosFromNow);
        if (this.told.size() >= MAX) {
            return false;
        }
        this.told.add(time);
        return time.equals(this.told.first());
    }

    /** Among tasks that this JVM did not enqueue, some become due then, and others may later. Only the earliest time is kept. */
    synchronized boolean addForeign(long nanosFromNow) {
        long time = at(nanosFromNow);
        boolean earlier = !this.hasEarliest || time < this.earliest;
        if (earlier) {
            this.earliest = time;
            this.hasEarliest = true;
        }
        return earlier;
    }

    /** Forgets the time of foreign tasks. */
    synchronized void clearForeign() {
        this.hasEarliest = false;
    }

    /** Removes what is due of the tasks of this JVM; returns whether there was any. */
    synchronized boolean takeDue() {
        long now = this.ticker.nanoTime();
        boolean any = false;
        while (!this.told.isEmpty() && this.told.first() <= now) {
            this.told.pollFirst();
            any = true;
        }
        return any;
    }

    /** Removes the time of foreign tasks if it has come; returns whether it had. When the next one is due is not known then. */
    synchronized boolean takeForeign() {
        boolean due = this.hasEarliest && this.earliest <= this.ticker.nanoTime();
        this.hasEarliest &= !due;
        return due;
    }

    /** Nanoseconds until the earliest, {@link EngineLoop#UNTIL_WOKEN} if there is none. */
    synchronized long untilNext() {
        long next = this.hasEarliest ? this.earliest : Long.MAX_VALUE;
        next = this.told.isEmpty() ? next : Math.min(next, this.told.first());
        return next == Long.MAX_VALUE ? EngineLoop.UNTIL_WOKEN : next - this.ticker.nanoTime();
    }

    private long at(long nanosFromNow) {
        return this.ticker.nanoTime() + Math.min(nanosFromNow, Nanos.FOREVER) + MARGIN;
    }
}
