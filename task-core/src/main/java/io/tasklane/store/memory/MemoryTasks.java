package io.tasklane.store.memory;

import io.tasklane.TaskId;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All tasks, with an ordered view of those that wait and of those that run. Not thread-safe: {@link InMemoryTaskStore} locks.
 */
final class MemoryTasks {

    private final InstantSource clock;

    private final Map<TaskId, MemoryTask> tasks = new HashMap<>();

    private final Map<String, TreeMap<TaskPosition, MemoryTask>> ready = new HashMap<>();

    private final TreeMap<TaskPosition, MemoryTask> due = new TreeMap<>();

    private final Map<TaskId, MemoryTask> running = new HashMap<>();

    private final MemoryKeys keys = new MemoryKeys();

    private long lastSeq;

    MemoryTasks(InstantSource clock) {
        this.clock = clock;
    }

    /** Now, as precise as a database keeps it. */
    Instant now() {
        return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A task as it is when inserted now; it is not put anywhere yet. */
    MemoryTask create(NewTask task) {
        Instant now = now();
        Instant runAt = task.delay() != null ? now.plus(task.delay()) : task.runAt();
        MemoryPlace place = runAt == null ? atTheBack() : dueOrReady(runAt, now);
        boolean needsKey = task.key() != null && place instanceof MemoryPlace.Ready;
        return MemoryTask.inserted(task, now, needsKey ? this.keys.atTheEnd() : place);
    }

    /** Where a task goes that has waited: behind all others that can be claimed, or that wait for their keys. */
    MemoryPlace again(MemoryTask task) {
        return task.needsKey() ? this.keys.atTheEnd() : atTheBack();
    }

    /** The tasks that have a key. */
    MemoryKeys keys() {
        return this.keys;
    }

    /** The place of a task that is to start after a delay from now on. */
    MemoryPlace after(Duration delay) {
        Instant now = now();
        return dueOrReady(now.plus(delay), now);
    }

    /** The place behind all others that can be claimed. */
    MemoryPlace atTheBack() {
        return new MemoryPlace.Ready(++this.lastSeq, now(), false);
    }

    /** Puts a task where it says it is. */
    void put(MemoryTask task) {
        MemoryTask before = this.tasks.put(task.id(), task);
        if (before != null) {
            removeFromViews(before);
        }
        this.keys.put(task);
        if (task.place() instanceof MemoryPlace.Running) {
            this.running.put(task.id(), task);
        } else if (!(task.place() instanceof MemoryPlace.Finished || task.place() instanceof MemoryPlace.Blocked)) {
            view(task).put(task.position(), task);
        }
    }

    /** Forgets a task. */
    void remove(TaskId id) {
        MemoryTask before = this.tasks.remove(id);
        if (before != null) {
            removeFromViews(before);
        }
    }

    @Nullable
    MemoryTask get(TaskId id) {
        return this.tasks.get(id);
    }

    Collection<MemoryTask> all() {
        return this.tasks.values();
    }

    /** Tasks of a queue that can be claimed, in the order of execution. */
    Collection<MemoryTask> ready(String queue) {
        return this.ready.computeIfAbsent(queue, name -> new TreeMap<>()).values();
    }

    /** Tasks that are not yet due, the next one first. */
    Collection<MemoryTask> due() {
        return this.due.values();
    }

    /** Tasks that run, in the order of their claim. */
    List<MemoryTask> running() {
        List<MemoryTask> all = new ArrayList<>(this.running.values());
        all.sort(Comparator.comparing(MemoryTask::position).reversed());
        return all;
    }

    private void removeFromViews(MemoryTask task) {
        view(task).remove(task.position());
        this.running.remove(task.id());
        this.keys.remove(task);
    }

    private MemoryPlace dueOrReady(Instant runAt, Instant now) {
        return runAt.isAfter(now) ? new MemoryPlace.Due(runAt.truncatedTo(ChronoUnit.MICROS)) : atTheBack();
    }

    private TreeMap<TaskPosition, MemoryTask> view(MemoryTask task) {
        return task.place() instanceof MemoryPlace.Due
                ? this.due
                : this.ready.computeIfAbsent(task.task().queue(), name -> new TreeMap<>());
    }
}
