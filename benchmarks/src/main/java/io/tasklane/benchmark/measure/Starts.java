package io.tasklane.benchmark.measure;

import java.time.Duration;
import java.util.Arrays;

/** When tasks started, as {@link System#nanoTime()}, the earliest first. */
public final class Starts {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long[] sorted;

    Starts(long... sorted) {
        this.sorted = sorted;
    }

    /** Returns the first starts of all tasks in the book. */
    public static Starts of(Ledger ledger) {
        return of(ledger, 0, ledger.tasks());
    }

    /** Returns the first starts of the tasks from the first to before the second number. */
    public static Starts of(Ledger ledger, int from, int to) {
        return new Starts(ledger.starts(from, to));
    }

    /** Returns how many there are. */
    public int count() {
        return this.sorted.length;
    }

    /** Returns the so many earliest, or all if there are fewer. */
    public Starts first(int count) {
        return new Starts(Arrays.copyOf(this.sorted, Math.min(count, count())));
    }

    /** Returns the so many latest, or all if there are fewer. */
    public Starts last(int count) {
        return new Starts(Arrays.copyOfRange(this.sorted, Math.max(0, count() - count), count()));
    }

    /** Returns those within a time from the earliest one on. */
    public Starts within(Duration time) {
        return count() == 0 ? this : first(before(this.sorted[0] + time.toNanos()));
    }

    /** Returns how many there were before a time. */
    public int before(long nanos) {
        return (int) Arrays.stream(this.sorted).filter(start -> start < nanos).count();
    }

    /**
     * Returns the latest.
     *
     * @throws IllegalStateException if there are none
     */
    public long latest() {
        if (count() == 0) {
            throw new IllegalStateException("No task has started");
        }
        return this.sorted[count() - 1];
    }

    /** Returns how many there were in a second from the first to the last, not a number of fewer than two. */
    public double rate() {
        return count() > 1 ? (count() - 1) * NANOS_PER_SECOND / (latest() - this.sorted[0]) : Double.NaN;
    }

    /** Returns how many there were in the busiest interval of this length, wherever it begins. */
    public int busiest(Duration interval) {
        int busiest = 0;
        int from = 0;
        for (int to = 0; to < count(); to++) {
            while (this.sorted[to] - this.sorted[from] >= interval.toNanos()) {
                from++;
            }
            busiest = Math.max(busiest, to - from + 1);
        }
        return busiest;
    }
}
