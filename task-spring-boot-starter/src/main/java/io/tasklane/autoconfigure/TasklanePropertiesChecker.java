package io.tasklane.autoconfigure;

import io.tasklane.autoconfigure.TasklaneProperties.Queue;
import io.tasklane.autoconfigure.TasklaneProperties.Worker;
import io.tasklane.store.schema.TablePrefix;
import io.tasklane.worker.RecoverySettings;
import io.tasklane.worker.RetentionSettings;
import io.tasklane.worker.WorkerNodeSettings;
import io.tasklane.worker.WorkerThreads;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Checks what Boot's binding cannot: ranges, and what does not fit together. */
final class TasklanePropertiesChecker {

    /** No queue is asked more often than this. */
    static final Duration LEAST_POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration LEAST_REFRESH_INTERVAL = Duration.ofSeconds(1);

    /** Three heartbeats: below that a worker that is a little late would be taken for dead. */
    static final Duration LEAST_RECOVERY =
            RecoverySettings.DEFAULT.heartbeatInterval().multipliedBy(3);

    /** A number without a unit counts milliseconds: whoever writes 30 has not meant that. */
    private static final Duration LEAST_RETENTION = Duration.ofSeconds(1);

    private static final DataSize MAX_PAYLOAD = DataSize.ofMegabytes(1024);

    private static final int MAX_CONNECTIONS = 100;

    private static final int MAX_TAG = 200;

    private final PropertyProblems problems;

    private final int javaVersion;

    TasklanePropertiesChecker(PropertyProblems problems, int javaVersion) {
        this.problems = problems;
        this.javaVersion = javaVersion;
    }

    void check(TasklaneProperties properties) {
        checkTablePrefix(properties.getTablePrefix());
        long maxPayload = properties.getPayload().getMaxSize().toBytes();
        this.problems.require(
                maxPayload > 0 && maxPayload <= MAX_PAYLOAD.toBytes(),
                "tasklane.payload.max-size",
                properties.getPayload().getMaxSize(),
                "use more than zero and at most " + MAX_PAYLOAD.toMegabytes() + "MB");
        checkNode(
                "tasklane.defaults",
                properties.getDefaults().getPollInterval(),
                properties.getDefaults().getExecutor());
        Concurrency.check(
                this.problems,
                "tasklane.defaults.concurrency",
                properties.getDefaults().getConcurrency());
        QueueNames.checkCase(
                this.problems, "tasklane.queues", properties.getQueues().keySet());
        properties.getQueues().forEach((name, queue) -> {
            checkQueue(name, queue);
            Threads.checkInline(
                    this.problems,
                    "tasklane.queues." + name,
                    queue.getExecutor() != null
                            ? queue.getExecutor()
                            : properties.getDefaults().getExecutor(),
                    queue.getConcurrency());
        });
        checkWorker(properties.getWorker());
        new ContainerPropertiesChecker(this.problems, this.javaVersion)
                .check(
                        properties.getWorker().getContainers(),
                        properties.getDefaults().getExecutor());
        ReservedSlotsCheck.check(this.problems, properties);
        checkRecovery(properties.getRecovery());
        checkRetention(properties.getRetention());
        this.problems.require(
                !properties.getSchema().getWaitForDatabase().isNegative(),
                "tasklane.schema.wait-for-database",
                properties.getSchema().getWaitForDatabase(),
                "use 0s or more");
        checkHealth(properties.getHealth());
    }

    private void checkTablePrefix(String prefix) {
        try {
            TablePrefix.requireValid(prefix);
        } catch (IllegalArgumentException ex) {
            this.problems.add("tasklane.table-prefix", "'" + prefix + "'", String.valueOf(ex.getMessage()));
        }
    }

    private void checkQueue(String name, Queue queue) {
        checkNode("tasklane.queues." + name, queue.getPollInterval(), queue.getExecutor());
        Concurrency.check(this.problems, "tasklane.queues." + name + ".concurrency", queue.getConcurrency());
    }

    private void checkNode(String prefix, @Nullable Duration pollInterval, @Nullable WorkerThreads executor) {
        if (pollInterval != null) {
            this.problems.require(
                    pollInterval.compareTo(LEAST_POLL_INTERVAL) >= 0,
                    prefix + ".poll-interval",
                    pollInterval,
                    "use 1s or more; signals wake workers long before");
        }
        Threads.check(this.problems, prefix + ".executor", executor, this.javaVersion);
    }

    private void checkWorker(Worker worker) {
        for (String queue : worker.getQueues()) {
            if (!queue.equals(QueueNames.ALL)) {
                QueueNames.check(this.problems, "tasklane.worker.queues", queue);
            }
        }
        this.problems.require(
                !worker.getQueues().isEmpty(),
                "tasklane.worker.queues",
                null,
                "names no queue; give '*' for all, or set tasklane.worker.enabled=false for an application that only"
                        + " produces");
        for (String tag : worker.getTags()) {
            this.problems.require(
                    !tag.isBlank() && !tag.contains(",") && tag.length() <= MAX_TAG,
                    "tasklane.worker.tags",
                    "'" + tag + "'",
                    "use 1 to %d characters without a comma, such as has=gpu".formatted(MAX_TAG));
        }
        this.problems.require(
                worker.getQueueRefreshInterval().compareTo(LEAST_REFRESH_INTERVAL) >= 0,
                "tasklane.worker.queue-refresh-interval",
                worker.getQueueRefreshInterval(),
                "use 1s or more, with a unit");
        this.problems.require(
                !worker.getLookAhead().isNegative()
                        && worker.getLookAhead().compareTo(WorkerNodeSettings.MAX_LOOK_AHEAD) <= 0,
                "tasklane.worker.look-ahead",
                worker.getLookAhead(),
                "use 0 to 50ms");
        this.problems.require(
                !worker.getDrainTimeout().isNegative(),
                "tasklane.worker.drain-timeout",
                worker.getDrainTimeout(),
                "use 0s or more");
        this.problems.require(
                worker.getConnections() >= 1 && worker.getConnections() <= MAX_CONNECTIONS,
                "tasklane.worker.connections",
                worker.getConnections(),
                "use 1 to " + MAX_CONNECTIONS);
        this.problems.require(
                !worker.getUnreadableTimeout().isNegative(),
                "tasklane.worker.unreadable-timeout",
                worker.getUnreadableTimeout(),
                "use 0s or more");
    }

    private void checkRecovery(TasklaneProperties.Recovery recovery) {
        this.problems.require(
                recovery.getAfter().compareTo(LEAST_RECOVERY) >= 0,
                "tasklane.recovery.after",
                recovery.getAfter(),
                "use 9s or more, three heartbeats, so that a worker is not taken for dead when one beat is late");
        this.problems.require(
                recovery.getMaxRecoveries() >= 0,
                "tasklane.recovery.max-recoveries",
                recovery.getMaxRecoveries(),
                "use 0 or more");
    }

    private void checkRetention(TasklaneProperties.Retention retention) {
        checkAge("succeeded", retention.getSucceeded());
        checkAge("cancelled", retention.getCancelled());
        checkAge("expired", retention.getExpired());
        checkAge("failed", retention.getFailed());
        checkAge("audit", retention.getAudit());
        this.problems.require(
                retention.getInterval().compareTo(LEAST_RETENTION) >= 0,
                "tasklane.retention.interval",
                retention.getInterval(),
                "use 1s or more");
        this.problems.require(
                retention.getBatchSize() >= 1 && retention.getBatchSize() <= RetentionSettings.MAX_BATCH_SIZE,
                "tasklane.retention.batch-size",
                retention.getBatchSize(),
                "use 1 to " + RetentionSettings.MAX_BATCH_SIZE);
    }

    private void checkHealth(TasklaneProperties.Health health) {
        checkMaxFailed("tasklane.health.max-failed", health.getMaxFailed());
        health.getQueues().forEach((name, queue) -> {
            QueueNames.check(this.problems, "tasklane.health.queues", name);
            checkMaxFailed("tasklane.health.queues." + name + ".max-failed", queue.getMaxFailed());
        });
    }

    private void checkMaxFailed(String property, @Nullable Integer value) {
        this.problems.require(value == null || value >= -1, property, value, "use 0 or more, or -1 for no limit");
    }

    private void checkAge(String state, Duration age) {
        this.problems.require(
                age.isZero() || age.compareTo(LEAST_RETENTION) >= 0,
                "tasklane.retention." + state,
                age,
                "use 1s or more, with a unit as in 30d, or 0 for ever");
    }
}
