package io.tasklane.worker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast the tasks of a container run, and so how many of them may be claimed ahead of free slots: none until enough runs are
 * measured, and none of a queue whose tasks are not short. Thread-safe.
 */
final class RunPace {

    /** Runs after which a mean is worth something. */
    static final int MEASURED = 20;

    /** A queue whose mean or last run takes longer has no task claimed ahead. */
    static final long SHORT = Duration.ofMillis(5).toNanos();

    /** More do not make a statement cheaper per task. */
    static final int MAX_AHEAD = 2_000;

    /** Weight of the newest run in the mean, and of the newest exchange in the rate. */
    private static final double WEIGHT = 1 / 16.0;

    private static final double RATE_WEIGHT = 1 / 4.0;

    private final long lookAhead;

    private final Map<String, QueuePace> queues = new ConcurrentHashMap<>();

    private volatile double rate;

    RunPace(Duration lookAhead) {
        this.lookAhead = Nanos.of(lookAhead);
    }

    /** A task has run for this long. */
    void ran(String queue, long nanos) {
        this.queues.computeIfAbsent(queue, name -> new QueuePace()).ran(nanos);
    }

    /** So many tasks have ended in this time, in which there was always one to run. */
    void ended(int count, long nanos) {
        double now = count / (double) Math.max(1, nanos);
        this.rate += (now - this.rate) * RATE_WEIGHT;
    }

    /** A task that was claimed ahead has not started in time: what was measured no longer holds. */
    void misjudged(String queue) {
        this.queues.remove(queue);
    }

    /**
     * Returns how many tasks of a queue may be claimed ahead: what the slots run in half of the look-ahead, by the mean of a run
     * and by what the container really got through, so that even if it slows down to half they start in time.
     */
    int ahead(String queue, int concurrency) {
        QueuePace pace = this.queues.get(queue);
        double mean = pace != null ? pace.shortMean() : 0;
        if (mean == 0 || this.lookAhead == 0) {
            return 0;
        }
        double byMean = this.lookAhead / 2.0 * concurrency / mean;
        double byRate = Math.max(concurrency, this.lookAhead / 2.0 * this.rate);
        return (int) Math.min(MAX_AHEAD, Math.min(byMean, byRate));
    }

    /** The runs of one queue. */
    private static final class QueuePace {

        private int runs;

        private double mean;

        private long last;

        synchronized void ran(long nanos) {
            this.runs = Math.min(MEASURED, this.runs + 1);
            this.mean += (nanos - this.mean) * (this.runs < MEASURED ? 1.0 / this.runs : WEIGHT);
            this.last = nanos;
        }

        /** Mean run in nanoseconds, 0 if it is not known or not short. */
        synchronized double shortMean() {
            boolean known = this.runs >= MEASURED && this.mean <= SHORT && this.last <= SHORT;
            return known ? Math.max(1, this.mean) : 0;
        }
    }
}
