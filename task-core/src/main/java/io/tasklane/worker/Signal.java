package io.tasklane.worker;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Wakes the one thread that waits for it. A signal raised while nobody waits is not lost. */
final class Signal {

    private final Ticker ticker;

    private volatile boolean raised;

    private volatile @Nullable Thread waiting;

    Signal(Ticker ticker) {
        this.ticker = ticker;
    }

    void raise() {
        this.raised = true;
        Thread thread = this.waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until raised, at most this long, and lowers it. */
    void await(long nanos) {
        this.waiting = Thread.currentThread();
        long start = this.ticker.nanoTime();
        long left = nanos;
        while (!this.raised && left > 0) {
            this.ticker.park(this, left);
            // An interrupt would turn the wait into a spin.
            Thread.interrupted();
            left = nanos == Long.MAX_VALUE ? nanos : nanos - (this.ticker.nanoTime() - start);
        }
        this.waiting = null;
        this.raised = false;
    }
}
