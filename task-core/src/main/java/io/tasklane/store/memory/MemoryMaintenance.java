package io.tasklane.store.memory;

import io.tasklane.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The maintenance lease, and the removal of old tasks. Not thread-safe. */
final class MemoryMaintenance {

    private final MemoryTasks tasks;

    private final MemoryWorkers workers;

    private long holder;

    private Instant heldUntil = Instant.EPOCH;

    MemoryMaintenance(MemoryTasks tasks, MemoryWorkers workers) {
        this.tasks = tasks;
        this.workers = workers;
    }

    boolean lease(long worker, Duration duration) {
        Instant now = this.tasks.now();
        boolean free = this.holder == worker || !this.workers.isAlive(this.holder) || !this.heldUntil.isAfter(now);
        if (!free || !this.workers.isAlive(worker)) {
            return false;
        }
        this.holder = worker;
        this.heldUntil = now.plus(duration);
        return true;
    }

    int prune(Map<TaskState, Duration> ages, int limit) {
        Instant now = this.tasks.now();
        List<MemoryTask> old = this.tasks.all().stream()
                .filter(task -> isOlder(task, ages, now))
                .sorted(Comparator.comparing(task -> ((MemoryPlace.Finished) task.place()).finishedAt()))
                .limit(limit)
                .toList();
        old.forEach(task -> this.tasks.remove(task.id()));
        return old.size();
    }

    private static boolean isOlder(MemoryTask task, Map<TaskState, Duration> ages, Instant now) {
        Duration age = ages.get(task.state());
        return age != null
                && task.place() instanceof MemoryPlace.Finished finished
                && Duration.between(finished.finishedAt(), now).compareTo(age) > 0;
    }
}
