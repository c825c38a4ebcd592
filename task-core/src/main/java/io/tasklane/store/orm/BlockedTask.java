package io.tasklane.store.orm;

import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A task that waits for its key. */
@Entity
@Immutable
@Table(name = "blocked")
@SuppressWarnings("NullAway.Init")
class BlockedTask extends PlacedTask {

    private long seq;

    @Override
    StoredTask stored() {
        return new StoredTask(
                id(),
                kind(),
                queue(),
                TaskState.BLOCKED,
                task().priority(),
                task().retries(),
                retriesUsed(),
                recoveries(),
                task().payload(),
                task().version(),
                task().createdAt(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
