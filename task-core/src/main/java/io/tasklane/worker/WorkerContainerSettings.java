package io.tasklane.worker;

import io.tasklane.ConcurrencyRange;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A configured container.
 *
 * @param name name of the container, same rule as for queues
 * @param queues names of its queues in order, or {@code *} for all that no other container of this node names
 * @param excludedQueues queues that {@code *} does not mean
 * @param order in which order its queues are asked; for {@code *} strict means round-robin
 * @param weights shares of the starts by queue, 1 to 1000 and 1 where left out; empty unless the order is weighted
 * @param concurrency how many tasks it runs at once
 * @param threads what its tasks run on
 */
public record WorkerContainerSettings(
        String name,
        List<String> queues,
        Set<String> excludedQueues,
        QueueOrder order,
        Map<String, Integer> weights,
        ConcurrencyRange concurrency,
        WorkerThreads threads) {

    /** Stands for all queues that no other container names. */
    public static final String ALL = "*";

    /** Greatest weight of a queue. */
    public static final int MAX_WEIGHT = 1_000;

    /** A container whose order knows no weights. */
    public WorkerContainerSettings(
            String name,
            List<String> queues,
            Set<String> excludedQueues,
            QueueOrder order,
            ConcurrencyRange concurrency,
            WorkerThreads threads) {
        this(name, queues, excludedQueues, order, Map.of(), concurrency, threads);
    }

    public WorkerContainerSettings {
        weights = Map.copyOf(weights);
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
        if (threads.isInline() && concurrency.max() > 1) {
            throw new IllegalArgumentException(
                    "%s: executor 'inline' runs one task at a time, so concurrency must be 1, not %s"
                            .formatted(where, concurrency));
        }
        requireWeights(where, queues, order, weights);
        if (queues.contains(ALL) && order == QueueOrder.STRICT) {
            order = QueueOrder.ROUND_ROBIN;
        }
    }

    private static void requireWeights(
            String where, List<String> queues, QueueOrder order, Map<String, Integer> weights) {
        if (weights.isEmpty() == (order == QueueOrder.WEIGHTED)) {
            throw new IllegalArgumentException(
                    where + ": the order 'weighted' needs weights, and no other order has any: " + weights);
        }
        weights.forEach((queue, weight) -> {
            if (weight < 1 || weight > MAX_WEIGHT) {
                throw new IllegalArgumentException(
                        "%s: weight of queue '%s' must be 1 to %d, not %d".formatted(where, queue, MAX_WEIGHT, weight));
            }
            if (!queues.contains(ALL) && !queues.contains(queue)) {
                throw new IllegalArgumentException("%s has a weight for queue '%s', which is none of its queues %s"
                        .formatted(where, queue, queues));
            }
        });
    }

    /** Whether it takes all queues that no other container names. */
    public boolean isForAll() {
        return this.queues.contains(ALL);
    }
}
