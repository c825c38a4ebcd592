package io.tasklane.store;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells all others. Without queues and without a time it only proves that notices arrive.
 *
 * @param sender who tells, in letters, digits, {@code _} and {@code -}; a node recognizes its own notices by it
 * @param queues names of queues that may have tasks to claim
 * @param untilDue time until a task that was enqueued becomes due; zero if only the store can tell; null if none was enqueued
 *     that is due later
 */
public record TaskNotice(
        String sender, Set<String> queues, @Nullable Duration untilDue) {

    public TaskNotice {
        queues = Set.copyOf(queues);
    }
}
