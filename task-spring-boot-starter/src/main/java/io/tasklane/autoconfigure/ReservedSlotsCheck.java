package io.tasklane.autoconfigure;

import io.tasklane.autoconfigure.TasklaneProperties.Container;
import io.tasklane.autoconfigure.TasklaneProperties.Queue;
import java.util.List;
import java.util.Objects;

/** Checks that containers have the slots that are to be kept for single queues, and one for the queues without. */
final class ReservedSlotsCheck {

    private ReservedSlotsCheck() {}

    static void check(PropertyProblems problems, TasklaneProperties properties) {
        properties
                .getWorker()
                .getContainers()
                .forEach((name, container) -> check(problems, properties, name, container));
    }

    private static void check(
            PropertyProblems problems, TasklaneProperties properties, String name, Container container) {
        List<Integer> kept = container.getQueues().stream()
                .map(properties.getQueues()::get)
                .filter(Objects::nonNull)
                .map(Queue::getReservedSlots)
                .filter(slots -> slots != null && slots > 0)
                .toList();
        int needed = kept.stream().mapToInt(Integer::intValue).sum()
                + (kept.size() < container.getQueues().size() ? 1 : 0);
        int concurrency = Objects.requireNonNullElse(
                container.getConcurrency(), properties.getDefaults().getConcurrency());
        problems.require(
                kept.isEmpty() || container.getQueues().size() < 2 || needed <= concurrency,
                "tasklane.worker.containers." + name + ".concurrency",
                concurrency,
                "the reserved-slots of its queues, and one for those without, need %d; raise it, or lower them"
                        .formatted(needed));
    }
}
