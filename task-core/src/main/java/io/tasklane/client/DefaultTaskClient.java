package io.tasklane.client;

import io.tasklane.TaskCall;
import io.tasklane.TaskClient;
import io.tasklane.TaskDispatch;
import io.tasklane.TaskHandle;
import io.tasklane.TaskId;
import io.tasklane.TaskOptions;
import io.tasklane.TaskRequest;
import io.tasklane.TaskSupplier;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskSubmitter;
import io.tasklane.observation.TaskEnqueueObservations;
import io.tasklane.store.TaskWriter;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Enqueues tasks into a store: those that the code names, and those that calls of task methods hand over. Thread-safe. */
public final class DefaultTaskClient implements TaskClient, TaskSubmitter {

    private final TaskPreparation preparation;

    private final TaskEnqueuer enqueuer;

    private final TaskHandles handles;

    private final TaskDispatch plain;

    /**
     * Creates a client.
     *
     * @param writer tells the current transaction
     * @param preparation decides everything about a task
     * @param insertion inserts it
     * @param results reads what became of it
     * @param observations observes each enqueue
     */
    public DefaultTaskClient(
            TaskWriter writer,
            TaskPreparation preparation,
            TaskInsertion insertion,
            TaskResults results,
            TaskEnqueueObservations observations) {
        CollectingScopes scopes = new CollectingScopes();
        this.preparation = preparation;
        this.handles = new TaskHandles(writer, results, scopes, PollingWait.monotonic());
        this.enqueuer = new TaskEnqueuer(writer, insertion, observations, scopes, this.handles);
        this.plain = new OptionsDispatch(this.enqueuer, preparation, CallOptions.NONE);
    }

    @Override
    public TaskDispatch with(Consumer<TaskOptions> options) {
        return new OptionsDispatch(this.enqueuer, this.preparation, CallOptionsBuilder.build(options));
    }

    @Override
    public <T> TaskHandle<T> handle(TaskId id) {
        return this.handles.known(id);
    }

    @Override
    public TaskHandle<?> submit(TaskDefinition definition, @Nullable Object[] arguments) {
        return this.enqueuer.enqueue(
                CallOptions.NONE, options -> this.preparation.prepare(definition, arguments, options));
    }

    @Override
    public TaskHandle<Void> enqueue(TaskCall call) {
        return this.plain.enqueue(call);
    }

    @Override
    public <T> TaskHandle<T> enqueue(TaskSupplier<T> call) {
        return this.plain.enqueue(call);
    }

    @Override
    public TaskHandle<?> enqueue(TaskRequest request) {
        return this.plain.enqueue(request);
    }

    @Override
    public List<TaskHandle<?>> enqueueAll(Collection<TaskRequest> requests) {
        return this.plain.enqueueAll(requests);
    }

    @Override
    public List<TaskHandle<?>> batch(TaskCall calls) {
        return this.plain.batch(calls);
    }
}
