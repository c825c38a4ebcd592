package io.tasklane.actuate;

import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store of queues whose numbers a test sets, and that counts how often it is read. */
public class StubQueueStore implements QueueStore {

    private final Map<String, TaskQueue> queues = new TreeMap<>();

    private final Map<String, QueueStatistics> statistics = new TreeMap<>();

    private final AtomicInteger reads = new AtomicInteger();

    private final AtomicInteger endedReads = new AtomicInteger();

    private volatile Runnable onRead = () -> {};

    private volatile Runnable onEndedRead = () -> {};

    /** Declares a queue, or sets how many of its tasks are queued. */
    public synchronized StubQueueStore queued(String queue, long depth) {
        return set(queue, Map.of(TaskState.QUEUED, depth), depth == 0 ? null : Duration.ofMillis(12_500), 1);
    }

    /** Declares a queue, or sets what is in it. */
    public synchronized StubQueueStore set(
            String queue, Map<TaskState, Long> tasks, Duration oldestAge, int consumers) {
        declare(QueueSpec.named(queue));
        Map<TaskState, Long> all = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            all.put(state, tasks.getOrDefault(state, 0L));
        }
        this.statistics.put(queue, new QueueStatistics(queue, all, oldestAge, consumers));
        return this;
    }

    /** Runs something in each reading of the statistics. */
    public void onRead(Runnable onRead) {
        this.onRead = onRead;
    }

    /** Runs something in each reading of what has ended. */
    public void onEndedRead(Runnable onEndedRead) {
        this.onEndedRead = onEndedRead;
    }

    /** How often what has ended has been counted. */
    public int endedReads() {
        return this.endedReads.get();
    }

    /** How often the statistics have been read. */
    public int reads() {
        return this.reads.get();
    }

    @Override
    public List<QueueStatistics> statistics(Set<TaskState> states) {
        if (states.contains(TaskState.QUEUED)) {
            this.reads.incrementAndGet();
            this.onRead.run();
        } else {
            this.endedReads.incrementAndGet();
            this.onEndedRead.run();
        }
        synchronized (this) {
            return List.copyOf(this.statistics.values());
        }
    }

    @Override
    public synchronized List<TaskQueue> queues() {
        return List.copyOf(this.queues.values());
    }

    @Override
    public synchronized Optional<TaskQueue> queue(String name) {
        return Optional.ofNullable(this.queues.get(name));
    }

    @Override
    public synchronized TaskQueue declare(QueueSpec spec) {
        return this.queues.computeIfAbsent(
                spec.name(), name -> new TaskQueue(name, TaskQueue.State.ACTIVE, null, spec.settings()));
    }

    @Override
    public AppliedQueue apply(QueueSpec spec, String application, String hash, Duration supersededFor) {
        declare(spec);
        return new AppliedQueue(AppliedQueue.Result.CREATED, null);
    }

    @Override
    public TaskQueue replace(QueueSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TaskQueue> patch(String name, UnaryOperator<QueueSettings> change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TaskQueue> pause(String name, @Nullable Duration duration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TaskQueue> pauseUntil(String name, Instant until) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TaskQueue> resume(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(String name, @Nullable RemainingTasks remaining) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long purge(String name) {
        throw new UnsupportedOperationException();
    }
}
