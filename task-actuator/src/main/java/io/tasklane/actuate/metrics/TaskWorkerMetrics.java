package io.tasklane.actuate.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tasklane.worker.WorkerContainerInfo;
import io.tasklane.worker.WorkerContainers;

/** Shows how many slots of this node are taken by tasks that go on after their timeout. */
public final class TaskWorkerMetrics implements MeterBinder {

    private final WorkerContainers node;

    /**
     * Creates the meter.
     *
     * @param node this node
     */
    public TaskWorkerMetrics(WorkerContainers node) {
        this.node = node;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tasklane.worker.stuck", this.node, TaskWorkerMetrics::stuck)
                .description("Slots taken by tasks that ignore that their timeout has passed")
                .register(registry);
    }

    private static int stuck(WorkerContainers node) {
        return node.containers().stream().mapToInt(WorkerContainerInfo::stuck).sum();
    }
}
