package io.tasklane.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one attempt, to be written.
 *
 * @param lease ownership under which it ran
 * @param startedAt when the body started, on the store's clock; null if it never started
 * @param finishedAt when the body ended, on the store's clock; null if it never started
 * @param outcome what came of it
 * @param keyed whether the task may have a key; false spares the store a look
 */
public record TaskCompletion(
        TaskLease lease,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        TaskOutcome outcome,
        boolean keyed) {

    /** Of a task of which it is not known whether it has a key. */
    public TaskCompletion(
            TaskLease lease, @Nullable Instant startedAt, @Nullable Instant finishedAt, TaskOutcome outcome) {
        this(lease, startedAt, finishedAt, outcome, true);
    }

    /** The same attempt with another outcome. */
    public TaskCompletion with(TaskOutcome other) {
        return new TaskCompletion(this.lease, this.startedAt, this.finishedAt, other, this.keyed);
    }
}
