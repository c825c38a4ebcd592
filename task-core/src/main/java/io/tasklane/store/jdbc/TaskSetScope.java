package io.tasklane.store.jdbc;

import io.tasklane.store.TaskSetChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of many tasks, with the ids of its names and the times that it means.
 *
 * @param change the change
 * @param queueId its queue
 * @param kindId the only task, null for any
 * @param since when it began; what came later is left alone
 * @param from earliest time, null for any
 * @param before latest time, that one not included; null for any
 */
record TaskSetScope(
        TaskSetChange change,
        int queueId,
        @Nullable Integer kindId,
        Instant since,
        @Nullable Instant from,
        @Nullable Instant before) {}
