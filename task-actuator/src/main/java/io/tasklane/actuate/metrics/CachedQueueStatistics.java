package io.tasklane.actuate.metrics;

import io.tasklane.actuate.CachedReading;
import io.tasklane.actuate.CachedReading.Limits;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** One reading of the statistics of all queues for all meters. Thread-safe. */
public final class CachedQueueStatistics {

    /** 5 seconds to live, 500 milliseconds of waiting, kept for 1 minute. */
    public static final Limits LIMITS =
            new Limits(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMinutes(1));

    private final CachedReading<Map<String, QueueStatistics>> reading;

    /**
     * Creates an empty cache.
     *
     * @param store what is read
     * @param executor runs the reading; asked for one at a time
     * @param nanoTime monotonic time in nanoseconds
     * @param limits for how long what holds
     */
    public CachedQueueStatistics(QueueStore store, Executor executor, LongSupplier nanoTime, Limits limits) {
        this.reading = new CachedReading<>(
                new QueueReading(store, nanoTime),
                "Cannot read the statistics of the queues. Their gauges keep the last values for "
                        + limits.keep().toSeconds() + " seconds and are NaN from then on, until the database answers",
                executor,
                nanoTime,
                limits);
    }

    /**
     * Returns the statistics by queue, ordered by name, read anew if the time to live is over.
     *
     * @return the same map until the next reading; empty if nothing recent enough is known
     */
    public Map<String, QueueStatistics> get() {
        return this.reading.get().orElse(Map.of());
    }

    /** Makes the next {@link #get()} read anew. */
    public void expire() {
        this.reading.expire();
    }
}
