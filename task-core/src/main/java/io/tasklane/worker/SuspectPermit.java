package io.tasklane.worker;

import java.util.concurrent.atomic.AtomicBoolean;

/** Permission of a node to hold a suspect, one at a time: a task that may have ended its worker. Thread-safe. */
final class SuspectPermit {

    private final AtomicBoolean taken = new AtomicBoolean();

    private final Runnable whenBack;

    /**
     * Creates it; not taken.
     *
     * @param whenBack run when a suspect has ended: there may be another one
     */
    SuspectPermit(Runnable whenBack) {
        this.whenBack = whenBack;
    }

    /** Returns whether the next claim may have a suspect; then exactly one of {@link #unused} and {@link #ended} follows. */
    boolean tryTake() {
        return this.taken.compareAndSet(false, true);
    }

    /** The claim had none. */
    void unused() {
        this.taken.set(false);
    }

    /** The suspect has ended. */
    void ended() {
        this.taken.set(false);
        this.whenBack.run();
    }
}
