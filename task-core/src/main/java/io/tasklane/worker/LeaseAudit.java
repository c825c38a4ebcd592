package io.tasklane.worker;

import io.tasklane.store.HeldLease;
import io.tasklane.store.TaskLeases;
import java.util.OptionalLong;

/** Looks at intervals at what the store says this worker holds: whether tasks that run here were cancelled. */
final class LeaseAudit {

    private final TaskLeases leases;

    private final WorkerPresence presence;

    private final NodeContainers containers;

    private final long interval;

    /**
     * Creates it.
     *
     * @param interval nanoseconds from one look to the next
     */
    LeaseAudit(TaskLeases leases, WorkerPresence presence, NodeContainers containers, long interval) {
        this.leases = leases;
        this.presence = presence;
        this.containers = containers;
        this.interval = interval;
    }

    /** A step of the audit's loop. An idle node asks nothing. */
    long audit() {
        OptionalLong worker = this.presence.id();
        if (worker.isPresent() && this.containers.held() > 0) {
            for (HeldLease held : this.leases.leases(worker.getAsLong())) {
                if (held.cancelled()) {
                    this.containers.cancel(held.lease());
                }
            }
        }
        return this.interval;
    }
}
