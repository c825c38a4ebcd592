package io.tasklane.store.memory;

import io.tasklane.TaskState;
import io.tasklane.store.TaskLease;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a task is: one kind of place for each table of a database. */
sealed interface MemoryPlace {

    TaskState state();

    record Due(Instant runAt) implements MemoryPlace {

        @Override
        public TaskState state() {
            return TaskState.SCHEDULED;
        }
    }

    record Blocked(long seq) implements MemoryPlace {

        @Override
        public TaskState state() {
            return TaskState.BLOCKED;
        }
    }

    record Ready(long seq, Instant readyAt, boolean suspect) implements MemoryPlace {

        @Override
        public TaskState state() {
            return TaskState.QUEUED;
        }
    }

    record Running(
            TaskLease lease,
            Ready from,
            Instant claimedAt,
            boolean ahead,
            boolean started,
            @Nullable Instant cancelledAt,
            boolean completing)
            implements MemoryPlace {

        /** The body may start only once, and does. */
        Running start() {
            return new Running(this.lease, this.from, this.claimedAt, this.ahead, true, this.cancelledAt, false);
        }

        Running cancelled(Instant now) {
            return this.cancelledAt != null || this.completing
                    ? this
                    : new Running(this.lease, this.from, this.claimedAt, this.ahead, this.started, now, false);
        }

        /** An open transaction completes it, as if it had locked the row; or no longer does. */
        Running completing(boolean open) {
            return new Running(this.lease, this.from, this.claimedAt, this.ahead, this.started, this.cancelledAt, open);
        }

        @Override
        public TaskState state() {
            return TaskState.RUNNING;
        }
    }

    record Finished(
            TaskState state,
            @Nullable Long worker,
            @Nullable Instant startedAt,
            Instant finishedAt,
            @Nullable String result)
            implements MemoryPlace {}
}
