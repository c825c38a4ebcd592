package io.tasklane.worker;

import java.time.Duration;

/**
 * What a node decides by itself about consuming a queue; never stored.
 *
 * @param pollInterval longest time until the node notices tasks that it was not told of, at least 1 s
 * @param threads threads of the container that the queue has of its own
 */
public record WorkerQueueSettings(Duration pollInterval, WorkerThreads threads) {

    /** 1 s, platform threads. */
    public static final WorkerQueueSettings DEFAULT =
            new WorkerQueueSettings(Duration.ofSeconds(1), WorkerThreads.PLATFORM);

    public WorkerQueueSettings {
        if (pollInterval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("poll-interval must be 1s or longer, not " + pollInterval
                    + "; tasks enqueued in the same application start at once whatever it is");
        }
    }
}
