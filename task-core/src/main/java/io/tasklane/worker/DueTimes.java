package io.tasklane.worker;

import java.util.TreeSet;

/** When tasks become due, as far as this node knows, on its monotonic clock. Bounded: probes find the rest. Thread-safe. */
final class DueTimes {

    private static final int MAX = 10_000;

    /** Made later by this, so that rounding in the store does not make it early. */
    private static final long MARGIN = 1_000_000;

    private final Ticker ticker;

    private final TreeSet<Long> told = new TreeSet<>();

    private long probed;

    private boolean hasProbed;

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

    /** A probe has found out when the next task becomes due. */
    synchronized void setProbed(long nanosFromNow) {
        this.probed = at(nanosFromNow);
        this.hasProbed = true;
    }

    /** Removes what is due; returns whether there was any. */
    synchronized boolean takeDue() {
        long now = this.ticker.nanoTime();
        boolean any = this.hasProbed && this.probed <= now;
        this.hasProbed &= !any;
        while (!this.told.isEmpty() && this.told.first() <= now) {
            this.told.pollFirst();
            any = true;
        }
        return any;
    }

    /** Nanoseconds until the earliest, {@link EngineLoop#UNTIL_WOKEN} if there is none. */
    synchronized long untilNext() {
        long next = this.hasProbed ? this.probed : Long.MAX_VALUE;
        next = this.told.isEmpty() ? next : Math.min(next, this.told.first());
        return next == Long.MAX_VALUE ? EngineLoop.UNTIL_WOKEN : next - this.ticker.nanoTime();
    }

    private long at(long nanosFromNow) {
        return this.ticker.nanoTime() + Math.min(nanosFromNow, Nanos.FOREVER) + MARGIN;
    }
}
