package io.tasklane.observation;

import io.micrometer.observation.ObservationRegistry;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Observes enqueues. A handler that fails is logged and never fails the caller. */
public final class TaskEnqueueObservations {

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
        GuardedObservation observation = GuardedObservation.open(
                "an enqueue",
                this.registry,
                () -> TaskEnqueueDocumentation.ENQUEUE.start(
                        this.convention, DEFAULT_CONVENTION, () -> context, this.registry));
        try {
            return body.apply(context);
        } catch (Throwable ex) {
            observation.error(ex);
            throw ex;
        } finally {
            observation.close();
        }
    }
}
