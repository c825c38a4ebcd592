package io.tasklane.autoconfigure;

import io.tasklane.QueueSpec;
import io.tasklane.TaskQueue;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.store.QueueStore;
import io.tasklane.worker.WorkerContainerSettings;
import io.tasklane.worker.WorkerSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Checks that queues exist that a task method or a property names; declares them where that is wanted. */
final class UsedQueues {

    private static final Log logger = LogFactory.getLog(UsedQueues.class);

    private final QueueStore store;

    private final QueueRegistry registry;

    private final boolean createMissing;

    UsedQueues(QueueStore store, QueueRegistry registry, boolean createMissing) {
        this.store = store;
        this.registry = registry;
        this.createMissing = createMissing;
    }

    /** Whether a queue exists, now if not before. */
    boolean exists(String queue) {
        if (this.registry.find(queue).isEmpty() && this.createMissing) {
            this.store.declare(QueueSpec.named(queue));
            this.registry.refresh();
            logger.info("Queue '%s' declared, because it is used and tasklane.create-missing-queues is set"
                    .formatted(queue));
        }
        return this.registry.find(queue).isPresent();
    }

    /** Says what is known instead of a queue, and what to do. */
    String remedy(String queue) {
        String known = String.join(
                ", ",
                this.registry.queues().stream().map(TaskQueue::name).sorted().toList());
        String near = this.registry.queues().stream()
                .map(TaskQueue::name)
                .filter(name -> EditDistance.between(name, queue) <= 2)
                .findFirst()
                .map("Did you mean '%s'? "::formatted)
                .orElse("");
        return near
                + ("Known queues: %s. Correct the name, or declare the queue with an entry tasklane.queues.%s"
                                + " (without settings: nothing behind the colon), or set tasklane.create-missing-queues=true")
                        .formatted(known, queue);
    }

    /**
     * Checks the queues that this node consumes.
     *
     * @throws InvalidTasklanePropertiesException if a property names one that does not exist
     */
    void checkConsumed(WorkerSettings worker) {
        PropertyProblems problems = new PropertyProblems();
        worker.queues().forEach(queue -> check(problems, "tasklane.worker.queues", queue));
        for (WorkerContainerSettings container : worker.containers()) {
            String property = "tasklane.worker.containers.%s.queues".formatted(container.name());
            container.queues().forEach(queue -> check(problems, property, queue));
            if (container.isForAll()) {
                String weights = "tasklane.worker.containers.%s.weights".formatted(container.name());
                container.weights().keySet().forEach(queue -> check(problems, weights, queue));
            }
        }
        problems.throwIfAny();
    }

    /**
     * Checks the queues to which tasks are sent.
     *
     * @throws InvalidTasklanePropertiesException if a property names one that does not exist
     */
    void checkRouted(RoutingSettings routing) {
        PropertyProblems problems = new PropertyProblems();
        routing.overrides().forEach((task, override) -> {
            if (override.queue() != null) {
                check(problems, RoutingSettings.overrideProperty(task) + ".queue", override.queue());
            }
        });
        for (int i = 0; i < routing.routes().size(); i++) {
            String queue = routing.routes().get(i).route().queue();
            if (queue != null) {
                check(problems, RoutingSettings.routeProperty(i) + ".queue", queue);
            }
        }
        problems.throwIfAny();
    }

    private void check(PropertyProblems problems, String property, String queue) {
        if (!queue.equals(QueueNames.ALL) && !exists(queue)) {
            problems.add(property, "'" + queue + "'", "there is no such queue. " + remedy(queue));
        }
    }
}
