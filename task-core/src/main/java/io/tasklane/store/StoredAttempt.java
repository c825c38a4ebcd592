package io.tasklane.store;

import io.tasklane.TaskError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that did not succeed.
 *
 * @param number 1, 2, 3 … per task, never reset
 * @param outcome what came of it
 * @param worker id of the worker
 * @param startedAt when it started, null if it never did
 * @param finishedAt when it ended, or was found to have
 * @param error its error, null for a release
 */
public record StoredAttempt(
        int number,
        Outcome outcome,
        long worker,
        @Nullable Instant startedAt,
        Instant finishedAt,
        @Nullable TaskError error) {

    /** What came of an attempt. */
    public enum Outcome {
        /** It failed and was tried again. */
        RETRIED,
        /** It failed for good. */
        FAILED,
        /** It was put back before it ended. */
        RELEASED,
        /** The payload could not be read. */
        POSTPONED,
        /** Its worker died. */
        LOST,
        /** The task was cancelled while it ran. */
        CANCELLED
    }
}
