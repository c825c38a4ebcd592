package io.tasklane.store.memory;

import io.tasklane.TaskState;
import io.tasklane.store.PriorityAging;
import io.tasklane.store.TaskMaintenance.AgedTasks;
import io.tasklane.store.TaskMaintenance.Place;
import io.tasklane.store.TaskPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    AgedTasks age(String queue, PriorityAging rule, @Nullable Place from, int limit) {
        TaskPosition start = from != null ? TaskPosition.queued(queue, from.priority(), from.seq()) : null;
        List<MemoryTask> looked = this.tasks.ready(queue).stream()
                .filter(task -> task.priority() < rule.max())
                .filter(task -> start == null || task.position().compareTo(start) > 0)
                .limit(limit)
                .toList();
        int count = 0;
        for (MemoryTask task : looked) {
            MemoryPlace.Ready ready = (MemoryPlace.Ready) task.place();
            int priority = rule.priority(task.task().priority(), Duration.between(ready.readyAt(), this.tasks.now()));
            if (priority > task.priority()) {
                this.tasks.put(task.withPriority(priority));
                count++;
            }
        }
        if (looked.size() < limit) {
            return new AgedTasks(count, null);
        }
        MemoryTask last = looked.get(looked.size() - 1);
        return new AgedTasks(count, new Place(last.priority(), ((MemoryPlace.Ready) last.place()).seq()));
    }

    private static boolean isOlder(MemoryTask task, Map<TaskState, Duration> ages, Instant now) {
        Duration age = ages.get(task.state());
        return age != null
                && task.place() instanceof MemoryPlace.Finished finished
                && Duration.between(finished.finishedAt(), now).compareTo(age) > 0;
    }
}
