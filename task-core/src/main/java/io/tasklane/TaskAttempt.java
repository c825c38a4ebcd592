package io.tasklane;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a task that did not succeed.
 *
 * @param number 1, 2, 3 … per task, never reset
 * @param outcome what came of it, such as {@code RETRIED}, {@code FAILED}, {@code LOST} or {@code CANCELLED}
 * @param worker id of the worker
 * @param startedAt when it started, null if it never did
 * @param finishedAt when it ended, or was found to have
 * @param error its error, null if it did not fail
 * @since 0.1.0
 */
public record TaskAttempt(
        int number,
        String outcome,
        long worker,
        @Nullable Instant startedAt,
        Instant finishedAt,
        @Nullable TaskError error) {}
