package io.tasklane.actuate.endpoint;

import io.tasklane.worker.WorkerContainerInfo;
import io.tasklane.worker.WorkerContainerSettings;
import io.tasklane.worker.WorkerContainers;
import io.tasklane.worker.WorkerSettings;
import io.tasklane.worker.WorkerThreads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** This node as its configuration and its containers show it: what no other node can tell. */
public final class WorkerNodeView {

    private final WorkerContainers node;

    private final WorkerSettings settings;

    /**
     * Creates a view of this node.
     *
     * @param node what this node consumes now
     * @param settings how it is configured
     */
    public WorkerNodeView(WorkerContainers node, WorkerSettings settings) {
        this.node = node;
        this.settings = settings;
    }

    boolean is(long worker) {
        return this.node.workerId().orElse(-1) == worker;
    }

    List<WorkerContainerDescriptor> containers() {
        return this.node.containers().stream().map(this::descriptor).toList();
    }

    String pollInterval(String queue) {
        return ConfiguredDuration.format(this.settings.queue(queue).pollInterval());
    }

    String executor(String queue) {
        return this.settings.queue(queue).threads().toString();
    }

    private WorkerContainerDescriptor descriptor(WorkerContainerInfo info) {
        Map<String, String> pollIntervals = new LinkedHashMap<>();
        info.queues().forEach(queue -> pollIntervals.put(queue, pollInterval(queue)));
        return new WorkerContainerDescriptor(
                info.name(),
                info.queues(),
                text(info.order()),
                info.concurrency(),
                info.minConcurrency(),
                info.slots(),
                info.running(),
                info.stuck(),
                info.state(),
                pollIntervals,
                threads(info.name()).toString());
    }

    private WorkerThreads threads(String container) {
        return this.settings.containers().stream()
                .filter(configured -> configured.name().equals(container))
                .map(WorkerContainerSettings::threads)
                .findFirst()
                .orElseGet(() -> this.settings.queue(container).threads());
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
