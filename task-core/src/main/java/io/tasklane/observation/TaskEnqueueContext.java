package io.tasklane.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.tasklane.TaskId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The enqueue of one task. The carrier is the headers that are stored with it, so that its run continues the trace. */
public final class TaskEnqueueContext extends SenderContext<Map<String, String>> {

    private final String task;

    private final String queue;

    private final Map<String, String> headers = new HashMap<>();

    private @Nullable TaskId id;

    /**
     * Creates the context.
     *
     * @param task name of the task
     * @param queue name of its queue
     */
    public TaskEnqueueContext(String task, String queue) {
        super((carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value), Kind.PRODUCER);
        this.task = task;
        this.queue = queue;
        setCarrier(this.headers);
    }

    /** Name of the task. */
    public String task() {
        return this.task;
    }

    /** Name of its queue. */
    public String queue() {
        return this.queue;
    }

    /** Headers to store with the task. */
    public Map<String, String> headers() {
        return this.headers;
    }

    /** Id of the task, null until it is known. */
    public @Nullable TaskId id() {
        return this.id;
    }

    /** Sets the id of the task. */
    public void id(TaskId taskId) {
        this.id = taskId;
    }
}
