package io.tasklane.actuate.endpoint;

import io.tasklane.worker.WorkerContainerInfo;
import java.util.List;
import java.util.Map;

/**
 * One container of this node as the endpoint shows it.
 *
 * @param name its name; a queue's own container has the name of the queue
 * @param queues its queues, in the listed order
 * @param order in which order they are asked, as in a configuration file
 * @param concurrency how many tasks it runs at once, the most if it has a range
 * @param minConcurrency the least number of the range, else the same
 * @param slots how many it may run at once now
 * @param running how many it holds now
 * @param stuck how many slots are taken by tasks that go on after their timeout
 * @param state where it is in its life
 * @param pollIntervals longest time each queue may wait to be asked, as in a configuration file
 * @param executor what its tasks run on, as in a configuration file
 */
public record WorkerContainerDescriptor(
        String name,
        List<String> queues,
        String order,
        int concurrency,
        int minConcurrency,
        int slots,
        int running,
        int stuck,
        WorkerContainerInfo.State state,
        Map<String, String> pollIntervals,
        String executor) {}
