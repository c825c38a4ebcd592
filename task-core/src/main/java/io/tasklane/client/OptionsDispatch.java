package io.tasklane.client;

import io.tasklane.TaskCall;
import io.tasklane.TaskDispatch;
import io.tasklane.TaskHandle;
import io.tasklane.TaskRequest;
import io.tasklane.TaskSupplier;
import java.util.Collection;
import java.util.List;

/** Enqueues with the same options each time. Immutable. */
final class OptionsDispatch implements TaskDispatch {

    private final TaskEnqueuer enqueuer;

    private final TaskPreparation preparation;

    private final CallOptions options;

    OptionsDispatch(TaskEnqueuer enqueuer, TaskPreparation preparation, CallOptions options) {
        this.enqueuer = enqueuer;
        this.preparation = preparation;
        this.options = options;
    }

    @Override
    public TaskHandle<Void> enqueue(TaskCall call) {
        return one(call);
    }

    @Override
    public <T> TaskHandle<T> enqueue(TaskSupplier<T> call) {
        return one(call::get);
    }

    @Override
    public TaskHandle<?> enqueue(TaskRequest request) {
        return this.enqueuer.enqueue(this.options, merged -> this.preparation.prepare(request, merged));
    }

    @Override
    public List<TaskHandle<?>> enqueueAll(Collection<TaskRequest> requests) {
        return this.enqueuer.collect(
                this.options,
                false,
                () -> requests.forEach(request ->
                        this.enqueuer.enqueue(CallOptions.NONE, merged -> this.preparation.prepare(request, merged))));
    }

    @Override
    public List<TaskHandle<?>> batch(TaskCall calls) {
        return this.enqueuer.collect(this.options, false, calls);
    }

    @SuppressWarnings("unchecked") // the method that was called declares the type of the result
    private <T> TaskHandle<T> one(TaskCall call) {
        return (TaskHandle<T>) this.enqueuer.collect(this.options, true, call).get(0);
    }
}
