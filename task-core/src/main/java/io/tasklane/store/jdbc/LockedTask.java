package io.tasklane.store.jdbc;

import io.tasklane.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task whose row is locked in the table in which it stands.
 *
 * @param id its id
 * @param state its state, which is the table
 * @param queueId its queue
 * @param band its negated priority
 * @param kindId its name
 * @param retriesUsed how often it was tried again
 * @param recoveries how often its worker died
 * @param seq its place; only in QUEUED
 * @param key the key for which it waits; only in BLOCKED
 * @param worker who runs it; only in RUNNING
 * @param cancelledAt when it was cancelled while it runs; only in RUNNING
 */
record LockedTask(
        long id,
        TaskState state,
        int queueId,
        int band,
        int kindId,
        int retriesUsed,
        int recoveries,
        long seq,
        @Nullable String key,
        long worker,
        @Nullable Instant cancelledAt) {}
