package io.tasklane.actuate;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One reading of something in the database for everybody who asks within its time to live. Reading happens on another thread,
 * and who asks waits for it only a moment: a database that does not answer must not hold up a scrape or a health check. While it
 * does not answer, the last reading stays, until it is too old to be told. Thread-safe.
 *
 * @param <T> what is read; immutable
 */
public final class CachedReading<T> {

    private static final Log logger = LogFactory.getLog(CachedReading.class);

    /** A reading may take a tenth of the time, not more. */
    private static final int MAX_LOAD = 10;

    private final Supplier<T> source;

    private final String failure;

    private final Executor executor;

    private final LongSupplier nanoTime;

    private final Limits limits;

    private final AtomicBoolean reading = new AtomicBoolean();

    private volatile @Nullable Reading<T> last;

    private volatile @Nullable Long attemptedAt;

    private volatile boolean failing;

    /**
     * Creates an empty cache.
     *
     * @param source reads
     * @param failure what to say in the log when it cannot; the reason is added
     * @param executor runs the reading; asked for one at a time
     * @param nanoTime monotonic time in nanoseconds
     * @param limits for how long what holds
     */
    public CachedReading(Supplier<T> source, String failure, Executor executor, LongSupplier nanoTime, Limits limits) {
        this.source = source;
        this.failure = failure;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.limits = limits;
    }

    /**
     * Returns what was read, read anew if the time to live is over.
     *
     * @return the same object until the next reading; empty if nothing recent enough is known
     */
    public Optional<T> get() {
        if (isDue() && this.reading.compareAndSet(false, true)) {
            read();
        }
        Reading<T> known = this.last;
        return known != null
                        && !isOlder(
                                known.readAt(),
                                longer(this.limits.keep(), interval().multipliedBy(2)))
                ? Optional.of(known.value())
                : Optional.empty();
    }

    /** Makes the next {@link #get()} read anew. */
    public void expire() {
        this.attemptedAt = null;
    }

    private boolean isDue() {
        Long attempted = this.attemptedAt;
        return attempted == null || isOlder(attempted, interval());
    }

    /** What takes long is done more rarely. */
    private Duration interval() {
        Reading<T> known = this.last;
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
            logger.debug("A reading takes long; what was read before is told meanwhile");
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException ex) {
            this.reading.set(false);
            logger.debug("Cannot start a reading", ex);
        }
    }

    private void readNow() {
        long startedAt = this.nanoTime.getAsLong();
        this.attemptedAt = startedAt;
        try {
            T value = this.source.get();
            long readAt = this.nanoTime.getAsLong();
            this.last = new Reading<>(value, readAt, Duration.ofNanos(readAt - startedAt));
            this.failing = false;
        } catch (RuntimeException | Error ex) {
            if (this.failing) {
                logger.debug(this.failure, ex);
            } else {
                logger.warn(this.failure + ": " + ex);
            }
            this.failing = true;
        } finally {
            this.attemptedAt = this.nanoTime.getAsLong();
        }
    }

    private record Reading<T>(T value, long readAt, Duration took) {}

    /**
     * For how long what holds.
     *
     * @param timeToLive how long one reading serves everybody, and how long to leave a failing database alone; ten times the
     *     duration of the reading if that is longer
     * @param patience how long one caller waits for a reading
     * @param keep how long a reading is told while no newer one can be had
     */
    public record Limits(Duration timeToLive, Duration patience, Duration keep) {}
}
