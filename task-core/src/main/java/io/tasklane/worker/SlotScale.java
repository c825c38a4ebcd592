package io.tasklane.worker;

import io.tasklane.ConcurrencyRange;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How many slots a container has. Within a range it starts with the least number, doubles it each time that tasks have waited
 * for a second without a break, and goes back to what was in use at most in half a minute. Changed by the container's loop only.
 */
final class SlotScale {

    /** Shorter bursts are left to the slots that there are. */
    static final Duration GROW_AFTER = Duration.ofSeconds(1);

    /** Longer than most pauses between bursts, so that the number does not swing with them. */
    static final Duration SHRINK_AFTER = Duration.ofSeconds(30);

    private static final int FACTOR = 2;

    private final Supplier<ConcurrencyRange> range;

    private final Ticker ticker;

    private ConcurrencyRange known;

    private volatile int size;

    private boolean waiting;

    private long waitingSince;

    /** Most slots that were in use since then. */
    private int used;

    private long usedSince;

    /**
     * Creates the least number.
     *
     * @param range the range, now
     */
    SlotScale(Supplier<ConcurrencyRange> range, Ticker ticker) {
        this.range = range;
        this.ticker = ticker;
        this.known = range.get();
        this.size = this.known.min();
        this.usedSince = ticker.nanoTime();
    }

    /** How many slots there are now. */
    int size() {
        return this.size;
    }

    ConcurrencyRange range() {
        return this.range.get();
    }

    /** Keeps to the range, which may be another one now. */
    void fit() {
        ConcurrencyRange now = this.range.get();
        if (!now.equals(this.known)) {
            this.known = now;
            this.size = Math.max(now.min(), Math.min(this.size, now.max()));
            this.waiting = false;
            watch(0);
        }
    }

    /**
     * Has more slots if tasks have waited for long enough, and fewer if not all were in use for long enough.
     *
     * @param wanting whether tasks wait for a slot
     * @param held how many tasks are held, in slots or ahead of them
     * @return how many nanoseconds nothing changes if all stays as it is, 0 if there are more slots than before
     */
    long adapt(boolean wanting, int held) {
        if (this.known.isFixed()) {
            return EngineLoop.UNTIL_WOKEN;
        }
        long now = this.ticker.nanoTime();
        int busy = Math.min(held, this.size);
        this.used = Math.max(this.used, busy);
        if (!wanting || this.size == this.known.max()) {
            this.waiting = false;
        } else if (!this.waiting) {
            this.waiting = true;
            this.waitingSince = now;
        } else if (now - this.waitingSince >= GROW_AFTER.toNanos()) {
            this.size = Math.min(this.known.max(), this.size * FACTOR);
            this.waitingSince = now;
            watch(busy);
            return 0;
        }
        if (now - this.usedSince >= SHRINK_AFTER.toNanos()) {
            this.size = Math.max(this.known.min(), this.used);
            watch(busy);
        }
        return untilNext(now);
    }

    private void watch(int busy) {
        this.used = busy;
        this.usedSince = this.ticker.nanoTime();
    }

    private long untilNext(long now) {
        long untilMore = this.waiting ? this.waitingSince + GROW_AFTER.toNanos() - now : EngineLoop.UNTIL_WOKEN;
        long untilFewer =
                this.size > this.known.min() ? this.usedSince + SHRINK_AFTER.toNanos() - now : EngineLoop.UNTIL_WOKEN;
        return Math.min(untilMore, untilFewer);
    }
}
