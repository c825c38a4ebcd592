package io.tasklane.worker;

import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskParameter;
import io.tasklane.serializer.TaskPayloads;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskProgress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of claimed tasks. What is large did not come with the claim, and is read here. Thread-safe. */
public final class TaskArguments {

    private final TaskPayloads payloads;

    private final TaskProgress progress;

    /**
     * Creates it.
     *
     * @param payloads reads arguments from text
     * @param progress where large ones are
     */
    public TaskArguments(TaskPayloads payloads, TaskProgress progress) {
        this.payloads = payloads;
        this.progress = progress;
    }

    /**
     * Returns the arguments of a task. While the database is away it waits.
     *
     * @return null if the task is not to be run here any more
     */
    @Nullable
    Object @Nullable [] of(TaskDefinition definition, RunningTask task) {
        LeasedTask leased = task.leased();
        String payload = leased.payload() != null ? leased.payload() : large(task);
        if (payload == null) {
            return null;
        }
        List<TaskParameter> parameters = definition.parameters();
        @Nullable Object[] arguments = this.payloads.arguments(definition, leased.task(), leased.version(), payload);
        for (int i = 0; i < arguments.length; i++) {
            if (parameters.get(i).injected()) {
                arguments[i] = task;
            }
        }
        return arguments;
    }

    private @Nullable String large(RunningTask task) {
        DatabaseWait wait = new DatabaseWait(task, "to read the arguments of %s".formatted(task));
        while (!task.isCancellationRequested()) {
            try {
                return this.progress.payload(task.leased().lease());
            } catch (RuntimeException ex) {
                if (!this.progress.isUnreachable(ex)) {
                    throw ex;
                }
                wait.pause(ex);
            }
        }
        return null;
    }
}
