package io.tasklane.store.orm;

import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A task that can be claimed. */
@Entity
@Immutable
@Table(name = "ready")
@SuppressWarnings("NullAway.Init")
class ReadyTask extends PlacedTask {

    private int band;

    private long seq;

    @Override
    StoredTask stored() {
        return new StoredTask(
                id(),
                kind(),
                queue(),
                TaskState.QUEUED,
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
