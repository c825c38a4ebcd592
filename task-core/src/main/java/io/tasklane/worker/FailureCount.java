package io.tasklane.worker;

import io.tasklane.queue.AutoPauseRule;
import java.util.BitSet;

/** The last attempts of a queue on this node: how many failed in a row, and how many of all. Not thread-safe. */
final class FailureCount {

    private final AutoPauseRule rule;

    /** The last attempts, round and round: set are those that failed. */
    private final BitSet last = new BitSet();

    private int next;

    private int known;

    private int inRow;

    FailureCount(AutoPauseRule rule) {
        this.rule = rule;
    }

    AutoPauseRule rule() {
        return this.rule;
    }

    /** Counts an attempt. Returns whether there are too many failures now. */
    boolean add(boolean failed) {
        this.inRow = failed ? this.inRow + 1 : 0;
        this.last.set(this.next, failed);
        this.next = (this.next + 1) % this.rule.attempts();
        this.known = Math.min(this.known + 1, this.rule.attempts());
        return failed && (isRowTooLong() || isRateTooHigh());
    }

    private boolean isRowTooLong() {
        return this.rule.inRow() != null && this.inRow >= this.rule.inRow();
    }

    private boolean isRateTooHigh() {
        return this.rule.rate() != null
                && this.known == this.rule.attempts()
                && this.last.cardinality() >= this.rule.rate() * this.known;
    }

    /** How many attempts it is that there are too many failures of. */
    int attempts() {
        return isRowTooLong() ? this.inRow : this.known;
    }

    /** How many of them failed. */
    int failures() {
        return isRowTooLong() ? this.inRow : this.last.cardinality();
    }
}
