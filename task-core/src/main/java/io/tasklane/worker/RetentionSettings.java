package io.tasklane.worker;

import io.tasklane.TaskState;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long finished tasks are kept. The same on all nodes.
 *
 * @param ages how long a task is kept after it has ended, by the state in which it ended; a state left out is kept for ever
 * @param audit how long it is kept what operators did, null for ever
 * @param interval time between two looks for tasks to delete, by the one node that does it
 * @param batchSize most tasks deleted in one transaction
 */
public record RetentionSettings(
        Map<TaskState, Duration> ages, @Nullable Duration audit, Duration interval, int batchSize) {

    /** Most tasks in one transaction. */
    public static final int MAX_BATCH_SIZE = 10_000;

    /** Failed tasks are kept for 30 days, all others for one, and for 90 days what operators did; looks every minute; batches of 1000. */
    public static final RetentionSettings DEFAULT = new RetentionSettings(
            Map.of(
                    TaskState.SUCCEEDED,
                    Duration.ofDays(1),
                    TaskState.CANCELLED,
                    Duration.ofDays(1),
                    TaskState.EXPIRED,
                    Duration.ofDays(1),
                    TaskState.FAILED,
                    Duration.ofDays(30)),
            Duration.ofDays(90),
            Duration.ofMinutes(1),
            1_000);

    public RetentionSettings {
        ages.forEach((state, age) -> {
            if (!state.isFinished()) {
                throw new IllegalArgumentException("Tasks in state " + state + " are never deleted");
            }
            requirePositive("age at which " + state + " tasks are deleted", age);
        });
        if (audit != null) {
            requirePositive("age at which audit records are deleted", audit);
        }
        requirePositive("interval of the retention", interval);
        if (batchSize < 1 || batchSize > MAX_BATCH_SIZE) {
            throw new IllegalArgumentException(
                    "tasklane.retention.batch-size must be 1 to %d, not %d".formatted(MAX_BATCH_SIZE, batchSize));
        }
        ages = Map.copyOf(ages);
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("The " + what + " must be positive, not " + value);
        }
    }
}
