package io.tasklane.store.memory;

import io.tasklane.RateLimit;
import io.tasklane.store.TaskRateLimits.DeclaredRateLimit;
import io.tasklane.store.TokenBucket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rate limits of tasks, and which application declared which. Not thread-safe. */
final class MemoryRateLimits {

    private final MemoryTasks tasks;

    private final Map<String, RateLimit> limits = new TreeMap<>();

    private final Map<String, TokenBucket> buckets = new HashMap<>();

    private final Map<String, Map<String, String>> applied = new HashMap<>();

    MemoryRateLimits(MemoryTasks tasks) {
        this.tasks = tasks;
    }

    Map<String, RateLimit> all() {
        return new TreeMap<>(this.limits);
    }

    void set(String task, @Nullable RateLimit limit) {
        if (limit == null) {
            this.limits.remove(task);
        } else {
            this.limits.put(task, limit);
        }
    }

    Set<String> apply(String application, Collection<DeclaredRateLimit> declared) {
        Map<String, String> last = this.applied.computeIfAbsent(application, name -> new HashMap<>());
        Set<String> changed = new HashSet<>();
        for (DeclaredRateLimit each : declared) {
            if (!each.text().equals(last.getOrDefault(each.task(), ""))) {
                last.put(each.task(), each.text());
                set(each.task(), each.limit());
                changed.add(each.task());
            }
        }
        return changed;
    }

    boolean isLimited(String task) {
        return this.limits.containsKey(task);
    }

    /** Whether a task of this name may start now. */
    boolean mayStart(String task) {
        RateLimit limit = this.limits.get(task);
        return limit == null || (!limit.isBlocked() && bucket(task, limit).whole() >= 1);
    }

    /** A task of this name starts. */
    void take(String task) {
        RateLimit limit = this.limits.get(task);
        if (limit != null) {
            this.buckets.put(task, bucket(task, limit).without(1));
        }
    }

    /** How long it takes until a task of this name may start, null if that is never. */
    @Nullable
    Duration untilNext(String task) {
        RateLimit limit = this.limits.get(task);
        return limit == null || limit.isBlocked() ? null : bucket(task, limit).untilNext(limit, limit.burst());
    }

    private TokenBucket bucket(String task, RateLimit limit) {
        return this.buckets.getOrDefault(task, TokenBucket.FULL).refilled(limit, this.tasks.now());
    }
}
