package io.tasklane.store.memory;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A success that is written with the commit of the body's transaction.
 *
 * @param completion what is written
 * @param now when that was said
 */
record MemoryCompletion(TaskCompletion completion, Instant now) implements MemoryWrite {

    @Override
    public Runnable apply(MemoryTasks tasks) {
        MemoryTask task = tasks.get(this.completion.lease().task());
        if (task != null) {
            tasks.put(succeeded(task));
        }
        return () -> {};
    }

    @Override
    public @Nullable MemoryTask seen(TaskId id, @Nullable MemoryTask before) {
        return before != null && id.equals(this.completion.lease().task()) ? succeeded(before) : before;
    }

    private MemoryTask succeeded(MemoryTask task) {
        Instant finishedAt = this.completion.finishedAt() != null ? this.completion.finishedAt() : this.now;
        return task.at(new MemoryPlace.Finished(
                TaskState.SUCCEEDED,
                this.completion.lease().worker(),
                this.completion.startedAt(),
                finishedAt,
                ((TaskOutcome.Succeeded) this.completion.outcome()).result()));
    }
}
