package io.tasklane.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** An observation that cannot harm what it observes: what its handlers throw is logged. Used by one thread. */
final class GuardedObservation {

    private static final Log logger = LogFactory.getLog(GuardedObservation.class);

    private final String what;

    private final ObservationRegistry registry;

    private final Observation.@Nullable Scope outer;

    private Observation observation = Observation.NOOP;

    private Observation.Scope scope = Observation.Scope.NOOP;

    private GuardedObservation(String what, ObservationRegistry registry) {
        this.what = what;
        this.registry = registry;
        this.outer = registry.getCurrentObservationScope();
    }

    /**
     * Starts an observation and makes it the current one of this thread.
     *
     * @param what what is observed, for messages
     * @param registry where it is reported
     * @param start starts it
     */
    static GuardedObservation open(String what, ObservationRegistry registry, Supplier<Observation> start) {
        GuardedObservation guarded = new GuardedObservation(what, registry);
        guarded.guard("start", () -> guarded.observation = start.get());
        guarded.guardScope("enter", () -> guarded.scope = guarded.observation.openScope());
        return guarded;
    }

    /** Tells what went wrong with what is observed. */
    void error(Throwable failure) {
        guard("report an error to", () -> this.observation.error(failure));
    }

    /** Ends it. */
    void close() {
        guardScope("leave", this.scope::close);
        guard("stop", this.observation::stop);
    }

    private void guard(String action, Runnable reporting) {
        try {
            reporting.run();
        } catch (RuntimeException ex) {
            report(action, ex);
        }
    }

    // A scope whose handler fails stays the current one; the thread would carry it into everything it does from then
    // on.
    private void guardScope(String action, Runnable reporting) {
        try {
            reporting.run();
        } catch (RuntimeException ex) {
            this.registry.setCurrentObservationScope(this.outer);
            report(action, ex);
        }
    }

    private void report(String action, RuntimeException failure) {
        logger.warn(
                "Failed to %s the observation of %s; the task is not affected".formatted(action, this.what), failure);
    }
}
