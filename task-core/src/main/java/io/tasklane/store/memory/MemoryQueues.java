package io.tasklane.store.memory;

import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueSpec;
import io.tasklane.TaskQueue;
import io.tasklane.store.QueueStore.AppliedQueue;
import io.tasklane.store.QueueStore.AppliedQueue.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The queues, and which application applied which configuration to them. Not thread-safe. */
final class MemoryQueues {

    private final TreeMap<String, TaskQueue> queues = new TreeMap<>();

    private final Map<String, List<Applied>> applied = new HashMap<>();

    MemoryQueues() {
        declare(QueueSpec.named(QueueSpec.DEFAULT));
    }

    List<TaskQueue> all() {
        return List.copyOf(this.queues.values());
    }

    @Nullable
    TaskQueue get(String name) {
        return this.queues.get(name);
    }

    void require(String name) {
        if (!this.queues.containsKey(name)) {
            throw new NoSuchQueueException(name, this.queues.keySet());
        }
    }

    /** Whether tasks may be claimed from a queue: it exists and is not paused. */
    boolean isOpen(String name) {
        TaskQueue queue = this.queues.get(name);
        return queue != null && !queue.isPaused();
    }

    TaskQueue declare(QueueSpec spec) {
        TaskQueue known = this.queues.get(spec.name());
        if (known != null) {
            return known;
        }
        for (String name : this.queues.keySet()) {
            if (name.equalsIgnoreCase(spec.name())) {
                throw new IllegalArgumentException(
                        "Queue '%s' differs only in case from the existing queue '%s': use one of the names everywhere"
                                .formatted(spec.name(), name));
            }
        }
        TaskQueue created = new TaskQueue(spec.name(), TaskQueue.State.ACTIVE, spec.settings());
        this.queues.put(created.name(), created);
        return created;
    }

    AppliedQueue apply(QueueSpec spec, String application, String hash, Duration supersededFor, Instant now) {
        boolean exists = this.queues.containsKey(spec.name());
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
        this.queues.put(queue.name(), new TaskQueue(queue.name(), queue.state(), spec.settings()));
        history.add(new Applied(application, hash, now));
        return result;
    }

    boolean setPaused(String name, boolean paused) {
        TaskQueue queue = this.queues.get(name);
        if (queue == null) {
            return false;
        }
        TaskQueue.State state = paused ? TaskQueue.State.PAUSED : TaskQueue.State.ACTIVE;
        this.queues.put(name, new TaskQueue(name, state, queue.settings()));
        return true;
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
}
