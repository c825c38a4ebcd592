package io.tasklane.client;

import io.tasklane.TaskContext;
import io.tasklane.TaskHandle;
import io.tasklane.TaskId;
import io.tasklane.store.TaskWriter;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Makes handles, and knows where waiting for one could never end. */
final class TaskHandles {

    private final TaskWriter writer;

    private final TaskResults results;

    private final CollectingScopes scopes;

    private final PollingWait wait;

    TaskHandles(TaskWriter writer, TaskResults results, CollectingScopes scopes, PollingWait wait) {
        this.writer = writer;
        this.results = results;
        this.scopes = scopes;
        this.wait = wait;
    }

    /** Handle of a task enqueued just now in this transaction, null for one of its own. */
    TaskHandle<?> enqueued(TaskId id, @Nullable Object transaction) {
        if (transaction == null) {
            return known(id);
        }
        // Weak, so that a handle that is kept does not keep the connection of its transaction.
        WeakReference<Object> origin = new WeakReference<>(transaction);
        return new StoredTaskHandle<>(id, this.results, this.wait, waited -> {
            requireUsefulWait(waited);
            Object current = this.writer.currentTransaction();
            if (current != null && current == origin.get()) {
                throw new IllegalStateException(
                        "Task %s was enqueued in this transaction, which no worker can see yet; wait for it after the commit"
                                .formatted(waited));
            }
        });
    }

    /** Handle of a task of which only the id is known. */
    <T> TaskHandle<T> known(TaskId id) {
        return new StoredTaskHandle<>(id, this.results, this.wait, this::requireUsefulWait);
    }

    private void requireUsefulWait(TaskId id) {
        if (TaskContext.isPresent()) {
            throw new IllegalStateException(
                    ("Task %s cannot be waited for inside a task: this worker's slot may be the very one it needs;"
                                    + " enqueue a further task for what follows")
                            .formatted(id));
        }
        if (this.scopes.holds(id)) {
            throw new IllegalStateException(
                    "Task %s is written when the surrounding lambda returns; wait for it after that".formatted(id));
        }
    }
}
