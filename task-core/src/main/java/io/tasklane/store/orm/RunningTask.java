package io.tasklane.store.orm;

import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A task that runs. */
@Entity
@Immutable
@Table(name = "running")
@SuppressWarnings("NullAway.Init")
class RunningTask extends PlacedTask {

    private long workerId;

    private Instant claimedAt;

    private @Nullable Instant cancelledAt;

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
                this.cancelledAt,
                null,
                null,
                null,
                null);
    }
}
