package io.tasklane.store;

import java.util.List;

/**
 * Who a worker is.
 *
 * @param application name of the application
 * @param host name of the host, at most 255 characters
 * @param pid process id
 * @param tags its tags, without a comma in any of them; not the one with its id
 * @param containers names of its containers
 * @param queues queues that it consumes now
 * @param concurrency how many tasks it runs at once at most, over all containers
 * @param running how many it runs now
 */
public record WorkerDescription(
        String application,
        String host,
        long pid,
        List<String> tags,
        List<String> containers,
        List<String> queues,
        int concurrency,
        int running) {

    public WorkerDescription {
        tags = List.copyOf(tags);
        containers = List.copyOf(containers);
        queues = List.copyOf(queues);
    }

    /** A worker without tags and containers. */
    public WorkerDescription(
            String application, String host, long pid, List<String> queues, int concurrency, int running) {
        this(application, host, pid, List.of(), List.of(), queues, concurrency, running);
    }
}
