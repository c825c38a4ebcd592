package io.tasklane.store.memory;

import io.tasklane.TaskId;
import io.tasklane.store.TaskCommitListener;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** The tasks of one insert, with the one who wants to know of their commit. */
record MemoryInsert(List<MemoryTask> tasks, TaskCommitListener committed) implements MemoryWrite {

    private static final Log LOG = LogFactory.getLog(MemoryInsert.class);

    @Override
    public Runnable apply(MemoryTasks all) {
        this.tasks.forEach(all::put);
        return this::tell;
    }

    @Override
    public @Nullable MemoryTask seen(TaskId id, @Nullable MemoryTask before) {
        return this.tasks.stream()
                .filter(task -> task.id().equals(id))
                .findFirst()
                .orElse(before);
    }

    /** Tells of the commit. The caller's work is done by then, so that a listener that fails must not disturb it. */
    private void tell() {
        try {
            this.committed.committed(this.tasks.stream().map(MemoryTask::task).toList());
        } catch (RuntimeException ex) {
            LOG.warn(
                    "Tasks were inserted, but a listener failed: they may start later, at the next poll (%s)"
                            .formatted(this.tasks.get(0).id()),
                    ex);
        }
    }
}
