package io.tasklane.store.memory;

import io.tasklane.TaskCriteria;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskSetAdministration.Batch;
import io.tasklane.store.TaskSetAdministration.Cursor;
import io.tasklane.store.TaskSetChange;
import io.tasklane.store.TaskSetChange.Action;
import io.tasklane.store.TaskSetChange.Cancel;
import io.tasklane.store.TaskSetChange.Promote;
import io.tasklane.store.TaskSetChange.Reprioritise;
import io.tasklane.store.TaskSetChange.Requeue;
import io.tasklane.store.TaskSetChange.Reroute;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an operator does to many tasks. Not thread-safe. */
final class MemoryTaskSets {

    private static final Comparator<MemoryTask> OLDEST_FIRST = (one, other) -> {
        int order = one.position().compareTo(other.position());
        return one.state().isFinished() ? -order : order;
    };

    private final MemoryTasks tasks;

    MemoryTaskSets(MemoryTasks tasks) {
        this.tasks = tasks;
    }

    long count(TaskSetChange change) {
        Instant now = this.tasks.now();
        return change.states().stream()
                .mapToLong(state -> find(change, state, now).count())
                .sum();
    }

    /** Hands over the changes of the next tasks, of one state. */
    Batch change(
            TaskSetChange change,
            Cursor start,
            int limit,
            Consumer<MemoryChange> changes,
            TaskChangeListener committed) {
        for (int i = start.state(); i < change.states().size(); i++) {
            List<MemoryTask> found = find(change, change.states().get(i), start.since())
                    .sorted(OLDEST_FIRST)
                    .limit(limit)
                    .toList();
            if (!found.isEmpty()) {
                found.forEach(task -> changes.accept(
                        new MemoryChange(task.id(), before -> changed(before, change.action()), committed)));
                // A changed task is none of those that are meant any more.
                return new Batch(found.size(), new Cursor(start.since(), start.audit(), i, 0, 0));
            }
        }
        return new Batch(0, null);
    }

    private Stream<MemoryTask> find(TaskSetChange change, TaskState state, Instant since) {
        return this.tasks.all().stream()
                .filter(task -> task.state() == state && task.task().queue().equals(change.queue()))
                .filter(task -> isMeant(task, change, since));
    }

    private static boolean isMeant(MemoryTask task, TaskSetChange change, Instant since) {
        TaskCriteria which = change.which();
        // A task with a key that is QUEUED later than that was BLOCKED by then.
        Instant arrived = task.createdAt();
        Instant time = task.createdAt();
        if (task.place() instanceof MemoryPlace.Finished finished) {
            arrived = finished.finishedAt();
            time = finished.finishedAt();
        } else if (task.place() instanceof MemoryPlace.Ready ready
                && task.task().key() == null) {
            arrived = ready.readyAt();
        } else if (task.place() instanceof MemoryPlace.Running running
                && (running.cancelledAt() != null || running.completing())) {
            return false;
        }
        return !arrived.isAfter(since)
                && (which.task() == null || which.task().equals(task.task().task()))
                && (which.from() == null || !time.isBefore(which.from()))
                && (which.before() == null || time.isBefore(which.before()))
                && (change.age() == null || time.isBefore(since.minus(change.age())))
                && isMeant(task, change.action(), since);
    }

    private static boolean isMeant(MemoryTask task, Action action, Instant since) {
        if (action instanceof Requeue requeue) {
            return task.requeues() < requeue.maxRequeues();
        }
        if (action instanceof Reprioritise reprioritise) {
            return task.task().priority() != reprioritise.priority();
        }
        return !(action instanceof Promote)
                || (task.place() instanceof MemoryPlace.Due due && !due.runAt().isAfter(since));
    }

    private @Nullable MemoryTask changed(MemoryTask task, Action action) {
        if (action instanceof Requeue) {
            return task.requeued().at(this.tasks.again(task));
        }
        if (action instanceof Promote) {
            return task.at(this.tasks.again(task));
        }
        if (action instanceof Cancel) {
            return task.place() instanceof MemoryPlace.Running running
                    ? task.at(running.cancelled(this.tasks.now()))
                    : task.at(new MemoryPlace.Finished(TaskState.CANCELLED, null, null, this.tasks.now(), null));
        }
        if (action instanceof Reroute reroute) {
            return atTheBack(task.as(reroute.queue(), task.task().priority()));
        }
        return action instanceof Reprioritise reprioritise
                ? atTheBack(task.as(task.task().queue(), reprioritise.priority()))
                : null;
    }

    private MemoryTask atTheBack(MemoryTask task) {
        return task.place() instanceof MemoryPlace.Ready ready
                ? task.at(new MemoryPlace.Ready(
                        ((MemoryPlace.Ready) this.tasks.atTheBack()).seq(), ready.readyAt(), false))
                : task;
    }

    boolean deleteScheduled(String queue, TaskId id) {
        MemoryTask task = this.tasks.get(id);
        boolean there = task != null
                && task.state() == TaskState.SCHEDULED
                && task.task().queue().equals(queue);
        if (there) {
            this.tasks.remove(id);
        }
        return there;
    }
}
