package io.tasklane.worker;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSetting;
import io.tasklane.TaskQueue;
import io.tasklane.WorkerTags;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.store.StoppedWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which containers a node runs for the queues that exist now, and that it is to consume. */
final class ContainerPlan {

    private static final ConcurrencyRange ONE = ConcurrencyRange.of(1);

    private final WorkerSettings settings;

    private final QueueRegistry queues;

    private final NodeTags tags;

    private final NodeStops stops;

    private final ReservedSlots reserved = new ReservedSlots();

    ContainerPlan(WorkerSettings settings, QueueRegistry queues, NodeTags tags, NodeStops stops) {
        this.settings = settings;
        this.queues = queues;
        this.tags = tags;
        this.stops = stops;
    }

    /** The containers that are to run: {@link #containers} without what is stopped. */
    List<ContainerSpec> running() {
        StoppedWork stopped = this.stops.now();
        if (stopped.equals(StoppedWork.NONE)) {
            return containers();
        }
        return containers().stream()
                .filter(spec -> !stopped.containers().contains(spec.name()))
                .map(spec -> spec.without(stopped.queues()))
                .filter(spec -> !spec.queues().isEmpty())
                .toList();
    }

    /** The containers: configured ones with their queues of these, and one for each queue that none of them takes. */
    List<ContainerSpec> containers() {
        Set<String> left = new TreeSet<>();
        for (TaskQueue queue : this.queues.queues()) {
            if (this.settings.consumes(queue.name()) && isMeant(queue)) {
                left.add(queue.name());
            }
        }
        List<ContainerSpec> specs = new ArrayList<>();
        for (WorkerContainerSettings container : this.settings.containers()) {
            if (!container.isForAll()) {
                List<String> named = new ArrayList<>(container.queues());
                named.retainAll(left);
                specs.add(configured(container, named));
            }
        }
        specs.forEach(spec -> left.removeAll(spec.queues()));
        for (WorkerContainerSettings container : this.settings.containers()) {
            if (container.isForAll()) {
                List<String> rest = new ArrayList<>(left);
                rest.removeAll(container.excludedQueues());
                specs.add(configured(container, rest));
                left.removeAll(rest);
            }
        }
        Set<String> names = new HashSet<>();
        specs.forEach(spec -> names.add(spec.name()));
        left.forEach(queue -> specs.add(own(queue, names)));
        return specs;
    }

    private boolean isMeant(TaskQueue queue) {
        WorkerTags wanted = queue.settings().get(QueueSetting.TAGS);
        return wanted == null || this.tags.match(wanted);
    }

    private ContainerSpec configured(WorkerContainerSettings container, List<String> names) {
        return new ContainerSpec(
                container.name(),
                names,
                container.order(),
                container.weights(),
                container.threads(),
                container::concurrency,
                queue -> this.queues
                        .find(queue)
                        .map(found -> found.settings().get(QueueSetting.CONCURRENCY))
                        .orElse(Integer.MAX_VALUE),
                this.queues::isLimited,
                this.reserved.of(container.name(), container.concurrency().min(), names, this::reservedSlots),
                lookAhead(container.threads()));
    }

    private int reservedSlots(String queue) {
        Integer slots = this.queues.settings(queue).get(QueueSetting.RESERVED_SLOTS);
        return slots != null ? slots : 0;
    }

    private ContainerSpec own(String queue, Set<String> taken) {
        String name = queue;
        while (!taken.add(name)) {
            name = name + "-queue";
        }
        WorkerThreads threads = this.settings.queue(queue).threads();
        return new ContainerSpec(
                name,
                List.of(queue),
                QueueOrder.STRICT,
                Map.of(),
                threads,
                () -> threads.isInline() ? ONE : this.queues.concurrency(queue),
                other -> Integer.MAX_VALUE,
                this.queues::isLimited,
                Map.of(),
                lookAhead(threads));
    }

    // What waits behind a task on the container's own thread cannot be put back in time.
    private Duration lookAhead(WorkerThreads threads) {
        return threads.isInline() ? Duration.ZERO : this.settings.node().lookAhead();
    }

    /** The threads of a container that starts. */
    TaskThreads threads(ContainerSpec spec) {
        return TaskThreads.of(spec.name(), spec.threads(), this.settings.executors());
    }
}
