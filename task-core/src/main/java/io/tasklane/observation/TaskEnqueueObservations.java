package io.tasklane.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Observes enqueues. A handler that fails is logged and never fails the caller. */
public final class TaskEnqueueObservations {

    private static final Log logger = LogFactory.getLog(TaskEnqueueObservations.class);

    private static final DefaultTaskEnqueueConvention DEFAULT_CONVENTION = new DefaultTaskEnqueueConvention();

    private final ObservationRegistry registry;

    private final @Nullable TaskEnqueueConvention convention;

    /**
     * Creates the observations.
     *
     * @param registry where they are reported; {@link ObservationRegistry#NOOP} for nowhere
     * @param convention names and tags, null for the default ones
     */
    public TaskEnqueueObservations(ObservationRegistry registry, @Nullable TaskEnqueueConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    /**
     * Runs the enqueue of one task inside an observation.
     *
     * @param task name of the task
     * @param queue name of its queue
     * @param body enqueues; gets the headers to store in its context
     * @param <T> type of its result
     * @return what the body returns
     */
    public <T> T observe(String task, String queue, Function<TaskEnqueueContext, T> body) {
        TaskEnqueueContext context = new TaskEnqueueContext(task, queue);
        if (this.registry.isNoop()) {
            return body.apply(context);
        }
        Observation observation = start(context);
        Observation.Scope scope = openScope(observation);
        try {
            return body.apply(context);
        } catch (Throwable ex) {
            guarded("report an error to", () -> observation.error(ex));
            throw ex;
        } finally {
            guarded("leave", scope::close);
            guarded("stop", observation::stop);
        }
    }

    private Observation start(TaskEnqueueContext context) {
        try {
            return TaskEnqueueDocumentation.ENQUEUE.start(
                    this.convention, DEFAULT_CONVENTION, () -> context, this.registry);
        } catch (RuntimeException ex) {
            report("start", ex);
            return Observation.NOOP;
        }
    }

    private static Observation.Scope openScope(Observation observation) {
        try {
            return observation.openScope();
        } catch (RuntimeException ex) {
            report("enter", ex);
            return Observation.Scope.NOOP;
        }
    }

    private static void guarded(String what, Runnable reporting) {
        try {
            reporting.run();
        } catch (RuntimeException ex) {
            report(what, ex);
        }
    }

    private static void report(String what, RuntimeException failure) {
        logger.warn("Failed to " + what + " the observation of an enqueue; the task is not affected", failure);
    }
}
