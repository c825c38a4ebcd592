package io.tasklane.autoconfigure;

import io.tasklane.TaskQueue;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.worker.WorkerSettings;
import java.util.OptionalInt;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Warns if more tasks may run at once than there are connections. */
class PoolSizeCheck implements SmartInitializingSingleton {

    private static final Log logger = LogFactory.getLog(PoolSizeCheck.class);

    private final WorkerSettings settings;

    private final QueueRegistry queues;

    private final TaskPool pool;

    PoolSizeCheck(WorkerSettings settings, QueueRegistry queues, TaskPool pool) {
        this.settings = settings;
        this.queues = queues;
        this.pool = pool;
    }

    @Override
    public void afterSingletonsInstantiated() {
        OptionalInt size = this.pool.size();
        int concurrency = concurrency();
        if (size.isPresent() && concurrency > size.getAsInt()) {
            logger.warn(("The worker containers run up to %d tasks at once, but the connection pool has %d connections:"
                            + " tasks that use the database will wait for each other, and for requests. Raise the pool's"
                            + " size (spring.datasource.hikari.maximum-pool-size), or lower the concurrency below"
                            + " tasklane.queues, tasklane.worker.containers or tasklane.defaults")
                    .formatted(concurrency, size.getAsInt()));
        }
    }

    private int concurrency() {
        int sum = this.settings.containers().stream()
                .mapToInt(container -> container.concurrency().max())
                .sum();
        for (TaskQueue queue : this.queues.queues()) {
            if (this.settings.consumes(queue.name()) && hasOwnContainer(queue.name())) {
                boolean inline = this.settings.queue(queue.name()).threads().isInline();
                sum += inline ? 1 : this.queues.concurrency(queue.name()).max();
            }
        }
        return sum;
    }

    private boolean hasOwnContainer(String queue) {
        return this.settings.containers().stream()
                .noneMatch(container -> container.queues().contains(queue)
                        || (container.isForAll() && !container.excludedQueues().contains(queue)));
    }
}
