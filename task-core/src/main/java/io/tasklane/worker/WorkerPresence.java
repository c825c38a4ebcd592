package io.tasklane.worker;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** What a node knows about its own life: id, last heartbeat, and whether it may judge others. Thread-safe. */
final class WorkerPresence {

    private final Ticker ticker;

    private final long after;

    private final long gap;

    private final AtomicLong tokens = new AtomicLong();

    private volatile long lastClaim;

    private long id;

    private long lastBeat;

    private long beatingSince;

    private boolean fenced;

    WorkerPresence(Ticker ticker, RecoverySettings settings) {
        this.ticker = ticker;
        this.after = settings.after().toNanos();
        this.gap = settings.gap().toNanos();
    }

    /** Joined under this id, by a call sent at this time. */
    synchronized void joined(long worker, long sent) {
        this.id = worker;
        this.lastBeat = sent;
        this.beatingSince = sent;
        this.fenced = false;
    }

    /** A heartbeat sent at this time has succeeded. Returns whether claiming was not possible before. */
    synchronized boolean beaten(long sent) {
        boolean back = this.fenced || silent();
        if (sent - this.lastBeat > this.gap) {
            this.beatingSince = sent;
        }
        this.lastBeat = sent;
        this.fenced = false;
        return back;
    }

    /** Declared dead, or gone. */
    synchronized void gone() {
        this.id = 0;
    }

    /** Id as a worker, empty while not joined. */
    synchronized OptionalLong id() {
        return this.id == 0 ? OptionalLong.empty() : OptionalLong.of(this.id);
    }

    /** Id under which tasks may be claimed now; empty while not joined, or silent for too long. */
    synchronized OptionalLong claimingId() {
        return this.id == 0 || this.fenced || silent() ? OptionalLong.empty() : OptionalLong.of(this.id);
    }

    /** Gives up all leases if no heartbeat has succeeded for too long: others may take over now. Returns whether it did. */
    synchronized boolean fenceIfSilent() {
        boolean now = this.id != 0 && !this.fenced && silent();
        this.fenced |= now;
        return now;
    }

    /** Time until {@link #fenceIfSilent} has to look again. */
    synchronized long nanosUntilFence() {
        if (this.id == 0 || this.fenced) {
            return this.after;
        }
        return Math.max(1, this.lastBeat + this.after - this.ticker.nanoTime());
    }

    /** Whether this node has been beating long enough to know that a silent worker is dead, and not the database away. */
    synchronized boolean mayConvict() {
        long now = this.ticker.nanoTime();
        return this.id != 0 && now - this.lastBeat <= this.gap && now - this.beatingSince >= this.after;
    }

    /** A token that no claim of this node has had. */
    long nextToken() {
        return this.tokens.incrementAndGet();
    }

    /** The claim with this token has brought tasks, or may have. */
    void claimed(long token) {
        this.lastClaim = token;
    }

    /** The token of this node's last claim that brought tasks, or may have; 0 without any. */
    long lastClaim() {
        return this.lastClaim;
    }

    private boolean silent() {
        return this.ticker.nanoTime() - this.lastBeat >= this.after;
    }
}
