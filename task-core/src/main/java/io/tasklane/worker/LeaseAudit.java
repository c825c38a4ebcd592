package io.tasklane.worker;

import io.tasklane.store.HeldLease;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskLeases;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Compares at intervals what the store says this worker holds with what it really holds. Tasks that were cancelled are
 * interrupted. Tasks that nobody here knows of, which this living worker would keep from all others, are put back.
 */
final class LeaseAudit {

    private static final Log logger = LogFactory.getLog(LeaseAudit.class);

    private final TaskLeases leases;

    private final WorkerPresence presence;

    private final NodeContainers containers;

    private final long interval;

    /** Nobody here knew of them at the last look. */
    private Set<TaskLease> strays = Set.of();

    private long lastClaim;

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

    /** A step of the audit's loop. A node that holds nothing and has claimed nothing since the last look asks nothing. */
    long audit() {
        OptionalLong worker = this.presence.id();
        long claim = this.presence.lastClaim();
        if (worker.isPresent() && (this.containers.held() > 0 || claim != this.lastClaim || !this.strays.isEmpty())) {
            compare(worker.getAsLong());
            this.lastClaim = claim;
        }
        return this.interval;
    }

    private void compare(long worker) {
        Set<TaskLease> unknown = new HashSet<>();
        for (HeldLease held : this.leases.leases(worker)) {
            if (!this.containers.mayHold(held.lease())) {
                unknown.add(held.lease());
            } else if (held.cancelled()) {
                this.containers.cancel(held.lease());
            }
        }
        // Twice: at a single look a task may just have ended, or be on its way from one hand to the next.
        List<TaskLease> lost = unknown.stream().filter(this.strays::contains).toList();
        this.strays = unknown;
        if (!lost.isEmpty()) {
            putBack(worker, lost);
        }
    }

    private void putBack(long worker, List<TaskLease> lost) {
        int count = UnknownLeases.putBack(this.leases, worker, lost);
        if (count > 0) {
            logger.warn(
                    "Put back %d tasks that this worker held in the database, but did not know of".formatted(count));
            this.containers.mayHaveAll();
        }
    }
}
