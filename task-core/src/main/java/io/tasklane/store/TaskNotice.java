package io.tasklane.store;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells all others. Without queues, a time and workers it only proves that notices arrive.
 *
 * @param sender who tells, in letters, digits, {@code _} and {@code -}; a node recognizes its own notices by it
 * @param queues names of queues that may have tasks to claim
 * @param untilDue time until a task that was enqueued becomes due; zero if only the store can tell; null if none was enqueued
 *     that is due later
 * @param workers ids of workers that run tasks which were cancelled
 */
public record TaskNotice(
        String sender, Set<String> queues, @Nullable Duration untilDue, Set<Long> workers) {

    public TaskNotice {
        queues = Set.copyOf(queues);
        workers = Set.copyOf(workers);
    }
}
