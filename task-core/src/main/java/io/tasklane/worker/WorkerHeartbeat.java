package io.tasklane.worker;

import io.tasklane.store.WorkerDescription;
import io.tasklane.store.WorkerMembership;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Joins, says at intervals that this node is alive, and joins anew when it was declared dead. */
final class WorkerHeartbeat {

    private static final Log logger = LogFactory.getLog(WorkerHeartbeat.class);

    private final WorkerMembership membership;

    private final WorkerPresence presence;

    private final Supplier<WorkerDescription> description;

    private final LeaseHolder leases;

    private final LongConsumer joining;

    private final Clockwork clockwork;

    /**
     * Creates the heartbeat.
     *
     * @param joining told of the id under which the node joins, before it claims anything
     */
    WorkerHeartbeat(
            WorkerMembership membership,
            WorkerPresence presence,
            Supplier<WorkerDescription> description,
            LeaseHolder leases,
            LongConsumer joining,
            Clockwork clockwork) {
        this.membership = membership;
        this.presence = presence;
        this.description = description;
        this.leases = leases;
        this.joining = joining;
        this.clockwork = clockwork;
    }

    /** A step of the heartbeat's loop. */
    long beat() {
        long sent = this.clockwork.ticker().nanoTime();
        OptionalLong worker = this.presence.id();
        if (worker.isEmpty()) {
            join(sent);
        } else if (!this.membership.heartbeat(worker.getAsLong(), this.description.get())) {
            logger.warn("Worker %d was declared dead: its tasks are interrupted, it joins anew"
                    .formatted(worker.getAsLong()));
            this.presence.gone();
            this.leases.loseAll();
            return 0;
        } else if (this.presence.beaten(sent)) {
            logger.info("Worker %d is in touch again".formatted(worker.getAsLong()));
            this.leases.mayClaim();
        }
        return Math.max(1, this.clockwork.interval() - (this.clockwork.ticker().nanoTime() - sent));
    }

    /** A step of the fence's loop: without a heartbeat for too long, others may take over the tasks. */
    long fence() {
        if (this.presence.fenceIfSilent()) {
            logger.warn("No heartbeat has succeeded for too long: other workers may take over now,"
                    + " so running tasks are interrupted");
            this.leases.loseAll();
        }
        return this.presence.nanosUntilFence();
    }

    private void join(long sent) {
        WorkerDescription who = this.description.get();
        long worker = this.membership.join(who);
        this.joining.accept(worker);
        this.presence.joined(worker, sent);
        logger.info("Joined as worker %d, consuming %s".formatted(worker, who.queues()));
        this.leases.mayClaim();
    }

    /** Who holds leases. */
    interface LeaseHolder {

        /** All leases are void. */
        void loseAll();

        /** Claiming is possible from now on. */
        void mayClaim();
    }

    /** Time and the interval of heartbeats in nanoseconds. */
    record Clockwork(Ticker ticker, long interval) {}
}
