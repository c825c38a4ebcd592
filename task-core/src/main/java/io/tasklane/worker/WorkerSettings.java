package io.tasklane.worker;

import io.tasklane.QueueSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one node consumes, and how. Resolved once from the configuration; what lives in the database (concurrency of
 * queues, pauses) is not here.
 *
 * @param node settings of the node as a whole
 * @param queues names of the queues that this node consumes, or {@code *}; containers only group them
 * @param containers configured containers; a queue that none of them takes gets a container of its own
 * @param defaults what applies to a queue without settings of its own
 * @param queueSettings settings by name of the queue
 * @param executors the executors of the application that these settings name
 */
public record WorkerSettings(
        WorkerNodeSettings node,
        List<String> queues,
        List<WorkerContainerSettings> containers,
        WorkerQueueSettings defaults,
        Map<String, WorkerQueueSettings> queueSettings,
        TaskExecutors executors) {

    /** Every queue in a container of its own, with the defaults. */
    public static final WorkerSettings DEFAULT = new WorkerSettings(
            WorkerNodeSettings.DEFAULT,
            List.of(WorkerContainerSettings.ALL),
            List.of(),
            WorkerQueueSettings.DEFAULT,
            Map.of());

    public WorkerSettings {
        queues = List.copyOf(queues);
        containers = List.copyOf(containers);
        queueSettings = Map.copyOf(queueSettings);
        QueueNames.requireSelection("tasklane.worker.queues", queues);
        requireDistinct(containers);
        requireSupported(containers, defaults, queueSettings);
    }

    /** Without executors of the application. */
    public WorkerSettings(
            WorkerNodeSettings node,
            List<String> queues,
            List<WorkerContainerSettings> containers,
            WorkerQueueSettings defaults,
            Map<String, WorkerQueueSettings> queueSettings) {
        this(node, queues, containers, defaults, queueSettings, TaskExecutors.NONE);
    }

    /** Settings of a queue on this node. */
    public WorkerQueueSettings queue(String name) {
        return this.queueSettings.getOrDefault(name, this.defaults);
    }

    /** Whether this node consumes a queue. */
    public boolean consumes(String queue) {
        return this.queues.contains(WorkerContainerSettings.ALL) || this.queues.contains(queue);
    }

    private static void requireDistinct(List<WorkerContainerSettings> containers) {
        Map<String, String> taken = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (WorkerContainerSettings container : containers) {
            if (names.put(container.name(), "") != null) {
                throw new IllegalArgumentException("Two worker containers are called '" + container.name() + "'");
            }
            for (String queue : container.queues()) {
                String other = taken.put(queue, container.name());
                if (other != null) {
                    throw new IllegalArgumentException("Queue '%s' is named by the worker containers '%s' and '%s'"
                            .formatted(queue, other, container.name()));
                }
            }
        }
    }

    private static void requireSupported(
            List<WorkerContainerSettings> containers,
            WorkerQueueSettings defaults,
            Map<String, WorkerQueueSettings> queueSettings) {
        containers.forEach(
                container -> container.threads().requireSupported("Worker container '" + container.name() + "'"));
        defaults.threads().requireSupported("tasklane.defaults.executor");
        queueSettings.forEach((queue, settings) -> {
            QueueSpec.requireValidName(queue);
            settings.threads().requireSupported("tasklane.queues." + queue + ".executor");
        });
    }

    /** Returns a copy that consumes only these queues. */
    public WorkerSettings withQueues(String... names) {
        return new WorkerSettings(
                this.node, List.of(names), this.containers, this.defaults, this.queueSettings, this.executors);
    }

    /** Returns a copy with these containers. */
    public WorkerSettings withContainers(WorkerContainerSettings... settings) {
        return new WorkerSettings(
                this.node, this.queues, List.of(settings), this.defaults, this.queueSettings, this.executors);
    }

    /** Returns a copy with these settings of the node. */
    public WorkerSettings withNode(WorkerNodeSettings settings) {
        return new WorkerSettings(
                settings, this.queues, this.containers, this.defaults, this.queueSettings, this.executors);
    }

    /** Returns a copy in which queues without settings of their own are asked for this often. */
    public WorkerSettings withPollInterval(Duration interval) {
        return new WorkerSettings(
                this.node,
                this.queues,
                this.containers,
                new WorkerQueueSettings(interval, this.defaults.threads()),
                this.queueSettings,
                this.executors);
    }

    /** Returns a copy in which queues without settings of their own run on these threads. */
    public WorkerSettings withThreads(WorkerThreads threads) {
        return new WorkerSettings(
                this.node,
                this.queues,
                this.containers,
                new WorkerQueueSettings(this.defaults.pollInterval(), threads),
                this.queueSettings,
                this.executors);
    }

    /** Returns a copy with these executors of the application. */
    public WorkerSettings withExecutors(TaskExecutors found) {
        return new WorkerSettings(this.node, this.queues, this.containers, this.defaults, this.queueSettings, found);
    }
}
