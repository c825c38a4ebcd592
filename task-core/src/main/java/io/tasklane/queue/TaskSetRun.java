package io.tasklane.queue;

import io.tasklane.store.AuditStore.Entry;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskSetAdministration;
import io.tasklane.store.TaskSetAdministration.Batch;
import io.tasklane.store.TaskSetAdministration.Cursor;
import io.tasklane.store.TaskSetChange;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Changes many tasks to the end, batch by batch. */
final class TaskSetRun implements QueueTasks.Changes {

    /** Most tasks in one transaction. */
    static final int BATCH = 1_000;

    private final TaskSetAdministration store;

    private final TaskChangeListener listener;

    private final TaskSetAudit audit;

    private final LongConsumer progress;

    TaskSetRun(TaskSetAdministration store, TaskChangeListener listener, TaskSetAudit audit, LongConsumer progress) {
        this.store = store;
        this.listener = listener;
        this.audit = audit;
        this.progress = progress;
    }

    @Override
    public long apply(TaskSetChange change) {
        Entry entry = this.audit.entry(change);
        long total = 0;
        @Nullable Cursor next = null;
        do {
            Batch batch = this.store.change(change, entry, next, BATCH, this.listener);
            next = batch.next();
            if (batch.changed() > 0) {
                total += batch.changed();
                this.progress.accept(total);
            }
        } while (next != null);
        return total;
    }
}
