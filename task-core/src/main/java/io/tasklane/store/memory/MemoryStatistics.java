package io.tasklane.store.memory;

import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what is in the queues. */
final class MemoryStatistics {

    private MemoryStatistics() {}

    static List<QueueStatistics> of(
            MemoryTasks tasks, MemoryQueues queues, MemoryWorkers workers, Set<TaskState> states) {
        Map<String, Map<TaskState, Long>> counts = new HashMap<>();
        queues.all().forEach(queue -> counts.put(queue.name(), zeros()));
        tasks.all().stream()
                .filter(task -> states.contains(task.state()))
                .forEach(task ->
                        counts.getOrDefault(task.task().queue(), zeros()).merge(task.state(), 1L, Long::sum));
        return queues.all().stream()
                .map(TaskQueue::name)
                .map(name -> new QueueStatistics(
                        name,
                        counts.getOrDefault(name, zeros()),
                        states.contains(TaskState.QUEUED) ? oldestAge(tasks, name) : null,
                        workers.consumers(name)))
                .toList();
    }

    private static Map<TaskState, Long> zeros() {
        Map<TaskState, Long> zeros = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            zeros.put(state, 0L);
        }
        return zeros;
    }

    private static @Nullable Duration oldestAge(MemoryTasks tasks, String queue) {
        Instant oldest = null;
        for (MemoryTask task : tasks.ready(queue)) {
            Instant readyAt = ((MemoryPlace.Ready) task.place()).readyAt();
            oldest = oldest == null || readyAt.isBefore(oldest) ? readyAt : oldest;
        }
        return oldest == null ? null : Duration.between(oldest, tasks.now());
    }
}
