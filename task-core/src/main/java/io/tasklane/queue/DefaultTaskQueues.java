package io.tasklane.queue;

import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueOperations;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueues;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStatistics;
import io.tasklane.store.QueueStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** Operates queues in the store. This node knows of its own changes at once. */
public final class DefaultTaskQueues implements TaskQueues {

    private static final Log logger = LogFactory.getLog(DefaultTaskQueues.class);

    /** What is later than this is never. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private static final Duration LONGEST_PAUSE = Duration.ofDays(365_000);

    private final QueueStore store;

    private final QueueTaskStores tasks;

    private final QueueRegistry registry;

    private final Supplier<List<QueueChangeListener>> listeners;

    /**
     * Creates the operations.
     *
     * @param store where the queues are kept
     * @param tasks operates their tasks
     * @param registry the queues as this node knows them, refreshed after each change
     * @param listeners told after each change; asked for once, at the first change, as the workers among them may need beans
     *     that operate queues
     */
    public DefaultTaskQueues(
            QueueStore store,
            QueueTaskStores tasks,
            QueueRegistry registry,
            Supplier<List<QueueChangeListener>> listeners) {
        this.store = store;
        this.tasks = tasks;
        this.registry = registry;
        this.listeners = SingletonSupplier.of(() -> List.copyOf(listeners.get()));
    }

    @Override
    public TaskQueue declare(QueueSpec spec) {
        spec.settings().requireConsistent();
        TaskQueue declared = this.store.declare(spec);
        boolean known = this.registry.find(spec.name()).filter(declared::equals).isPresent();
        return known ? declared : changed("declare", declared);
    }

    @Override
    public TaskQueue replace(QueueSpec spec) {
        spec.settings().requireConsistent();
        return changed("replace", this.store.replace(spec));
    }

    @Override
    public TaskQueue patch(String name, UnaryOperator<QueueSettings> change) {
        return changed("patch", name, this.store.patch(named(name), settings -> {
            @Nullable QueueSettings changed = change.apply(settings);
            if (changed == null) {
                throw new IllegalArgumentException(
                        "The change of queue '%s' returned null; it must return the settings, as s -> s.with(RETRIES, 3) does"
                                .formatted(name));
            }
            return changed.requireConsistent();
        }));
    }

    @Override
    public TaskQueue pause(String name) {
        return changed("pause", name, this.store.pause(named(name), null));
    }

    @Override
    public TaskQueue pause(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    "The duration of a pause of queue '%s' must be positive, not %s; resume(\"%s\") ends a pause"
                            .formatted(name, duration, name));
        }
        return changed(
                "pause", name, this.store.pause(named(name), duration.compareTo(LONGEST_PAUSE) > 0 ? null : duration));
    }

    @Override
    public TaskQueue pause(String name, Instant until) {
        if (!until.isBefore(NEVER)) {
            return pause(name);
        }
        return changed(
                "pause",
                name,
                this.store.pauseUntil(named(name), until.isBefore(Instant.EPOCH) ? Instant.EPOCH : until));
    }

    @Override
    public TaskQueue resume(String name) {
        return changed("resume", name, this.store.resume(named(name)));
    }

    @Override
    public void delete(String name) {
        deleteWith(name, null);
    }

    @Override
    public void delete(String name, RemainingTasks remaining) {
        deleteWith(name, remaining);
    }

    private void deleteWith(String name, @Nullable RemainingTasks remaining) {
        if (name.equals(QueueSpec.DEFAULT)) {
            throw new IllegalArgumentException(
                    "The queue 'default' cannot be deleted: tasks that name no queue go there; pause(\"default\") stops it");
        }
        if (!this.store.delete(named(name), remaining)) {
            throw unknown(name);
        }
        this.tasks.audit().queue("queue.delete", name, remaining != null ? "tasks: " + remaining : null, 0);
        changed(name);
    }

    @Override
    public TaskQueue get(String name) {
        return this.store.queue(named(name)).orElseThrow(() -> unknown(name));
    }

    @Override
    public List<TaskQueue> list() {
        return this.store.queues();
    }

    @Override
    public QueueOperations queue(String name) {
        return new DefaultQueueOperations(name, this, this.tasks);
    }

    @Override
    public Map<String, Long> depths() {
        Map<String, Long> depths = new LinkedHashMap<>();
        for (QueueStatistics statistics : this.store.statistics()) {
            depths.put(statistics.queue(), statistics.count(TaskState.QUEUED));
        }
        return depths;
    }

    private static String named(String name) {
        return QueueSpec.requireValidName(name);
    }

    private TaskQueue changed(String action, String name, Optional<TaskQueue> queue) {
        return changed(action, queue.orElseThrow(() -> unknown(name)));
    }

    private TaskQueue changed(String action, TaskQueue queue) {
        String until = queue.pausedUntil() != null ? ", paused until " + queue.pausedUntil() : "";
        this.tasks.audit().queue("queue." + action, queue.name(), queue.state() + " " + queue.settings() + until, 0);
        changed(queue.name());
        return queue;
    }

    private void changed(String queue) {
        follow(queue, "Reading the queues anew", this.registry::refresh);
        for (QueueChangeListener listener : this.listeners.get()) {
            follow(queue, listener.toString(), () -> listener.changed(queue));
        }
    }

    // The change is committed: a failure after it must not look like one of the change.
    private static void follow(String queue, String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException ex) {
            logger.warn(
                    "%s failed after a change of queue '%s', which is stored; nodes see it at their next refresh"
                            .formatted(what, queue),
                    ex);
        }
    }

    private NoSuchQueueException unknown(String name) {
        return new NoSuchQueueException(
                name, this.store.queues().stream().map(TaskQueue::name).toList());
    }
}
