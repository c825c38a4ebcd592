package io.tasklane.autoconfigure;

import io.tasklane.autoconfigure.TasklaneProperties.Container;
import io.tasklane.worker.QueueOrder;
import io.tasklane.worker.WorkerContainerSettings;
import io.tasklane.worker.WorkerThreads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks the containers against each other: no queue may be consumed by two containers of one node. */
final class ContainerPropertiesChecker {

    private final PropertyProblems problems;

    private final int javaVersion;

    private final Map<String, String> containerByQueue = new HashMap<>();

    ContainerPropertiesChecker(PropertyProblems problems, int javaVersion) {
        this.problems = problems;
        this.javaVersion = javaVersion;
    }

    void check(Map<String, Container> containers, WorkerThreads defaultThreads) {
        containers.forEach((name, container) -> {
            String prefix = "tasklane.worker.containers." + name;
            check(prefix, name, container);
            Threads.checkInline(
                    this.problems,
                    prefix,
                    container.getExecutor() != null ? container.getExecutor() : defaultThreads,
                    container.getConcurrency());
        });
    }

    private void check(String prefix, String name, Container container) {
        List<String> queues = container.getQueues();
        boolean all = queues.contains(QueueNames.ALL);
        this.problems.require(
                !queues.isEmpty(), prefix + ".queues", null, "a container needs queues; list them, or give '*'");
        this.problems.require(
                !all || queues.size() == 1,
                prefix + ".queues",
                queues,
                "'*' stands alone; name queues, or leave some out with exclude-queues");
        this.problems.require(
                all || container.getExcludeQueues().isEmpty(),
                prefix + ".exclude-queues",
                container.getExcludeQueues(),
                "only '*' has queues to leave out; remove it");
        this.problems.require(
                !all || container.getOrder() != QueueOrder.STRICT,
                prefix + ".order",
                "strict",
                "'*' has no order of queues; list the queues, or use 'round-robin' or 'weighted'");
        checkWeights(prefix, container);
        QueueNames.check(this.problems, "tasklane.worker.containers", name);
        checkOwnership(prefix, name, queues);
        container
                .getExcludeQueues()
                .forEach(queue -> QueueNames.check(this.problems, prefix + ".exclude-queues", queue));
        checkThreads(prefix, container);
    }

    private void checkOwnership(String prefix, String name, List<String> queues) {
        for (String queue : queues) {
            if (!queue.equals(QueueNames.ALL)) {
                QueueNames.check(this.problems, prefix + ".queues", queue);
            }
            String other = this.containerByQueue.putIfAbsent(queue, name);
            if (other != null) {
                this.problems.add(
                        prefix + ".queues",
                        "'" + queue + "'",
                        other.equals(name)
                                ? "listed twice; keep one"
                                : "also in container '%s'; a queue belongs to one container, take it out of the other"
                                        .formatted(other));
            }
        }
    }

    private void checkWeights(String prefix, Container container) {
        boolean weighted = container.getOrder() == QueueOrder.WEIGHTED;
        this.problems.require(
                !weighted || !container.getWeights().isEmpty(),
                prefix + ".weights",
                null,
                "the order 'weighted' needs them, as in {high: 5, low: 1}");
        this.problems.require(
                weighted || container.getWeights().isEmpty(),
                prefix + ".weights",
                container.getWeights(),
                "only the order 'weighted' has weights; set it, or remove them");
        container.getWeights().forEach((queue, weight) -> {
            String property = prefix + ".weights." + queue;
            this.problems.require(
                    weight >= 1 && weight <= WorkerContainerSettings.MAX_WEIGHT,
                    property,
                    weight,
                    "use 1 to " + WorkerContainerSettings.MAX_WEIGHT);
            this.problems.require(
                    container.getQueues().contains(QueueNames.ALL)
                            || container.getQueues().contains(queue),
                    property,
                    null,
                    "'%s' is none of the queues of this container: %s".formatted(queue, container.getQueues()));
        });
    }

    private void checkThreads(String prefix, Container container) {
        Concurrency.check(this.problems, prefix + ".concurrency", container.getConcurrency());
        Threads.check(this.problems, prefix + ".executor", container.getExecutor(), this.javaVersion);
    }
}
