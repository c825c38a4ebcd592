package io.tasklane.queue;

import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueSpec;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueues;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operates queues in the store. This node knows of its own changes at once, the others at their next refresh. */
public final class DefaultTaskQueues implements TaskQueues {

    private final QueueStore store;

    private final QueueRegistry registry;

    /**
     * Creates the operations.
     *
     * @param store where the queues are kept
     * @param registry the queues as this node knows them, refreshed after each change
     */
    public DefaultTaskQueues(QueueStore store, QueueRegistry registry) {
        this.store = store;
        this.registry = registry;
    }

    @Override
    public TaskQueue declare(QueueSpec spec) {
        TaskQueue declared = this.store.declare(spec);
        this.registry.refresh();
        return declared;
    }

    @Override
    public TaskQueue get(String name) {
        return this.store.queue(name).orElseThrow(() -> unknown(name));
    }

    @Override
    public List<TaskQueue> list() {
        return this.store.queues();
    }

    @Override
    public Map<String, Long> depths() {
        Map<String, Long> depths = new LinkedHashMap<>();
        for (QueueStatistics statistics : this.store.statistics()) {
            depths.put(statistics.queue(), statistics.count(TaskState.QUEUED));
        }
        return depths;
    }

    @Override
    public void pause(String name) {
        setPaused(name, true);
    }

    @Override
    public void resume(String name) {
        setPaused(name, false);
    }

    private void setPaused(String name, boolean paused) {
        if (!this.store.setPaused(name, paused)) {
            throw unknown(name);
        }
        this.registry.refresh();
    }

    private NoSuchQueueException unknown(String name) {
        return new NoSuchQueueException(
                name, this.store.queues().stream().map(TaskQueue::name).toList());
    }
}
