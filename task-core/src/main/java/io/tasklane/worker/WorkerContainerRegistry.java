package io.tasklane.worker;

import io.tasklane.observation.TaskWorkListener;
import io.tasklane.queue.QueueChangeListener;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskChangeListener;
import io.tasklane.store.TaskCommitListener;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops all worker containers of an application: last at start, first at stop. Neither start waits for the
 * database, nor does a task that ignores its interrupt hold up a stop. Can be started again after a stop.
 */
public final class WorkerContainerRegistry
        implements SmartLifecycle,
                TaskCommitListener,
                TaskChangeListener,
                QueueChangeListener,
                WorkerContainers,
                BeanClassLoaderAware {

    private static final Log logger = LogFactory.getLog(WorkerContainerRegistry.class);

    private final WorkerSettings settings;

    private final WorkerStores stores;

    private final TaskRunner runner;

    private final TaskWorkListener listener;

    private final FailingQueues failing;

    private final Ticker ticker;

    private volatile @Nullable ClassLoader classLoader;

    private volatile @Nullable WorkerNode node;

    private @Nullable CompletableFuture<Void> stopping;

    /**
     * Creates the registry; {@link #start} starts the containers.
     *
     * @param settings what to consume
     * @param stores the store and its queues
     * @param runner runs the tasks
     * @param listener told of waits and lost leases
     * @param failing pauses queues whose tasks fail
     */
    public WorkerContainerRegistry(
            WorkerSettings settings,
            WorkerStores stores,
            TaskRunner runner,
            TaskWorkListener listener,
            FailingQueues failing) {
        this(settings, stores, runner, listener, failing, Ticker.SYSTEM);
    }

    WorkerContainerRegistry(
            WorkerSettings settings,
            WorkerStores stores,
            TaskRunner runner,
            TaskWorkListener listener,
            FailingQueues failing,
            Ticker ticker) {
        this.settings = settings;
        this.stores = stores;
        this.runner = runner;
        this.listener = listener;
        this.failing = failing;
        this.ticker = ticker;
        this.classLoader = WorkerContainerRegistry.class.getClassLoader();
    }

    @Override
    public void setBeanClassLoader(ClassLoader loader) {
        this.classLoader = loader;
    }

    @Override
    public boolean isAutoStartup() {
        return this.settings.node().autoStartup();
    }

    @Override
    public synchronized void start() {
        if (this.node != null) {
            return;
        }
        WorkerNode started = new WorkerNode(
                this.settings,
                this.stores,
                this.runner,
                this.listener,
                this.failing,
                Engine.create(this.ticker, this.classLoader));
        started.start();
        this.node = started;
    }

    /** Stops all containers and waits until they have. */
    @Override
    public void stop() {
        stopAll().join();
    }

    /** Stops all containers at once, on a thread of its own. */
    @Override
    public void stop(Runnable callback) {
        stopAll().whenComplete((done, failure) -> callback.run());
    }

    @Override
    public boolean isRunning() {
        return this.node != null;
    }

    private synchronized CompletableFuture<Void> stopAll() {
        WorkerNode running = this.node;
        if (running == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (this.stopping == null) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            this.stopping = done;
            Thread thread = new Thread(() -> stop(running, done), "tasklane-stop");
            thread.setDaemon(true);
            thread.start();
        }
        return this.stopping;
    }

    private void stop(WorkerNode running, CompletableFuture<Void> done) {
        try {
            running.stop();
        } catch (RuntimeException ex) {
            logger.error("Stopping the worker containers failed", ex);
        } finally {
            synchronized (this) {
                this.node = null;
                this.stopping = null;
            }
            done.complete(null);
        }
    }

    @Override
    public void committed(List<NewTask> tasks) {
        WorkerNode running = this.node;
        if (running != null) {
            running.committed(tasks);
        }
    }

    @Override
    public void requeued(String queue) {
        WorkerNode running = this.node;
        if (running != null) {
            running.requeued(queue);
        }
    }

    @Override
    public void cancelled(long worker) {
        WorkerNode running = this.node;
        if (running != null) {
            running.cancelled(worker);
        }
    }

    @Override
    public void rateLimitChanged(String task) {
        WorkerNode running = this.node;
        if (running != null) {
            running.queuesChanged();
        }
    }

    @Override
    public void changed(String queue) {
        WorkerNode running = this.node;
        if (running != null) {
            running.queueChanged(queue);
        }
    }

    @Override
    public List<WorkerContainerInfo> containers() {
        WorkerNode running = this.node;
        return running == null ? List.of() : running.infos();
    }

    @Override
    public OptionalLong workerId() {
        WorkerNode running = this.node;
        return running == null ? OptionalLong.empty() : running.presence().id();
    }

    @Override
    public void stop(String container) {
        node().changeContainer(container, true);
    }

    @Override
    public void start(String container) {
        node().changeContainer(container, false);
    }

    @Override
    public void stopConsuming(String queue) {
        node().changeQueue(queue, true);
    }

    @Override
    public void startConsuming(String queue) {
        node().changeQueue(queue, false);
    }

    private WorkerNode node() {
        WorkerNode running = this.node;
        if (running == null) {
            throw new IllegalStateException("This node runs no containers now: it is stopped, or has not started");
        }
        return running;
    }

    @Override
    public WorkerHealth health() {
        WorkerNode running = this.node;
        return new WorkerHealth(
                errors(running),
                running == null ? Map.of() : running.health().failures(),
                this.runner.unrunnable().unknown(),
                this.runner.unrunnable().unreadable(),
                running == null ? List.of() : running.stuckTasks(),
                running == null ? NotificationHealth.OFF : running.notifications());
    }

    private Map<String, String> errors(@Nullable WorkerNode running) {
        Map<String, String> errors = new TreeMap<>();
        if (this.stores.notifier() != null) {
            errors.putAll(this.stores.notifier().health().errors());
        }
        if (running != null) {
            errors.putAll(running.health().errors());
        }
        return errors;
    }
}
