package io.tasklane.autoconfigure;

import io.tasklane.ConcurrencyRange;
import io.tasklane.autoconfigure.TasklaneProperties.Container;
import io.tasklane.autoconfigure.TasklaneProperties.Queue;
import io.tasklane.queue.TaskDefaults;
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
        ConcurrencyRange concurrency = Concurrency.read(
                container.getConcurrency(),
                Concurrency.read(properties.getDefaults().getConcurrency(), TaskDefaults.DEFAULT.concurrency()));
        problems.require(
                kept.isEmpty() || container.getQueues().size() < 2 || needed <= concurrency.min(),
                "tasklane.worker.containers." + name + ".concurrency",
                concurrency,
                "the reserved-slots of its queues, and one for those without, need %d; raise %s, or lower them"
                        .formatted(needed, concurrency.isFixed() ? "it" : "its least number"));
    }
}
