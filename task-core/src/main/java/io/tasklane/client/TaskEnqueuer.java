package io.tasklane.client;

import io.tasklane.TaskCall;
import io.tasklane.TaskException;
import io.tasklane.TaskHandle;
import io.tasklane.observation.TaskEnqueueObservations;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings prepared tasks to the store: at once, or at the end of the collecting scope in which they were called. */
final class TaskEnqueuer {

    private final TaskWriter writer;

    private final TaskInsertion insertion;

    private final TaskEnqueueObservations observations;

    private final CollectingScopes scopes;

    private final TaskHandles handles;

    TaskEnqueuer(
            TaskWriter writer,
            TaskInsertion insertion,
            TaskEnqueueObservations observations,
            CollectingScopes scopes,
            TaskHandles handles) {
        this.writer = writer;
        this.insertion = insertion;
        this.observations = observations;
        this.scopes = scopes;
        this.handles = handles;
    }

    /** Enqueues one task. */
    TaskHandle<?> enqueue(CallOptions options, Function<CallOptions, TaskDraft> preparation) {
        CollectingScope scope = this.scopes.current();
        TaskDraft draft = preparation.apply(scope != null ? options.over(scope.options()) : options);
        return this.observations.observe(draft.task(), draft.queue(), context -> {
            NewTask task = draft.complete(context.headers());
            context.id(task.id());
            TransactionPosition position = TransactionPosition.current(this.writer);
            TaskHandle<?> handle = this.handles.enqueued(task.id(), position.transaction());
            if (scope != null && scope.collectsAt(position)) {
                scope.collect(task, handle);
                return handle;
            }
            this.insertion.insert(List.of(task));
            if (scope != null) {
                scope.count(handle);
            }
            return handle;
        });
    }

    /** Enqueues the tasks that the code calls. */
    List<TaskHandle<?>> collect(CallOptions options, boolean exactlyOne, TaskCall calls) {
        CollectingScope outer = this.scopes.current();
        CollectingScope scope = new CollectingScope(
                outer != null ? options.over(outer.options()) : options, TransactionPosition.current(this.writer));
        this.scopes.push(scope);
        try {
            calls.run();
        } catch (RuntimeException ex) {
            throw ex;
        } catch (Exception ex) {
            if (ex instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new TaskException(
                    "The code that calls the tasks failed, none of its collected tasks is enqueued", ex);
        } finally {
            this.scopes.pop();
        }
        if (exactlyOne && scope.handles().size() != 1) {
            throw new TaskException(
                    ("enqueue takes code that calls exactly one task method through its bean, but it called"
                                    + " %d; for several use batch, and note that a call on 'this' is not intercepted")
                            .formatted(scope.handles().size()));
        }
        write(scope, outer);
        return List.copyOf(scope.handles());
    }

    private void write(CollectingScope scope, @Nullable CollectingScope outer) {
        TransactionPosition position = TransactionPosition.current(this.writer);
        List<NewTask> tasks = new ArrayList<>(scope.collected());
        if (!tasks.isEmpty() && !position.isSameTransaction(scope.opened())) {
            throw new TaskException(
                    ("The transaction in which %d tasks were called began or ended inside the lambda without"
                                    + " the lambda's end; none of them is enqueued. Begin and end it either inside or outside")
                            .formatted(tasks.size()));
        }
        if (outer != null && outer.collectsAt(position)) {
            outer.join(scope);
            return;
        }
        this.insertion.insert(tasks);
        if (outer != null) {
            outer.countAll(scope);
        }
    }
}
