package io.tasklane.store.memory;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.TaskStateException;
import io.tasklane.store.TaskChangeListener;
import org.jspecify.annotations.Nullable;

/** What an operator may do to a task. Not thread-safe. */
final class MemoryAdministration {

    private static final TaskChangeListener NOBODY = new TaskChangeListener() {
        @Override
        public void requeued(String queue) {}

        @Override
        public void cancelled(long worker) {}
    };

    private final MemoryTasks tasks;

    MemoryAdministration(MemoryTasks tasks) {
        this.tasks = tasks;
    }

    /** Returns what is to be done to have a task run again, null if that is nothing. */
    @Nullable
    MemoryChange retry(TaskId id, @Nullable MemoryTask task, TaskChangeListener committed) {
        if (task != null && task.state() == TaskState.SUCCEEDED) {
            throw new TaskStateException(
                    id, task.state(), "Task %s has succeeded and cannot be retried: enqueue another one".formatted(id));
        }
        return task != null && task.state().isFinished() ? new MemoryChange(id, this::retried, committed) : null;
    }

    private MemoryTask retried(MemoryTask task) {
        return task.state().isFinished() && task.state() != TaskState.SUCCEEDED
                ? task.withPriority(task.task().priority()).counted(0, 0, null).at(this.tasks.again(task))
                : task;
    }

    /**
     * Returns what is to be done to cancel a task, null if that is nothing. A database would wait for a transaction that completes
     * the task; here it counts as ended from then on.
     */
    @Nullable
    MemoryChange cancel(TaskId id, @Nullable MemoryTask task, TaskChangeListener committed) {
        boolean completing =
                task != null && task.place() instanceof MemoryPlace.Running running && running.completing();
        return task != null && !completing && !task.state().isFinished()
                ? new MemoryChange(id, this::cancelled, committed)
                : null;
    }

    private MemoryTask cancelled(MemoryTask task) {
        if (task.place() instanceof MemoryPlace.Running running) {
            return task.at(running.cancelled(this.tasks.now()));
        }
        return task.state().isFinished()
                ? task
                : task.at(new MemoryPlace.Finished(TaskState.CANCELLED, null, null, this.tasks.now(), null));
    }

    /** Returns what is to be done to delete a task, null if that is nothing. */
    @Nullable
    MemoryChange delete(TaskId id, @Nullable MemoryTask task) {
        if (task != null && task.state() == TaskState.RUNNING) {
            throw new TaskStateException(
                    id,
                    task.state(),
                    "Task %s is running and cannot be deleted: cancel it first, and delete it once it has ended"
                            .formatted(id));
        }
        return task != null ? new MemoryChange(id, deleted -> null, NOBODY) : null;
    }
}
