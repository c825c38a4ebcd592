package io.tasklane.actuate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tasklane.observation.TaskWorkListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Measures how long tasks wait for a worker, and counts the tasks that a worker lost while it ran them. */
public final class TaskWorkMetrics implements TaskWorkListener, MeterBinder {

    private final Supplier<MeterRegistry> registry;

    private final Map<String, Timer> waits = new ConcurrentHashMap<>();

    /**
     * Creates the meters.
     *
     * @param registry where they are kept; asked for at the first task, so that a worker does not pull it into existence
     */
    public TaskWorkMetrics(Supplier<MeterRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public void started(String queue, String task, Duration wait) {
        this.waits.computeIfAbsent(queue, this::timer).record(wait);
    }

    @Override
    public void leaseLost(String queue, String task) {
        leaseLostCounter(this.registry.get()).increment();
    }

    /** Shows the counter at zero before anything is lost. */
    @Override
    public void bindTo(MeterRegistry registry) {
        leaseLostCounter(registry);
    }

    private Timer timer(String queue) {
        return Timer.builder("tasklane.task.wait")
                .description("How long a task could have been claimed before it started")
                .tag("queue", queue)
                .register(this.registry.get());
    }

    private static Counter leaseLostCounter(MeterRegistry registry) {
        return Counter.builder("tasklane.task.lease.lost")
                .description("Tasks that a worker no longer owned when it wanted to complete them")
                .register(registry);
    }
}
