package io.tasklane.actuate.endpoint;

import io.tasklane.TaskQueue;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Shows the queues of the whole application: state, settings as this node applies them, tasks by state, consumers. */
@Endpoint(id = "taskqueues")
public class TaskQueuesEndpoint {

    private final QueueStore store;

    private final QueueRegistry registry;

    private final @Nullable WorkerNodeView node;

    /**
     * Creates the endpoint.
     *
     * @param store where queues and tasks are kept
     * @param registry the queues with this node's defaults behind them
     * @param node this node, null if it only produces
     */
    public TaskQueuesEndpoint(QueueStore store, QueueRegistry registry, @Nullable WorkerNodeView node) {
        this.store = store;
        this.registry = registry;
        this.node = node;
    }

    /** Shows all queues by name. */
    @ReadOperation
    public TaskQueuesDescriptor queues() {
        Map<String, TaskQueueDescriptor> queues = new LinkedHashMap<>();
        Map<String, TaskQueue> declared = declaredQueues();
        for (QueueStatistics statistics : this.store.statistics()) {
            TaskQueue queue = declared.get(statistics.queue());
            if (queue != null) {
                queues.put(queue.name(), descriptor(queue, statistics));
            }
        }
        return new TaskQueuesDescriptor(queues);
    }

    /**
     * Shows one queue.
     *
     * @param name its name
     * @return null, which is answered as not found, if there is no such queue
     */
    @ReadOperation
    public @Nullable TaskQueueDescriptor queue(@Selector String name) {
        return queues().queues().get(name);
    }

    private TaskQueueDescriptor descriptor(TaskQueue queue, QueueStatistics statistics) {
        return TaskQueueDescriptor.of(
                queue, QueueSettingsDescriptor.of(queue.name(), this.registry, this.node), statistics);
    }

    private Map<String, TaskQueue> declaredQueues() {
        this.registry.refresh();
        return this.registry.queues().stream().collect(Collectors.toMap(TaskQueue::name, queue -> queue));
    }

    /**
     * The queues.
     *
     * @param queues each queue by its name, ordered by name
     */
    public record TaskQueuesDescriptor(Map<String, TaskQueueDescriptor> queues) {}
}
