package io.tasklane.store.jdbc;

import io.tasklane.TaskError;
import io.tasklane.store.MayHaveRun;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an outcome other than success changes.
 *
 * @param outcome what is written
 * @param error error to write, already cut to the size of the columns
 * @param delay wait until the next try, null for an outcome without one
 * @param retry 1 if a retry is used
 * @param recovery 1 if a recovery is counted
 */
record AttemptRow(
        StoredAttempt.Outcome outcome,
        @Nullable TaskError error,
        @Nullable Duration delay,
        int retry,
        int recovery) {

    /** Returns null for a success, which is no row of its own. */
    static @Nullable AttemptRow of(TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Retried retried) {
            return new AttemptRow(StoredAttempt.Outcome.RETRIED, ErrorText.cut(retried.error()), retried.delay(), 1, 0);
        }
        if (outcome instanceof TaskOutcome.Failed failed) {
            return new AttemptRow(StoredAttempt.Outcome.FAILED, ErrorText.cut(failed.error()), null, 0, 0);
        }
        if (outcome instanceof TaskOutcome.Postponed postponed) {
            return new AttemptRow(
                    StoredAttempt.Outcome.POSTPONED, ErrorText.cut(postponed.error()), postponed.delay(), 0, 0);
        }
        if (outcome instanceof TaskOutcome.Released released) {
            return new AttemptRow(StoredAttempt.Outcome.RELEASED, null, null, 0, released.recovery() ? 1 : 0);
        }
        if (outcome instanceof TaskOutcome.Cancelled) {
            return new AttemptRow(StoredAttempt.Outcome.CANCELLED, null, null, 0, 0);
        }
        return null;
    }

    /** What it becomes where the body may start only once, and has: the end, with its error or the one that says so. */
    AttemptRow ofStarted() {
        return new AttemptRow(
                StoredAttempt.Outcome.FAILED, this.error != null ? this.error : MayHaveRun.GIVEN_BACK, null, 0, 0);
    }

    /** Microseconds until the next try, 0 for at once. */
    long delayMicros() {
        return this.delay != null ? Micros.of(this.delay) : 0;
    }

    /** Whether there is something to tell of: a task that is put back or cancelled before it started was not attempted. */
    boolean isWritten(@Nullable Instant startedAt) {
        boolean mayNotHaveStarted =
                this.outcome == StoredAttempt.Outcome.RELEASED || this.outcome == StoredAttempt.Outcome.CANCELLED;
        return !mayNotHaveStarted || startedAt != null || this.recovery > 0;
    }

    /**
     * Since when the task is unreadable after this attempt. One whose body has run was readable.
     *
     * @param before since when it was before it, null if it was not
     */
    @Nullable
    Instant unreadableSince(@Nullable Instant before, Instant now) {
        return switch (this.outcome) {
            case POSTPONED -> before != null ? before : now;
            case RELEASED -> before;
            default -> null;
        };
    }
}
