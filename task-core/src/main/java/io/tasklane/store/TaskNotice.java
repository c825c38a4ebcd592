package io.tasklane.store;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells all others. Without anything else it only proves that notices arrive.
 *
 * @param sender who tells, in letters, digits, {@code _} and {@code -}; a node recognizes its own notices by it
 * @param queues names of queues that may have tasks to claim
 * @param untilDue time until a task that was enqueued becomes due; zero if only the store can tell; null if none was enqueued
 *     that is due later
 * @param workers ids of workers that run tasks which were cancelled
 * @param queuesChanged whether queues were declared, changed or deleted
 * @param blocked whether BLOCKED tasks were enqueued whose keys may have room
 */
public record TaskNotice(
        String sender,
        Set<String> queues,
        @Nullable Duration untilDue,
        Set<Long> workers,
        boolean queuesChanged,
        boolean blocked) {

    public TaskNotice {
        queues = Set.copyOf(queues);
        workers = Set.copyOf(workers);
    }

    /** A notice without BLOCKED tasks. */
    public TaskNotice(
            String sender, Set<String> queues, @Nullable Duration untilDue, Set<Long> workers, boolean queuesChanged) {
        this(sender, queues, untilDue, workers, queuesChanged, false);
    }

    /** A notice of tasks only. */
    public TaskNotice(String sender, Set<String> queues, @Nullable Duration untilDue, Set<Long> workers) {
        this(sender, queues, untilDue, workers, false);
    }
}
