package io.tasklane.actuate;

import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the statistics of all queues. What has ended is counted more rarely than the rest: there may be millions of such tasks,
 * and their number is of less interest than how many wait. Used by one thread at a time.
 */
final class QueueReading implements Supplier<Map<String, QueueStatistics>> {

    /** Counting what has ended may take a hundredth of the time. */
    private static final int ENDED_LOAD = 100;

    private static final Set<TaskState> ENDED = EnumSet.copyOf(EnumSet.allOf(TaskState.class).stream()
            .filter(TaskState::isFinished)
            .toList());

    private static final Set<TaskState> OTHERS = EnumSet.complementOf(EnumSet.copyOf(ENDED));

    private final QueueStore store;

    private final LongSupplier nanoTime;

    private Map<String, QueueStatistics> ended = Map.of();

    private long endedAt;

    private long endedTook = -1;

    QueueReading(QueueStore store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Map<String, QueueStatistics> get() {
        long now = this.nanoTime.getAsLong();
        if (this.endedTook < 0 || now - this.endedAt >= ENDED_LOAD * this.endedTook) {
            this.ended = this.store.statistics(ENDED).stream()
                    .collect(Collectors.toMap(QueueStatistics::queue, queue -> queue));
            this.endedAt = this.nanoTime.getAsLong();
            this.endedTook = this.endedAt - now;
        }
        Map<String, QueueStatistics> queues = new LinkedHashMap<>();
        this.store.statistics(OTHERS).forEach(queue -> queues.put(queue.queue(), with(queue)));
        return queues;
    }

    private QueueStatistics with(QueueStatistics others) {
        Map<TaskState, Long> tasks = new EnumMap<>(others.tasks());
        QueueStatistics counted = this.ended.get(others.queue());
        if (counted != null) {
            ENDED.forEach(state -> tasks.put(state, counted.count(state)));
        }
        return new QueueStatistics(others.queue(), tasks, others.oldestAge(), others.consumers());
    }
}
