package io.tasklane.worker;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.tasklane.Completion;
import io.tasklane.ConcurrencyRange;
import io.tasklane.TaskContext;
import io.tasklane.TaskExecutionInterceptor;
import io.tasklane.TaskQueuePausedEvent;
import io.tasklane.TaskQueues;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandler;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.handler.TaskParameter;
import io.tasklane.handler.TaskTransaction;
import io.tasklane.observation.TaskExecutionObservationContext;
import io.tasklane.observation.TaskExecutionObservations;
import io.tasklane.observation.TaskExecutionOutcome;
import io.tasklane.observation.TaskWorkListener;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.queue.TestQueues;
import io.tasklane.retry.ExponentialRetrySchedule;
import io.tasklane.retry.RetryBackoff;
import io.tasklane.serializer.PayloadUpgrades;
import io.tasklane.serializer.TaskPayloads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;

/** A node over a store, with handlers of the test's choice. */
final class TestNode implements AutoCloseable {

    /** For tests in which a worker is found dead; a machine that pauses for half a second ends healthy ones, too. */
    static final RecoverySettings FAST_RECOVERY =
            new RecoverySettings(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(100), 3);

    private static final RecoverySettings FAST_HEARTBEATS =
            new RecoverySettings(Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofMillis(100), 3);

    /** Opens the transactions of tasks that complete in one. */
    @Nullable
    PlatformTransactionManager transactions;

    final TaskHandlerRegistry handlers = new TaskHandlerRegistry();

    /** Payloads in the order in which their bodies started. */
    final List<String> started = new CopyOnWriteArrayList<>();

    /** What the observations of ended runs were tagged with. */
    final List<TaskExecutionOutcome> outcomes = new CopyOnWriteArrayList<>();

    final AtomicInteger lost = new AtomicInteger();

    final List<Duration> waits = new CopyOnWriteArrayList<>();

    /** Queues that were paused for their failures. */
    final List<TaskQueuePausedEvent> paused = new CopyOnWriteArrayList<>();

    final WorkerContainerRegistry registry;

    final QueueRegistry queues;

    TestNode(TestStore store, WorkerSettings settings, TaskExecutionInterceptor... interceptors) {
        this(store, settings, 10, interceptors);
    }

    TestNode(TestStore store, WorkerSettings settings, int concurrency, TaskExecutionInterceptor... interceptors) {
        this(store, settings, concurrency, null, interceptors);
    }

    TestNode(TestStore store, WorkerSettings settings, TaskNotifier notifier) {
        this(store, settings, 10, notifier);
    }

    private TestNode(
            TestStore store,
            WorkerSettings settings,
            int concurrency,
            @Nullable TaskNotifier notifier,
            TaskExecutionInterceptor... interceptors) {
        RetryBackoff backoff = new RetryBackoff(Duration.ofMillis(20), 2, Duration.ofSeconds(1), 0);
        this.queues =
                new QueueRegistry(store::watched, new TaskDefaults(3, 0, backoff, ConcurrencyRange.of(concurrency)));
        TaskRunner runner = new TaskRunner(
                this.handlers,
                new TaskArguments(new TaskPayloads(new TextSerializer(), PayloadUpgrades.NONE), store.watched()),
                new TaskFailurePolicy(
                        this.queues,
                        new ExponentialRetrySchedule(),
                        Duration.ofHours(24),
                        settings.node().recovery().maxRecoveries()),
                new TaskExecutionObservations(observed(), null),
                new TaskBodies(new TextSerializer(), List.of(interceptors), store.watched(), () -> this.transactions));
        this.registry = new WorkerContainerRegistry(
                settings,
                new WorkerStores(
                        store.watched(), store.watched(), store.watched(), store.watched(), this.queues, notifier),
                runner,
                new TaskWorkListener() {
                    @Override
                    public void started(String queue, String task, Duration wait) {
                        waits.add(wait);
                    }

                    @Override
                    public void leaseLost(String queue, String task) {
                        lost.incrementAndGet();
                    }
                },
                new FailingQueues(this.queues, () -> operations(store), this.paused::add));
    }

    private TaskQueues operations(TestStore store) {
        return TestQueues.of(store.watched(), this.queues, this.registry);
    }

    private ObservationRegistry observed() {
        ObservationRegistry observed = ObservationRegistry.create();
        observed.observationConfig().observationHandler(new ObservationHandler<TaskExecutionObservationContext>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof TaskExecutionObservationContext;
            }

            @Override
            public void onStop(TaskExecutionObservationContext context) {
                outcomes.add(context.outcome());
            }
        });
        return observed;
    }

    TestNode handle(String task, TaskHandler handler) {
        return handle(definition(task, RetryableFailures.ALL, null), handler);
    }

    TestNode handle(TaskDefinition definition, TaskHandler handler) {
        this.handlers.register(definition, invocation -> {
            this.started.add(String.valueOf(invocation.arguments()[0]));
            return handler.handle(invocation);
        });
        return this;
    }

    TestNode start() {
        this.registry.start();
        return this;
    }

    @Override
    public void close() {
        this.registry.stop();
    }

    static TaskDefinition definition(
            String task, RetryableFailures failures, java.lang.reflect.@Nullable Type resultType) {
        return definition(task, failures, resultType, null, Completion.AFTER_RUN, null);
    }

    static TaskDefinition definition(String task, Completion completion) {
        return definition(task, RetryableFailures.ALL, completion, null);
    }

    /** A task that may run for so long. */
    static TaskDefinition definition(
            String task, RetryableFailures failures, Completion completion, @Nullable Duration timeout) {
        return definition(
                task,
                failures,
                null,
                timeout,
                completion,
                completion == Completion.IN_TRANSACTION ? TaskTransaction.DEFAULT : null);
    }

    /** A task that completes in a transaction. */
    static TaskDefinition definition(
            String task, java.lang.reflect.@Nullable Type resultType, TaskTransaction transaction) {
        return definition(task, RetryableFailures.ALL, resultType, null, Completion.IN_TRANSACTION, transaction);
    }

    private static TaskDefinition definition(
            String task,
            RetryableFailures failures,
            java.lang.reflect.@Nullable Type resultType,
            @Nullable Duration timeout,
            Completion completion,
            @Nullable TaskTransaction transaction) {
        return new TaskDefinition(
                task,
                List.of(),
                1,
                "default",
                null,
                null,
                TaskBackoff.UNSET,
                failures,
                null,
                timeout,
                completion,
                transaction,
                List.of(
                        new TaskParameter("text", String.class, false),
                        new TaskParameter("context", TaskContext.class, true)),
                resultType,
                "test");
    }

    static WorkerSettings settings() {
        return settings(FAST_HEARTBEATS);
    }

    static WorkerSettings settings(RecoverySettings recovery) {
        return WorkerSettings.DEFAULT.withNode(new WorkerNodeSettings(
                "test",
                true,
                WorkerNodeSettings.MAX_LOOK_AHEAD,
                Duration.ofSeconds(5),
                Duration.ofMillis(200),
                recovery,
                RetentionSettings.DEFAULT,
                List.of()));
    }

    static WorkerContainerSettings container(String name, int concurrency, QueueOrder order, String... queues) {
        return new WorkerContainerSettings(
                name,
                List.of(queues),
                java.util.Set.of(),
                order,
                ConcurrencyRange.of(concurrency),
                WorkerThreads.PLATFORM);
    }
}
