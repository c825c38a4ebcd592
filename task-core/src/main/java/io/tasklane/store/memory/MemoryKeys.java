package io.tasklane.store.memory;

import io.tasklane.store.TaskKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tasks that wait for their keys, and how many hold each key. Not thread-safe. */
final class MemoryKeys {

    private final TreeMap<Long, MemoryTask> blocked = new TreeMap<>();

    private final Map<String, Integer> holds = new HashMap<>();

    private long lastSeq;

    /** The place behind all others that wait for a key. */
    MemoryPlace atTheEnd() {
        return new MemoryPlace.Blocked(++this.lastSeq);
    }

    void put(MemoryTask task) {
        if (task.place() instanceof MemoryPlace.Blocked place) {
            this.blocked.put(place.seq(), task);
        }
        count(task, 1);
    }

    void remove(MemoryTask task) {
        if (task.place() instanceof MemoryPlace.Blocked place) {
            this.blocked.remove(place.seq());
        }
        count(task, -1);
    }

    private void count(MemoryTask task, int by) {
        TaskKey key = task.task().key();
        if (key != null && task.holdsKey()) {
            this.holds.merge(key.name(), by, (one, other) -> one + other == 0 ? null : one + other);
        }
    }

    Collection<MemoryTask> blocked() {
        return this.blocked.values();
    }

    /** The tasks that may hold their keys now, the first of each key first; at most so many. */
    List<MemoryTask> next(int limit) {
        List<MemoryTask> next = new ArrayList<>();
        Map<String, Integer> held = new HashMap<>();
        Set<String> full = new HashSet<>();
        for (MemoryTask task : this.blocked.values()) {
            TaskKey key = key(task);
            if (key == null || full.contains(key.name())) {
                continue;
            }
            int holding = held.getOrDefault(key.name(), this.holds.getOrDefault(key.name(), 0));
            if (holding >= key.limit()) {
                full.add(key.name());
            } else if (next.size() < limit) {
                held.put(key.name(), holding + 1);
                next.add(task);
            }
        }
        return next;
    }

    private static @Nullable TaskKey key(MemoryTask task) {
        return task.task().key();
    }
}
