package io.tasklane.actuate.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tasklane.QueueSpec;
import io.tasklane.TaskState;
import io.tasklane.actuate.CachedQueueStatistics;
import io.tasklane.store.NewTask;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.TaskCommitListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * The gauges of the queues, all fed by one cached reading. A queue that is declared later gets its gauges as soon as a
 * reading shows it or this node enqueues to it. A queue nothing is known of, because the database does not answer, shows NaN.
 */
public final class TaskQueueMetrics
        implements MeterBinder, TaskCommitListener, ApplicationListener<ContextRefreshedEvent> {

    private final CachedQueueStatistics statistics;

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    private final Set<String> queues = ConcurrentHashMap.newKeySet();

    private volatile Map<String, QueueStatistics> seen = Map.of();

    /**
     * Creates the gauges.
     *
     * @param statistics what is in the queues
     */
    public TaskQueueMetrics(CachedQueueStatistics statistics) {
        this.statistics = statistics;
        this.queues.add(QueueSpec.DEFAULT);
    }

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        this.registries.add(registry);
        this.queues.forEach(queue -> register(queue, registry));
    }

    /** Shows the queues there are once the application has started, so that already the first scrape has them. */
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        this.statistics.expire();
        current();
    }

    @Override
    public void committed(List<NewTask> tasks) {
        for (NewTask task : tasks) {
            if (!this.queues.contains(task.queue())) {
                add(task.queue());
                this.statistics.expire();
            }
        }
    }

    private Map<String, QueueStatistics> current() {
        Map<String, QueueStatistics> read = this.statistics.get();
        if (read != this.seen) {
            this.seen = read;
            read.keySet().forEach(this::add);
        }
        return read;
    }

    private void add(String queue) {
        if (!this.queues.contains(queue)) {
            addNew(queue);
        }
    }

    private synchronized void addNew(String queue) {
        if (this.queues.add(queue)) {
            this.registries.forEach(registry -> register(queue, registry));
        }
    }

    private void register(String queue, MeterRegistry registry) {
        gauge(queue, "tasklane.queue.depth", read -> read.count(TaskState.QUEUED))
                .description("Tasks that a worker could claim now")
                .register(registry);
        gauge(queue, "tasklane.queue.oldest.age", TaskQueueMetrics::oldestAge)
                .description("How long the oldest task that could be claimed has been waiting")
                .baseUnit("seconds")
                .register(registry);
        gauge(queue, "tasklane.queue.consumers", QueueStatistics::consumers)
                .description("Live workers that consume the queue")
                .register(registry);
        for (TaskState state : TaskState.values()) {
            gauge(queue, "tasklane.queue.tasks", read -> read.count(state))
                    .tag("state", state.name())
                    .description("Tasks by state")
                    .register(registry);
        }
    }

    private Gauge.Builder<TaskQueueMetrics> gauge(String queue, String name, ToDoubleFunction<QueueStatistics> value) {
        return Gauge.builder(name, this, metrics -> metrics.value(queue, value)).tags(Tags.of("queue", queue));
    }

    private double value(String queue, ToDoubleFunction<QueueStatistics> value) {
        QueueStatistics read = current().get(queue);
        return read != null ? value.applyAsDouble(read) : Double.NaN;
    }

    private static double oldestAge(QueueStatistics read) {
        return read.oldestAge() != null ? read.oldestAge().toNanos() / 1e9 : 0;
    }
}
