package io.tasklane.worker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A configured container.
 *
 * @param name name of the container, same rule as for queues
 * @param queues names of its queues in order, or {@code *} for all that no other container of this node names
 * @param excludedQueues queues that {@code *} does not mean
 * @param order in which order its queues are asked; {@code *} always goes round
 * @param concurrency how many tasks it runs at once, 1 to 10000
 * @param threads what its tasks run on
 */
public record WorkerContainerSettings(
        String name,
        List<String> queues,
        Set<String> excludedQueues,
        QueueOrder order,
        int concurrency,
        WorkerThreads threads) {

    /** Stands for all queues that no other container names. */
    public static final String ALL = "*";

    /** Most tasks that a container runs at once. */
    public static final int MAX_CONCURRENCY = 10_000;

    public WorkerContainerSettings {
        queues = List.copyOf(queues);
        excludedQueues = Set.copyOf(excludedQueues);
        QueueNames.requireValid("Worker container", name);
        String where = "Worker container '" + name + "'";
        QueueNames.requireSelection(where, queues);
        if (new HashSet<>(queues).size() < queues.size()) {
            throw new IllegalArgumentException(where + " names a queue twice: " + queues);
        }
        if (!queues.contains(ALL) && !excludedQueues.isEmpty()) {
            throw new IllegalArgumentException(
                    where + " excludes queues " + excludedQueues + ", which only makes sense with queues '*'");
        }
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "%s: concurrency must be 1 to %d, not %d".formatted(where, MAX_CONCURRENCY, concurrency));
        }
        if (queues.contains(ALL)) {
            order = QueueOrder.ROUND_ROBIN;
        }
    }

    /** Whether it takes all queues that no other container names. */
    public boolean isForAll() {
        return this.queues.contains(ALL);
    }
}
