package io.tasklane.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Name and tags of the enqueue of a task. A bean of this type replaces {@link DefaultTaskEnqueueConvention}. */
public interface TaskEnqueueConvention extends ObservationConvention<TaskEnqueueContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof TaskEnqueueContext;
    }
}
