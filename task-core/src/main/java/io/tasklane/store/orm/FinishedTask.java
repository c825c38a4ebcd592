package io.tasklane.store.orm;

import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A task that has ended. */
@Entity
@Immutable
@Table(name = "finished")
@SuppressWarnings("NullAway.Init")
class FinishedTask extends PlacedTask {

    /** Numbers of the states, as the table has them. */
    private static final Map<TaskState, Short> NUMBERS = Map.of(
            TaskState.SUCCEEDED,
            (short) 1,
            TaskState.FAILED,
            (short) 2,
            TaskState.CANCELLED,
            (short) 3,
            TaskState.EXPIRED,
            (short) 4);

    private short state;

    private @Nullable Long workerId;

    private @Nullable Instant startedAt;

    private Instant finishedAt;

    private @Nullable String result;

    /** Returns the number of an end state. */
    static short number(TaskState state) {
        return Objects.requireNonNull(NUMBERS.get(state), () -> state + " is no end state");
    }

    @Override
    StoredTask stored() {
        return new StoredTask(
                id(),
                kind(),
                queue(),
                state(),
                task().priority(),
                task().retries(),
                retriesUsed(),
                recoveries(),
                task().payload(),
                task().version(),
                task().createdAt(),
                null,
                this.workerId,
                null,
                null,
                this.startedAt,
                this.finishedAt,
                this.result,
                null);
    }

    private TaskState state() {
        for (Map.Entry<TaskState, Short> entry : NUMBERS.entrySet()) {
            if (entry.getValue() == this.state) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("Task %s has the unknown end state %d: was the row written by a newer version?"
                .formatted(id(), this.state));
    }
}
