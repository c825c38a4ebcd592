package io.tasklane.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.tasklane.TaskContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One execution of a task, as told to observation handlers; carries the headers that the caller's trace left. */
public class TaskExecutionObservationContext extends ReceiverContext<Map<String, String>> {

    private final TaskContext task;

    private volatile @Nullable TaskExecutionOutcome outcome;

    /**
     * Creates the context.
     *
     * @param task the running attempt
     * @param headers headers of the task
     */
    public TaskExecutionObservationContext(TaskContext task, Map<String, String> headers) {
        super(Map::get, Kind.CONSUMER);
        this.task = task;
        setCarrier(headers);
    }

    /** The running attempt. */
    public TaskContext task() {
        return this.task;
    }

    /** How it ended; null while it runs. */
    public @Nullable TaskExecutionOutcome outcome() {
        return this.outcome;
    }

    void setOutcome(TaskExecutionOutcome outcome) {
        this.outcome = outcome;
    }
}
