package io.tasklane.queue;

import io.tasklane.ConcurrencyRange;
import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.RateLimit;
import io.tasklane.TaskQueue;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.retry.RetryBackoff;
import io.tasklane.store.QueueStore;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The queues as this node knows them. Reads never touch the database, except {@link #require} for a name that is not known
 * yet. {@link #refresh} is called at intervals by whoever owns a thread. Thread-safe.
 */
public final class QueueRegistry {

    private final Supplier<QueueStore> store;

    private final TaskDefaults defaults;

    private final AtomicLong readings = new AtomicLong();

    private volatile Map<String, TaskQueue> queues = Map.of();

    /** The reading that the queues are from. */
    private long shown;

    /**
     * Creates an empty registry.
     *
     * @param store where the queues are kept; asked for at the first use
     * @param defaults what applies where a queue sets nothing
     */
    public QueueRegistry(Supplier<QueueStore> store, TaskDefaults defaults) {
        this.store = store;
        this.defaults = defaults;
    }

    /** Reads all queues anew. What was stored before the call is known afterwards, whoever else reads meanwhile. */
    public void refresh() {
        long reading = this.readings.incrementAndGet();
        Map<String, TaskQueue> read = new TreeMap<>();
        for (TaskQueue queue : this.store.get().queues()) {
            read.put(queue.name(), queue);
        }
        show(reading, Map.copyOf(read));
    }

    // One that began later has seen no less, even if it was quicker.
    private synchronized void show(long reading, Map<String, TaskQueue> read) {
        if (reading > this.shown) {
            this.shown = reading;
            this.queues = read;
        }
    }

    /** Returns the queues known now. */
    public Collection<TaskQueue> queues() {
        return this.queues.values();
    }

    /** Returns a queue if it is known now. */
    public Optional<TaskQueue> find(String name) {
        return Optional.ofNullable(this.queues.get(name));
    }

    /**
     * Returns a queue, looking in the database if it is not known yet.
     *
     * @param name name of the queue
     * @throws NoSuchQueueException if it does not exist
     */
    public TaskQueue require(String name) {
        TaskQueue known = this.queues.get(name);
        if (known == null) {
            refresh();
            known = this.queues.get(name);
        }
        if (known == null) {
            throw new NoSuchQueueException(name, new TreeMap<>(this.queues).keySet());
        }
        return known;
    }

    /** Retries of a task: its own, else the queue's, else the defaults'. */
    public int retries(@Nullable Integer own, String queue) {
        Integer ofQueue = settings(queue).get(QueueSetting.RETRIES);
        return own != null ? own : ofQueue != null ? ofQueue : this.defaults.retries();
    }

    /** Priority of a task: its own, else the queue's, else the defaults'. */
    public int priority(@Nullable Integer own, String queue) {
        Integer ofQueue = settings(queue).get(QueueSetting.DEFAULT_PRIORITY);
        return own != null ? own : ofQueue != null ? ofQueue : this.defaults.priority();
    }

    /** What is set for a queue, nothing for one that is not known now. */
    public QueueSettings settings(String queue) {
        TaskQueue known = this.queues.get(queue);
        return known != null ? known.settings() : QueueSettings.NONE;
    }

    /** Concurrency of a queue on one node: the queue's, else the defaults'. */
    public ConcurrencyRange concurrency(String queue) {
        ConcurrencyRange ofQueue = ConcurrencyRange.of(settings(queue));
        return ofQueue != null ? ofQueue : this.defaults.concurrency();
    }

    /** Whether there is a limit for a queue that all nodes share. */
    public boolean isLimited(String queue) {
        return settings(queue).get(QueueSetting.MAX_RUNNING) != null || rateLimit(queue) != null;
    }

    /** Returns the rate limit of a queue, null if it has none. */
    public @Nullable RateLimit rateLimit(String queue) {
        return RateLimit.of(settings(queue));
    }

    /** Back-off of a task: each value its own, else the queue's, else the defaults'. */
    public RetryBackoff backoff(TaskBackoff own, String queue) {
        QueueSettings set = settings(queue);
        RetryBackoff last = this.defaults.backoff();
        return new RetryBackoff(
                first(own.initial(), set.get(QueueSetting.BACKOFF_INITIAL), last.initial()),
                first(own.multiplier(), set.get(QueueSetting.BACKOFF_MULTIPLIER), last.multiplier()),
                first(own.max(), set.get(QueueSetting.BACKOFF_MAX), last.max()),
                first(own.jitter(), set.get(QueueSetting.BACKOFF_JITTER), last.jitter()));
    }

    private static <T> T first(@Nullable T own, @Nullable T ofQueue, T last) {
        return own != null ? own : ofQueue != null ? ofQueue : last;
    }
}
