package io.tasklane.store.memory;

import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueInUseException;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RateLimit;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.store.QueueStore.AppliedQueue;
import io.tasklane.store.QueueStore.AppliedQueue.Result;
import io.tasklane.store.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The queues, and which application applied which configuration to them. Not thread-safe. */
final class MemoryQueues {

    private final MemoryTasks tasks;

    private final TreeMap<String, Stored> queues = new TreeMap<>();

    private final Map<String, List<Applied>> applied = new HashMap<>();

    private final Map<String, TokenBucket> buckets = new HashMap<>();

    MemoryQueues(MemoryTasks tasks) {
        this.tasks = tasks;
        declare(QueueSpec.named(QueueSpec.DEFAULT));
    }

    List<TaskQueue> all() {
        return this.queues.values().stream()
                .filter(stored -> !stored.deleted())
                .map(stored -> stored.at(this.tasks.now()))
                .toList();
    }

    @Nullable
    TaskQueue get(String name) {
        Stored stored = this.queues.get(name);
        return stored == null || stored.deleted() ? null : stored.at(this.tasks.now());
    }

    void require(String name) {
        if (get(name) == null) {
            throw new NoSuchQueueException(
                    name, all().stream().map(TaskQueue::name).toList());
        }
    }

    /** Whether tasks may be claimed from a queue: it exists, is not paused, and its rate limit is not 0. */
    boolean isOpen(String name) {
        TaskQueue queue = get(name);
        RateLimit limit = queue != null ? RateLimit.of(queue.settings()) : null;
        return queue != null && !queue.isPaused() && (limit == null || !limit.isBlocked());
    }

    /** Returns the rate limit of a queue, null if it has none. */
    @Nullable
    RateLimit rateLimit(String name) {
        TaskQueue queue = get(name);
        return queue != null ? RateLimit.of(queue.settings()) : null;
    }

    /** Returns the tokens of a queue with a rate limit. */
    TokenBucket bucket(String name, RateLimit limit) {
        return this.buckets.getOrDefault(name, TokenBucket.FULL).refilled(limit, this.tasks.now());
    }

    void setBucket(String name, TokenBucket bucket) {
        this.buckets.put(name, bucket);
    }

    TaskQueue declare(QueueSpec spec) {
        TaskQueue known = get(spec.name());
        return known != null ? known : create(spec);
    }

    TaskQueue replace(QueueSpec spec) {
        TaskQueue known = get(spec.name());
        if (known == null) {
            return create(spec);
        }
        TaskQueue.State state = spec.state() != null ? spec.state() : known.state();
        Instant until = spec.state() != null ? null : known.pausedUntil();
        return put(new TaskQueue(known.name(), state, until, spec.settings()));
    }

    private TaskQueue create(QueueSpec spec) {
        for (Stored other : this.queues.values()) {
            String name = other.queue().name();
            if (name.equalsIgnoreCase(spec.name()) && !name.equals(spec.name())) {
                throw new IllegalArgumentException(
                        "Queue '%s' differs only in case from the %s queue '%s': use one of the names everywhere"
                                .formatted(spec.name(), other.deleted() ? "deleted" : "existing", name));
            }
        }
        TaskQueue.State state = spec.state() != null ? spec.state() : TaskQueue.State.ACTIVE;
        return put(new TaskQueue(spec.name(), state, null, spec.settings()));
    }

    private TaskQueue put(TaskQueue queue) {
        this.queues.put(queue.name(), new Stored(queue, false));
        return queue;
    }

    AppliedQueue apply(QueueSpec spec, String application, String hash, Duration supersededFor, Instant now) {
        boolean exists = get(spec.name()) != null;
        TaskQueue queue = declare(spec);
        List<Applied> history = this.applied.computeIfAbsent(spec.name(), name -> new ArrayList<>());
        Applied last = last(history, application);
        if (last != null && last.hash().equals(hash)) {
            return new AppliedQueue(Result.UNCHANGED, other(history, application, hash));
        }
        if (last != null && isSuperseded(history, application, hash, now.minus(supersededFor))) {
            return new AppliedQueue(Result.SUPERSEDED, other(history, application, hash));
        }
        AppliedQueue result =
                new AppliedQueue(exists ? Result.REPLACED : Result.CREATED, other(history, application, hash));
        put(new TaskQueue(queue.name(), queue.state(), queue.pausedUntil(), spec.settings()));
        history.add(new Applied(application, hash, now));
        return result;
    }

    Optional<TaskQueue> patch(String name, UnaryOperator<QueueSettings> change) {
        return Optional.ofNullable(get(name))
                .map(queue ->
                        put(new TaskQueue(name, queue.state(), queue.pausedUntil(), change.apply(queue.settings()))));
    }

    /** Pauses a queue until an instant, or without an end. */
    Optional<TaskQueue> pause(String name, @Nullable Instant until) {
        boolean paused = until == null || until.isAfter(this.tasks.now());
        return Optional.ofNullable(get(name))
                .map(queue -> put(new TaskQueue(
                        name,
                        paused ? TaskQueue.State.PAUSED : TaskQueue.State.ACTIVE,
                        paused ? until : null,
                        queue.settings())));
    }

    Optional<TaskQueue> resume(String name) {
        return Optional.ofNullable(get(name))
                .map(queue -> put(new TaskQueue(name, TaskQueue.State.ACTIVE, null, queue.settings())));
    }

    boolean delete(String name, @Nullable RemainingTasks remaining) {
        TaskQueue queue = get(name);
        if (queue == null) {
            return false;
        }
        List<MemoryTask> of = tasksOf(name);
        long running =
                of.stream().filter(task -> task.state() == TaskState.RUNNING).count();
        long waiting = of.stream().filter(task -> !task.state().isFinished()).count() - running;
        boolean purge = remaining == RemainingTasks.DELETE;
        if ((purge && running > 0) || (remaining == null && running + waiting > 0)) {
            throw new QueueInUseException(name, waiting, running);
        }
        this.queues.put(name, new Stored(queue, true));
        this.applied.remove(name);
        if (purge) {
            purge(name);
        }
        return true;
    }

    /** Deletes the tasks of a queue that do not run, and returns how many. */
    long purge(String name) {
        List<MemoryTask> gone = tasksOf(name).stream()
                .filter(task -> task.state() != TaskState.RUNNING)
                .toList();
        gone.forEach(task -> this.tasks.remove(task.id()));
        return gone.size();
    }

    private List<MemoryTask> tasksOf(String name) {
        return this.tasks.all().stream()
                .filter(task -> task.task().queue().equals(name))
                .toList();
    }

    private static @Nullable Applied last(List<Applied> history, String application) {
        Applied last = null;
        for (Applied entry : history) {
            if (entry.application().equals(application)) {
                last = entry;
            }
        }
        return last;
    }

    /** Whether the application replaced its entry of this hash after the given time. */
    private static boolean isSuperseded(List<Applied> history, String application, String hash, Instant since) {
        boolean replaceable = false;
        Instant replacedAt = Instant.MIN;
        for (Applied entry : history) {
            if (entry.application().equals(application)) {
                if (replaceable) {
                    replacedAt = entry.at();
                }
                replaceable = entry.hash().equals(hash);
            }
        }
        return replacedAt.isAfter(since);
    }

    /** The application whose entry was applied last, if it is another one with another entry. */
    private static @Nullable String other(List<Applied> history, String application, String hash) {
        if (history.isEmpty()) {
            return null;
        }
        Applied newest = history.get(history.size() - 1);
        return newest.application().equals(application) || newest.hash().equals(hash) ? null : newest.application();
    }

    private record Applied(String application, String hash, Instant at) {}

    /** A queue, and whether it was deleted. A pause that is over is none. */
    private record Stored(TaskQueue queue, boolean deleted) {

        TaskQueue at(Instant now) {
            Instant until = this.queue.pausedUntil();
            return until == null || until.isAfter(now)
                    ? this.queue
                    : new TaskQueue(this.queue.name(), TaskQueue.State.ACTIVE, null, this.queue.settings());
        }
    }
}
