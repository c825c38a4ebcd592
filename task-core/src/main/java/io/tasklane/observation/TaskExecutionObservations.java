package io.tasklane.observation;

import io.micrometer.observation.ObservationRegistry;
import io.tasklane.TaskContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Observes executions of tasks. A handler that fails is logged and never fails the task. */
public final class TaskExecutionObservations {

    private static final TaskExecutionObservationConvention DEFAULT = new DefaultTaskExecutionObservationConvention();

    /** Observes nothing. */
    public static final TaskExecutionObservations NONE = new TaskExecutionObservations(ObservationRegistry.NOOP, null);

    private final ObservationRegistry registry;

    private final @Nullable TaskExecutionObservationConvention convention;

    /**
     * Creates the observations.
     *
     * @param registry who observes
     * @param convention names and tags, null for the default ones
     */
    public TaskExecutionObservations(
            ObservationRegistry registry, @Nullable TaskExecutionObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    /**
     * Observes one execution on this thread.
     *
     * @param task the running attempt
     * @param headers headers of the task
     * @param execution what to run
     * @param <T> what it produces
     * @return what it produces
     */
    public <T> T observe(TaskContext task, Map<String, String> headers, Execution<T> execution) {
        TaskExecutionObservationContext context = new TaskExecutionObservationContext(task, headers);
        GuardedObservation observation = GuardedObservation.open(
                "an execution",
                this.registry,
                () -> TaskExecutionObservationDocumentation.TASK_EXECUTION.start(
                        this.convention, DEFAULT, () -> context, this.registry));
        try {
            return execution.run((outcome, error) -> {
                context.setOutcome(outcome);
                if (error != null) {
                    observation.error(error);
                }
            });
        } finally {
            observation.close();
        }
    }

    /**
     * One execution, which reports how it ended.
     *
     * @param <T> what it produces
     */
    @FunctionalInterface
    public interface Execution<T> {

        /**
         * Runs it; does not throw what the body throws.
         *
         * @param report to be told of the outcome before this method returns
         * @return what it produced
         */
        T run(Report report);
    }

    /** Takes the outcome of an execution. */
    @FunctionalInterface
    public interface Report {

        /**
         * Tells the outcome.
         *
         * @param outcome how it ended
         * @param error what the body threw, null if it returned
         */
        void ended(TaskExecutionOutcome outcome, @Nullable Throwable error);
    }
}
