package io.tasklane.observation;

import io.micrometer.common.KeyValues;
import io.tasklane.observation.TaskExecutionObservationDocumentation.HighCardinality;
import io.tasklane.observation.TaskExecutionObservationDocumentation.LowCardinality;

/** Tags task, queue and outcome; the id and the attempt go to traces only. */
public class DefaultTaskExecutionObservationConvention implements TaskExecutionObservationConvention {

    @Override
    public String getName() {
        return "tasklane.task.execution";
    }

    @Override
    public String getContextualName(TaskExecutionObservationContext context) {
        return context.task().task() + " process";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(TaskExecutionObservationContext context) {
        TaskExecutionOutcome outcome = context.outcome();
        return KeyValues.of(
                LowCardinality.TASK.withValue(context.task().task()),
                LowCardinality.QUEUE.withValue(context.task().queue()),
                LowCardinality.OUTCOME.withValue(outcome == null ? "none" : outcome.tag()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(TaskExecutionObservationContext context) {
        return KeyValues.of(
                HighCardinality.ID.withValue(context.task().id().toString()),
                HighCardinality.ATTEMPT.withValue(
                        Integer.toString(context.task().attempt())));
    }
}
