package io.tasklane.actuate.endpoint;

import io.tasklane.store.StoredWorker;
import io.tasklane.store.WorkerDescription;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker as the endpoint shows it.
 *
 * @param id its id
 * @param application name of its application
 * @param host name of its host
 * @param pid its process id
 * @param tags its tags
 * @param queues queues that it consumes
 * @param concurrency how many tasks it runs at once at most, over all containers
 * @param running how many it ran at its last heartbeat
 * @param startedAt when it joined
 * @param heartbeatAt its last heartbeat
 * @param alive false if it was declared dead
 * @param stoppedQueues queues that it is told not to consume
 * @param stoppedContainers containers that it is told not to run
 * @param containers its containers if it is the node that answers, else null
 */
public record TaskWorkerDescriptor(
        long id,
        String application,
        String host,
        long pid,
        List<String> tags,
        List<String> queues,
        int concurrency,
        int running,
        Instant startedAt,
        Instant heartbeatAt,
        boolean alive,
        Collection<String> stoppedQueues,
        Collection<String> stoppedContainers,
        @Nullable List<WorkerContainerDescriptor> containers) {

    static TaskWorkerDescriptor of(StoredWorker worker, @Nullable List<WorkerContainerDescriptor> containers) {
        WorkerDescription description = worker.description();
        return new TaskWorkerDescriptor(
                worker.id(),
                description.application(),
                description.host(),
                description.pid(),
                worker.tags(),
                description.queues(),
                description.concurrency(),
                description.running(),
                worker.startedAt(),
                worker.heartbeatAt(),
                worker.alive(),
                worker.stopped().queues(),
                worker.stopped().containers(),
                containers);
    }
}
