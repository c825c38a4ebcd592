package io.tasklane.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did.
 *
 * @param at when, by the store's clock; when it began, if it is an operation on many tasks
 * @param actor who
 * @param action what, such as {@code queue.pause} or {@code task.cancel}
 * @param queue name of the queue, null where it is a single task
 * @param detail which tasks, and how; null if there is nothing more to say
 * @param tasks number of tasks
 */
public record AuditRecord(
        Instant at,
        String actor,
        String action,
        @Nullable String queue,
        @Nullable String detail,
        long tasks) {}
