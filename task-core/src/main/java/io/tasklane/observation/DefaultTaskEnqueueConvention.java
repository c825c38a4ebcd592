package io.tasklane.observation;

import io.micrometer.common.KeyValues;
import io.tasklane.TaskId;
import io.tasklane.observation.TaskEnqueueDocumentation.HighCardinality;
import io.tasklane.observation.TaskEnqueueDocumentation.LowCardinality;

/** {@code tasklane.task.enqueue} with task and queue; the id only where cardinality does not matter. */
public class DefaultTaskEnqueueConvention implements TaskEnqueueConvention {

    @Override
    public String getName() {
        return "tasklane.task.enqueue";
    }

    @Override
    public String getContextualName(TaskEnqueueContext context) {
        return context.task() + " enqueue";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(TaskEnqueueContext context) {
        return KeyValues.of(
                LowCardinality.TASK.withValue(context.task()), LowCardinality.QUEUE.withValue(context.queue()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(TaskEnqueueContext context) {
        TaskId id = context.id();
        return id != null ? KeyValues.of(HighCardinality.ID.withValue(id.toString())) : KeyValues.empty();
    }
}
