package io.tasklane.actuate.metrics;

import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One reading of {@link QueueStore#statistics()} for everybody who asks within its time to live. Reading happens on another
 * thread, and who asks waits for it only a moment: a database that does not answer must not hold up the scrape of all other
 * meters. While it does not answer, the last reading stays, until it is too old to be told. Thread-safe.
 */
public final class CachedQueueStatistics {

    private static final Log logger = LogFactory.getLog(CachedQueueStatistics.class);

    /** A reading may take a tenth of the time, not more. */
    private static final int MAX_LOAD = 10;

    private final QueueStore store;

    private final Executor executor;

    private final LongSupplier nanoTime;

    private final Limits limits;

    private final AtomicBoolean reading = new AtomicBoolean();

    private volatile @Nullable Reading last;

    private volatile @Nullable Long attemptedAt;

    private volatile boolean failing;

    /**
     * Creates an empty cache.
     *
     * @param store what is read
     * @param executor runs the reading; asked for one at a time
     * @param nanoTime monotonic time in nanoseconds
     * @param limits for how long what holds
     */
    public CachedQueueStatistics(QueueStore store, Executor executor, LongSupplier nanoTime, Limits limits) {
        this.store = store;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.limits = limits;
    }

    /**
     * Returns the statistics by queue, ordered by name, read anew if the time to live is over.
     *
     * @return the same map until the next reading; empty if nothing recent enough is known
     */
    public Map<String, QueueStatistics> get() {
        if (isDue() && this.reading.compareAndSet(false, true)) {
            read();
        }
        Reading known = this.last;
        return known != null
                        && !isOlder(
                                known.readAt(),
                                longer(this.limits.keep(), interval().multipliedBy(2)))
                ? known.queues()
                : Map.of();
    }

    /** Makes the next {@link #get()} read anew. */
    public void expire() {
        this.attemptedAt = null;
    }

    private boolean isDue() {
        Long attempted = this.attemptedAt;
        return attempted == null || isOlder(attempted, interval());
    }

    /** Counting a huge backlog takes long; then it is done more rarely. */
    private Duration interval() {
        Reading known = this.last;
        Duration ofLoad = known != null ? known.took().multipliedBy(MAX_LOAD) : Duration.ZERO;
        return longer(this.limits.timeToLive(), ofLoad);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private boolean isOlder(long nanos, Duration limit) {
        return this.nanoTime.getAsLong() - nanos >= limit.toNanos();
    }

    private void read() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable step = () -> {
            readNow();
            this.reading.set(false);
            done.complete(null);
        };
        try {
            this.executor.execute(step);
            done.get(this.limits.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException ex) {
            logger.debug("Reading the statistics of the queues takes long; the meters keep their last values");
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException ex) {
            this.reading.set(false);
            logger.debug("Cannot start to read the statistics of the queues", ex);
        }
    }

    private void readNow() {
        long startedAt = this.nanoTime.getAsLong();
        this.attemptedAt = startedAt;
        try {
            Map<String, QueueStatistics> queues = new LinkedHashMap<>();
            this.store.statistics().forEach(queue -> queues.put(queue.queue(), queue));
            long readAt = this.nanoTime.getAsLong();
            this.last = new Reading(queues, readAt, Duration.ofNanos(readAt - startedAt));
            this.failing = false;
        } catch (RuntimeException | Error ex) {
            if (this.failing) {
                logger.debug("Still cannot read the statistics of the queues", ex);
            } else {
                logger.warn("Cannot read the statistics of the queues. Their gauges keep the last values for "
                        + this.limits.keep().toSeconds() + " seconds and are NaN from then on, until the database"
                        + " answers: " + ex);
            }
            this.failing = true;
        } finally {
            this.attemptedAt = this.nanoTime.getAsLong();
        }
    }

    private record Reading(Map<String, QueueStatistics> queues, long readAt, Duration took) {}

    /**
     * For how long what holds.
     *
     * @param timeToLive how long one reading serves everybody, and how long to leave a failing database alone; ten times the
     *     duration of the reading if that is longer
     * @param patience how long one caller waits for a reading
     * @param keep how long a reading is told while no newer one can be had
     */
    public record Limits(Duration timeToLive, Duration patience, Duration keep) {

        /** 5 seconds to live, 500 milliseconds of waiting, kept for 1 minute. */
        public static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMinutes(1));
    }
}
