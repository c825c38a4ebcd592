package io.tasklane.store.orm;

import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A task that is not yet due. */
@Entity
@Immutable
@Table(name = "due")
@SuppressWarnings("NullAway.Init")
class DueTask extends PlacedTask {

    private Instant runAt;

    @Override
    StoredTask stored() {
        return new StoredTask(
                id(),
                kind(),
                queue(),
                TaskState.SCHEDULED,
                task().priority(),
                task().retries(),
                retriesUsed(),
                recoveries(),
                task().payload(),
                task().version(),
                task().createdAt(),
                this.runAt,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
