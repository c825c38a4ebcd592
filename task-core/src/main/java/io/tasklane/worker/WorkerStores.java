package io.tasklane.worker;

import io.tasklane.queue.QueueRegistry;
import io.tasklane.store.TaskLeases;
import io.tasklane.store.TaskMaintenance;
import io.tasklane.store.TaskProgress;
import io.tasklane.store.WorkerMembership;
import org.jspecify.annotations.Nullable;

/**
 * What a node needs from the store.
 *
 * @param leases claiming and completing
 * @param progress what became of single leases
 * @param membership heartbeat and recovery; may use a connection of its own
 * @param maintenance what one worker does for all
 * @param queues the queues as this node knows them; the node refreshes it while it runs
 * @param notifier tells other nodes of tasks and hears of theirs; null to leave that to polling
 */
public record WorkerStores(
        TaskLeases leases,
        TaskProgress progress,
        WorkerMembership membership,
        TaskMaintenance maintenance,
        QueueRegistry queues,
        @Nullable TaskNotifier notifier) {}
