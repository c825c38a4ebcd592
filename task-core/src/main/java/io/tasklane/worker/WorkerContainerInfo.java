package io.tasklane.worker;

import java.util.List;

/**
 * A container as it is now.
 *
 * @param name its name; a queue's own container has the name of the queue
 * @param queues its queues, in the listed order
 * @param order in which order they are asked
 * @param concurrency how many tasks it runs at once, the most if it has a range
 * @param minConcurrency the least number of the range, else the same
 * @param slots how many it may run at once now
 * @param running how many it holds now: those that run, and those that ended and are not written yet
 * @param stuck how many of its slots are taken by tasks that go on after their timeout and were given up
 * @param state where it is in its life
 */
public record WorkerContainerInfo(
        String name,
        List<String> queues,
        QueueOrder order,
        int concurrency,
        int minConcurrency,
        int slots,
        int running,
        int stuck,
        State state) {

    public WorkerContainerInfo {
        queues = List.copyOf(queues);
    }

    /** Where a container is in its life. */
    public enum State {
        /** It claims and runs tasks. */
        RUNNING,
        /** It claims no more and waits for its tasks. */
        DRAINING
    }
}
