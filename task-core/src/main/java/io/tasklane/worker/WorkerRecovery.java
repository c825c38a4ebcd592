package io.tasklane.worker;

import io.tasklane.store.WorkerMembership;
import io.tasklane.store.WorkerMembership.Recovery;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Looks at intervals for dead workers and puts their tasks back. */
final class WorkerRecovery {

    private static final Log logger = LogFactory.getLog(WorkerRecovery.class);

    private final WorkerMembership membership;

    private final WorkerPresence presence;

    private final RecoverySettings settings;

    private final Consumer<Set<String>> ready;

    WorkerRecovery(
            WorkerMembership membership,
            WorkerPresence presence,
            RecoverySettings settings,
            Consumer<Set<String>> ready) {
        this.membership = membership;
        this.presence = presence;
        this.settings = settings;
        this.ready = ready;
    }

    /** A step of the recovery's loop. */
    long recover() {
        if (this.presence.mayConvict()) {
            Recovery found = this.membership.recover(this.settings.after(), this.settings.maxRecoveries());
            if (!found.deadWorkers().isEmpty() || found.putBack() + found.failed() + found.cancelled() > 0) {
                logger.warn(("Workers %s are dead: %d of their tasks were put back, %d had ended their worker"
                                + " too often, or had started and may do so only once, and are FAILED, %d had been cancelled")
                        .formatted(found.deadWorkers(), found.putBack(), found.failed(), found.cancelled()));
            }
            this.ready.accept(found.queues());
        }
        return this.settings.interval().toNanos();
    }
}
