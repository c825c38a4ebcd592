package io.tasklane.client;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.handler.RegisteredTask;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.serializer.TaskSerializer;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskReader;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what became of tasks, on the caller's connection. */
public final class TaskResults {

    private final TaskReader reader;

    private final TaskHandlerRegistry handlers;

    private final TaskSerializer serializer;

    /**
     * Creates the step.
     *
     * @param reader finds tasks
     * @param handlers tell the types of results
     * @param serializer reads results
     */
    public TaskResults(TaskReader reader, TaskHandlerRegistry handlers, TaskSerializer serializer) {
        this.reader = reader;
        this.handlers = handlers;
        this.serializer = serializer;
    }

    Optional<TaskState> state(TaskId id) {
        return this.reader.state(id);
    }

    Optional<StoredTask> find(TaskId id) {
        return this.reader.find(id);
    }

    /** The result by the return type that the task declares here, else as plain JSON types. */
    @Nullable
    Object result(StoredTask task) {
        String result = task.result();
        if (task.state() != TaskState.SUCCEEDED || result == null) {
            return null;
        }
        Type type = this.handlers
                .find(task.task())
                .map(RegisteredTask::definition)
                .map(TaskDefinition::resultType)
                .orElse(Object.class);
        return this.serializer.readResult(task.task(), type, result);
    }
}
