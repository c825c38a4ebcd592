package io.tasklane.store;

import java.util.List;

/**
 * Who a worker is.
 *
 * @param application name of the application
 * @param host name of the host, at most 255 characters
 * @param pid process id
 * @param queues queues that it consumes now
 * @param concurrency how many tasks it runs at once, over all containers
 * @param running how many it runs now
 */
public record WorkerDescription(
        String application, String host, long pid, List<String> queues, int concurrency, int running) {

    public WorkerDescription {
        queues = List.copyOf(queues);
    }
}
