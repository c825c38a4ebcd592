package io.tasklane.store.orm;

import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A task that runs. */
@Entity
@Immutable
@Table(name = "running")
@SuppressWarnings("NullAway.Init")
class RunningTask extends PlacedTask {

    private long workerId;

    private Instant claimedAt;

    @Override
    StoredTask stored() {
        return new StoredTask(
                id(),
                kind(),
                queue(),
                TaskState.RUNNING,
                task().priority(),
                task().retries(),
                retriesUsed(),
                recoveries(),
                task().payload(),
                task().version(),
                task().createdAt(),
                null,
                this.workerId,
                this.claimedAt,
                null,
                null,
                null,
                null);
    }
}
