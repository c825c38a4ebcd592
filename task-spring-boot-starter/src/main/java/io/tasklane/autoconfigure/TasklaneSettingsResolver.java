package io.tasklane.autoconfigure;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSpec;
import io.tasklane.TaskState;
import io.tasklane.actuate.health.FailureLimits;
import io.tasklane.autoconfigure.TasklaneProperties.Container;
import io.tasklane.autoconfigure.TasklaneProperties.Worker;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.worker.QueueOrder;
import io.tasklane.worker.RecoverySettings;
import io.tasklane.worker.RetentionSettings;
import io.tasklane.worker.WorkerContainerSettings;
import io.tasklane.worker.WorkerNodeSettings;
import io.tasklane.worker.WorkerQueueSettings;
import io.tasklane.worker.WorkerSettings;
import io.tasklane.worker.WorkerThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Turns properties into settings: checks all of them, then fills in the defaults. The only reader of the properties. */
final class TasklaneSettingsResolver {

    private static final String UNNAMED_APPLICATION = "application";

    private final Environment environment;

    private final int javaVersion;

    TasklaneSettingsResolver(Environment environment, int javaVersion) {
        this.environment = environment;
        this.javaVersion = javaVersion;
    }

    /**
     * Resolves the settings.
     *
     * @throws InvalidTasklanePropertiesException if any property cannot work; names all that cannot
     */
    TasklaneSettings resolve(TasklaneProperties properties) {
        PropertyProblems problems = new PropertyProblems();
        new TasklanePropertiesChecker(problems, this.javaVersion).check(properties);
        QueuePropertiesMapper mapper = new QueuePropertiesMapper(problems);
        TaskDefaults defaults = mapper.defaults(properties.getDefaults());
        List<QueueEntry> queues = new ArrayList<>();
        properties.getQueues().forEach((name, queue) -> {
            QueueSpec spec = mapper.spec(name, queue);
            if (spec != null) {
                queues.add(QueueEntry.of(spec));
            }
        });
        RoutingSettings routing = new RoutingPropertiesMapper(problems).map(properties);
        problems.throwIfAny();
        String application = applicationName();
        return new TasklaneSettings(
                application,
                new TasklaneSettings.Tasks(
                        defaults,
                        Math.toIntExact(properties.getPayload().getMaxSize().toBytes()),
                        properties.getWorker().getUnreadableTimeout()),
                routing,
                queues,
                properties.isCreateMissingQueues(),
                new TasklaneSettings.Store(
                        properties.getTablePrefix(),
                        properties.getSchema().getMode(),
                        properties.getSchema().getWaitForDatabase(),
                        properties.getWorker().getConnections()),
                worker(application, properties, defaults.concurrency()),
                failures(properties.getHealth()));
    }

    private static FailureLimits failures(TasklaneProperties.Health health) {
        Map<String, Integer> byQueue = new LinkedHashMap<>();
        health.getQueues().forEach((name, queue) -> {
            if (queue.getMaxFailed() != null) {
                byQueue.put(name, queue.getMaxFailed());
            }
        });
        return new FailureLimits(health.getMaxFailed(), byQueue, health.getStatus());
    }

    private String applicationName() {
        String name = this.environment.getProperty("spring.application.name");
        return StringUtils.hasText(name) ? name : UNNAMED_APPLICATION;
    }

    private WorkerSettings worker(String application, TasklaneProperties properties, ConcurrencyRange concurrency) {
        Worker worker = properties.getWorker();
        RecoverySettings recovery = new RecoverySettings(
                RecoverySettings.DEFAULT.heartbeatInterval(),
                properties.getRecovery().getAfter(),
                RecoverySettings.DEFAULT.interval(),
                properties.getRecovery().getMaxRecoveries());
        WorkerNodeSettings node = new WorkerNodeSettings(
                application,
                worker.isAutoStartup(),
                worker.getLookAhead(),
                DrainTimeout.fit(worker.getDrainTimeout(), this.environment),
                worker.getQueueRefreshInterval(),
                recovery,
                retention(properties.getRetention()),
                worker.getTags());
        TasklaneProperties.Defaults defaults = properties.getDefaults();
        WorkerQueueSettings queueDefaults = new WorkerQueueSettings(defaults.getPollInterval(), defaults.getExecutor());
        List<WorkerContainerSettings> containers = new ArrayList<>();
        worker.getContainers()
                .forEach((name, container) -> containers.add(container(name, container, defaults, concurrency)));
        return new WorkerSettings(
                node,
                worker.getQueues().contains(QueueNames.ALL) ? List.of(QueueNames.ALL) : worker.getQueues(),
                containers,
                queueDefaults,
                queues(properties, queueDefaults));
    }

    private static RetentionSettings retention(TasklaneProperties.Retention retention) {
        Map<TaskState, Duration> ages = new EnumMap<>(TaskState.class);
        putAge(ages, TaskState.SUCCEEDED, retention.getSucceeded());
        putAge(ages, TaskState.CANCELLED, retention.getCancelled());
        putAge(ages, TaskState.EXPIRED, retention.getExpired());
        putAge(ages, TaskState.FAILED, retention.getFailed());
        Duration audit = retention.getAudit().isZero() ? null : retention.getAudit();
        return new RetentionSettings(ages, audit, retention.getInterval(), retention.getBatchSize());
    }

    private static void putAge(Map<TaskState, Duration> ages, TaskState state, Duration age) {
        if (!age.isZero()) {
            ages.put(state, age);
        }
    }

    private static Map<String, WorkerQueueSettings> queues(
            TasklaneProperties properties, WorkerQueueSettings defaults) {
        Map<String, WorkerQueueSettings> settings = new LinkedHashMap<>();
        properties.getQueues().forEach((name, queue) -> {
            Duration pollInterval = or(queue.getPollInterval(), defaults.pollInterval());
            WorkerThreads threads = or(queue.getExecutor(), defaults.threads());
            settings.put(name, new WorkerQueueSettings(pollInterval, threads));
        });
        return settings;
    }

    private static WorkerContainerSettings container(
            String name, Container container, TasklaneProperties.Defaults defaults, ConcurrencyRange concurrency) {
        WorkerThreads threads = or(container.getExecutor(), defaults.getExecutor());
        return new WorkerContainerSettings(
                name,
                container.getQueues(),
                Set.copyOf(container.getExcludeQueues()),
                or(container.getOrder(), QueueOrder.STRICT),
                container.getWeights(),
                Concurrency.read(container.getConcurrency(), threads.isInline() ? ConcurrencyRange.of(1) : concurrency),
                threads);
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value != null ? value : otherwise;
    }
}
