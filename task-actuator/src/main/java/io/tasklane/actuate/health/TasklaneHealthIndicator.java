package io.tasklane.actuate.health;

import io.tasklane.TaskQueue;
import io.tasklane.actuate.health.FailureLimits.Severity;
import io.tasklane.store.QueueStore;
import io.tasklane.store.StoreFinding;
import io.tasklane.store.StoredWorker;
import io.tasklane.store.WorkerMembership;
import io.tasklane.worker.NotificationHealth;
import io.tasklane.worker.WorkerContainers;
import io.tasklane.worker.WorkerHealth;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Whether tasks can run: down while the database does not answer or a thread of the engine has failed; and whether too many have
 * failed. Tasks that this node cannot run and queues that nobody consumes are told as details, because another node may do that,
 * and so are tasks that go on after their timeout, because the others go on too; so is what slows the store
 * down, because tasks run all the same, and whether notifications arrive, because without them polling finds the tasks.
 */
public class TasklaneHealthIndicator extends AbstractHealthIndicator {

    private final QueueStore queues;

    private final WorkerMembership membership;

    private final @Nullable WorkerContainers node;

    private final StoreFindings findings;

    private final FailureWatch failures;

    /**
     * Creates the indicator.
     *
     * @param queues the queues there are
     * @param membership the workers there are
     * @param node what this node consumes, null if it only produces
     * @param findings what slows the store down
     * @param failures which queues have too many failed tasks
     */
    public TasklaneHealthIndicator(
            QueueStore queues,
            WorkerMembership membership,
            @Nullable WorkerContainers node,
            StoreFindings findings,
            FailureWatch failures) {
        super("Tasks cannot run: the health check failed");
        this.queues = queues;
        this.membership = membership;
        this.node = node;
        this.findings = findings;
        this.failures = failures;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("worker", WorkerNode.of(this.node));
        tellOfFailures(builder);
        if (this.node != null) {
            tell(this.node.health(), builder);
        }
        try {
            Set<String> unconsumed = unconsumedQueues();
            builder.withDetail("database", "reachable");
            if (!unconsumed.isEmpty()) {
                builder.withDetail("unconsumedQueues", unconsumed);
            }
        } catch (RuntimeException ex) {
            boolean away = ex instanceof DataAccessResourceFailureException;
            builder.withDetail("database", away ? "not reachable" : "answers with an error")
                    .down(ex);
            return;
        }
        List<StoreFinding> found = this.findings.get();
        if (!found.isEmpty()) {
            builder.withDetail("findings", found);
        }
    }

    private void tellOfFailures(Health.Builder builder) {
        List<TaskFailuresExceededEvent> exceeded = this.failures.exceeded();
        if (!exceeded.isEmpty()) {
            builder.status(this.failures.severity() == Severity.DOWN ? Status.DOWN : Status.OUT_OF_SERVICE);
            builder.withDetail("tooManyFailed", exceeded);
        }
    }

    private static void tell(WorkerHealth health, Health.Builder builder) {
        if (!health.isUp()) {
            builder.down();
        }
        builder.withDetail("notifications", text(health.notifications()));
        if (!health.engineErrors().isEmpty()) {
            builder.withDetail("engineErrors", new TreeMap<>(health.engineErrors()));
        }
        if (!health.storeFailures().isEmpty()) {
            builder.withDetail("storeFailures", new TreeMap<>(health.storeFailures()));
        }
        if (!health.unknownTasks().isEmpty()) {
            builder.withDetail("unknownTasks", new TreeSet<>(health.unknownTasks()));
        }
        if (!health.unreadableTasks().isEmpty()) {
            builder.withDetail("unreadableTasks", new TreeSet<>(health.unreadableTasks()));
        }
        if (!health.stuckTasks().isEmpty()) {
            builder.withDetail("stuckTasks", health.stuckTasks());
        }
    }

    private static String text(NotificationHealth notifications) {
        return switch (notifications.state()) {
            case OFF -> "off";
            case UNAVAILABLE -> "not available with this database, its driver or its connection pool";
            case STARTING -> "starting";
            case ALIVE -> "alive";
            case NOT_ALIVE -> "not alive: " + notifications.problem();
        };
    }

    private Set<String> unconsumedQueues() {
        List<StoredWorker> workers = this.membership.workers();
        Set<String> unconsumed =
                this.queues.queues().stream().map(TaskQueue::name).collect(Collectors.toCollection(TreeSet::new));
        workers.stream()
                .filter(StoredWorker::alive)
                .forEach(worker -> unconsumed.removeAll(worker.description().queues()));
        return unconsumed;
    }
}
