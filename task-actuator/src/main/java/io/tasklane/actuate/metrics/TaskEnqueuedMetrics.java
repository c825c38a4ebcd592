package io.tasklane.actuate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskCommitListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Counts tasks once the transaction that enqueued them has committed. */
public final class TaskEnqueuedMetrics implements TaskCommitListener {

    private final Supplier<MeterRegistry> registry;

    private final Map<TaskKey, Counter> counters = new ConcurrentHashMap<>();

    /**
     * Creates the counter.
     *
     * @param registry where it is kept; asked for at the first task, so that the store does not pull it into existence
     */
    public TaskEnqueuedMetrics(Supplier<MeterRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public void committed(List<NewTask> tasks) {
        for (NewTask task : tasks) {
            this.counters
                    .computeIfAbsent(new TaskKey(task.task(), task.queue()), this::counter)
                    .increment();
        }
    }

    private Counter counter(TaskKey key) {
        return Counter.builder("tasklane.task.enqueued")
                .description("Tasks enqueued, counted after the commit")
                .tag("task", key.task())
                .tag("queue", key.queue())
                .register(this.registry.get());
    }

    private record TaskKey(String task, String queue) {}
}
