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
 */
public record TaskCompletion(
        TaskLease lease,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        TaskOutcome outcome) {}
