package io.tasklane.actuate;

import io.tasklane.actuate.CachedReading.Limits;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** One reading of the statistics of all queues, for all meters and for the health. Thread-safe. */
public final class CachedQueueStatistics {

    /** 5 seconds to live, 500 milliseconds of waiting, kept for 1 minute. */
    public static final Limits LIMITS =
            new Limits(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMinutes(1));

    private static final Log logger = LogFactory.getLog(CachedQueueStatistics.class);

    private final List<Consumer<Map<String, QueueStatistics>>> readers = new CopyOnWriteArrayList<>();

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
        QueueReading source = new QueueReading(store, nanoTime);
        this.reading = new CachedReading<>(
                () -> told(source.get()),
                "Cannot read the statistics of the queues. Their gauges keep the last values for "
                        + limits.keep().toSeconds() + " seconds and are NaN from then on, until the database answers",
                executor,
                nanoTime,
                limits);
    }

    private Map<String, QueueStatistics> told(Map<String, QueueStatistics> read) {
        for (Consumer<Map<String, QueueStatistics>> reader : this.readers) {
            try {
                reader.accept(read);
            } catch (RuntimeException ex) {
                logger.warn("A reader of the statistics of the queues failed", ex);
            }
        }
        return read;
    }

    /** Adds somebody who is told of each new reading, on the thread that has read. */
    public void whenRead(Consumer<Map<String, QueueStatistics>> reader) {
        this.readers.add(reader);
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
