package io.tasklane.worker;

import io.tasklane.ConcurrencyRange;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.handler.TaskHandler;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.observation.TaskExecutionObservations;
import io.tasklane.observation.TaskWorkListener;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.retry.ExponentialRetrySchedule;
import io.tasklane.serializer.PayloadUpgrades;
import io.tasklane.serializer.TaskPayloads;
import io.tasklane.store.WorkerDescription;
import io.tasklane.worker.WorkerContainer.TaskWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a container of the queue {@code default} without the rest of its node, for tests that break what it stands on. */
final class LoneContainer {

    private LoneContainer() {}

    /**
     * Creates it; not started.
     *
     * @param concurrency asked for when a claim is planned
     * @param body of the tasks named {@code task}
     * @param whenEnded run whenever a task has ended or was written, or null
     */
    static WorkerContainer create(
            TestStore store,
            Supplier<ConcurrencyRange> concurrency,
            TaskHandler body,
            TaskThreads threads,
            @Nullable Runnable whenEnded,
            Engine engine) {
        ContainerSpec spec = new ContainerSpec(
                "default",
                List.of("default"),
                QueueOrder.STRICT,
                Map.of(),
                WorkerThreads.PLATFORM,
                concurrency,
                queue -> Integer.MAX_VALUE,
                queue -> false,
                Map.of(),
                Duration.ZERO);
        // Whatever clock the engine has: on one that runs ahead the worker would be found dead.
        WorkerPresence presence = new WorkerPresence(Ticker.SYSTEM, RecoverySettings.DEFAULT);
        presence.joined(
                store.real().join(new WorkerDescription("test", "host", 1, List.of("default"), 10, 0)),
                System.nanoTime());
        TaskRunner runner = runner(store, body);
        WorkerAccess access = new WorkerAccess(
                store.watched(),
                store.watched(),
                presence,
                runner.unrunnable(),
                delay -> {},
                released -> {},
                new DoubtfulClaims(store.watched(), presence, Ticker.SYSTEM, () -> {}, () -> {}),
                new SuspectPermit(() -> {}));
        TaskTimer timer = new TaskTimer(Ticker.SYSTEM, () -> {}, (task, definition, startedAt, timedOut) -> {});
        TaskWork work = new TaskWork(runner, timer, TaskWorkListener.NONE, ended -> {}, whenEnded);
        return new WorkerContainer(spec, threads, work, access, engine);
    }

    private static TaskRunner runner(TestStore store, TaskHandler body) {
        TaskHandlerRegistry handlers = new TaskHandlerRegistry();
        handlers.register(TestNode.definition("task", RetryableFailures.ALL, null), body);
        return new TaskRunner(
                handlers,
                new TaskArguments(new TaskPayloads(new TextSerializer(), PayloadUpgrades.NONE), store.watched()),
                new TaskFailurePolicy(
                        new QueueRegistry(store::watched, TaskDefaults.DEFAULT),
                        new ExponentialRetrySchedule(),
                        Duration.ofHours(24),
                        3),
                TaskExecutionObservations.NONE,
                new TaskBodies(new TextSerializer(), List.of(), store.watched(), () -> null));
    }
}
