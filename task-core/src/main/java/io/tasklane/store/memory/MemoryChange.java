package io.tasklane.store.memory;

import io.tasklane.TaskId;
import io.tasklane.store.TaskChangeListener;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does to one task. A transaction locks nothing here: with its commit the change is made to the task as it is
 * then.
 *
 * @param id the task
 * @param change makes the new task of the present one, null to delete it; the same if it does not apply
 * @param committed told after the commit
 */
record MemoryChange(TaskId id, Function<MemoryTask, @Nullable MemoryTask> change, TaskChangeListener committed)
        implements MemoryWrite {

    private static final Log LOG = LogFactory.getLog(MemoryChange.class);

    @Override
    public Runnable apply(MemoryTasks all) {
        MemoryTask before = all.get(this.id);
        MemoryTask after = before != null ? this.change.apply(before) : null;
        if (after == null) {
            all.remove(this.id);
            return () -> {};
        }
        all.put(after);
        return () -> tell(after);
    }

    @Override
    public @Nullable MemoryTask seen(TaskId other, @Nullable MemoryTask before) {
        return before != null && other.equals(this.id) ? this.change.apply(before) : before;
    }

    private void tell(MemoryTask after) {
        try {
            if (after.place() instanceof MemoryPlace.Running running && running.cancelledAt() != null) {
                this.committed.cancelled(running.lease().worker());
            } else if (after.place() instanceof MemoryPlace.Ready || after.place() instanceof MemoryPlace.Blocked) {
                this.committed.requeued(after.task().queue());
            }
        } catch (RuntimeException ex) {
            LOG.warn(
                    "Task %s was changed, but a listener failed: workers find out by themselves".formatted(this.id),
                    ex);
        }
    }
}
