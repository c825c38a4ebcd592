package io.tasklane.worker;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * A container to run.
 *
 * @param name its name
 * @param queues its queues in order
 * @param order in which order they are asked
 * @param threads what its tasks run on
 * @param concurrency how many tasks it runs at once, now
 * @param queueLimit how many of one queue it runs at once, now
 * @param lookAhead how far ahead of free slots short tasks may be claimed
 */
record ContainerSpec(
        String name,
        List<String> queues,
        QueueOrder order,
        WorkerThreads threads,
        IntSupplier concurrency,
        ToIntFunction<String> queueLimit,
        Duration lookAhead) {

    ContainerSpec {
        queues = List.copyOf(queues);
    }
}
