package io.tasklane.worker;

import io.tasklane.ConcurrencyRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * A container to run.
 *
 * @param name its name
 * @param queues its queues in order
 * @param order in which order they are asked
 * @param weights shares of the starts by queue, 1 where left out; only in weighted order
 * @param threads what its tasks run on
 * @param concurrency how many tasks it runs at once, now
 * @param queueLimit how many of one queue it runs at once, now
 * @param limited whether a queue has a limit that all nodes share, now
 * @param reserved how many slots the other queues leave free for a queue, by its name; only those with more than none
 * @param lookAhead how far ahead of free slots short tasks may be claimed
 */
record ContainerSpec(
        String name,
        List<String> queues,
        QueueOrder order,
        Map<String, Integer> weights,
        WorkerThreads threads,
        Supplier<ConcurrencyRange> concurrency,
        ToIntFunction<String> queueLimit,
        Predicate<String> limited,
        Map<String, Integer> reserved,
        Duration lookAhead) {

    ContainerSpec {
        queues = List.copyOf(queues);
        reserved = Map.copyOf(reserved);
    }

    /** The same without some of its queues, and the slots that are kept for them. */
    ContainerSpec without(Set<String> names) {
        List<String> left =
                this.queues.stream().filter(queue -> !names.contains(queue)).toList();
        Map<String, Integer> kept = new HashMap<>(this.reserved);
        kept.keySet().removeAll(names);
        return new ContainerSpec(
                this.name,
                left,
                this.order,
                this.weights,
                this.threads,
                this.concurrency,
                this.queueLimit,
                this.limited,
                kept,
                this.lookAhead);
    }
}
