package io.tasklane.worker;

import io.tasklane.store.WorkerMembership;
import io.tasklane.store.WorkerMembership.Recovery;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Looks at intervals for dead workers and puts their tasks back. */
final class WorkerRecovery {

    private static final Log logger = LogFactory.getLog(WorkerRecovery.class);

    private final WorkerMembership membership;

    private final WorkerPresence presence;

    private final RecoverySettings settings;

    private final Consumer<Recovery> found;

    WorkerRecovery(
            WorkerMembership membership, WorkerPresence presence, RecoverySettings settings, Consumer<Recovery> found) {
        this.membership = membership;
        this.presence = presence;
        this.settings = settings;
        this.found = found;
    }

    /** A step of the recovery's loop. */
    long recover() {
        if (this.presence.mayConvict()) {
            Recovery round = this.membership.recover(this.settings.after(), this.settings.maxRecoveries());
            if (!round.deadWorkers().isEmpty() || round.putBack() + round.failed() + round.cancelled() > 0) {
                logger.warn(("Workers %s are dead: %d of their tasks were put back, %d had ended their worker"
                                + " too often, or had started and may do so only once, and are FAILED, %d had been cancelled")
                        .formatted(round.deadWorkers(), round.putBack(), round.failed(), round.cancelled()));
            }
            this.found.accept(round);
        }
        return this.settings.interval().toNanos();
    }
}
