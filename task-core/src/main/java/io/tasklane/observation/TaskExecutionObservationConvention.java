package io.tasklane.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names and tags of the execution of tasks. Register a bean to replace {@link DefaultTaskExecutionObservationConvention}. */
public interface TaskExecutionObservationConvention extends ObservationConvention<TaskExecutionObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof TaskExecutionObservationContext;
    }
}
