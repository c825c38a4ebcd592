package io.tasklane.store.jdbc;

import io.tasklane.store.jdbc.KindRates.Rate;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one claim may take of tasks whose name has a rate limit, and has taken. Not thread-safe. */
final class KindTokens {

    private final Map<Integer, Rate> rates;

    private final Map<Integer, Integer> taken = new HashMap<>();

    KindTokens(Map<Integer, Rate> rates) {
        this.rates = rates;
    }

    /** Names of which nothing may be claimed any more. */
    List<Integer> exhausted() {
        return this.rates.keySet().stream().filter(kind -> left(kind) < 1).toList();
    }

    /** How many may be claimed of the others that have a limit. */
    Map<Integer, Integer> left() {
        Map<Integer, Integer> left = new HashMap<>();
        for (int kind : this.rates.keySet()) {
            int count = left(kind);
            if (count > 0) {
                left.put(kind, count);
            }
        }
        return left;
    }

    private int left(int kind) {
        Rate rate = this.rates.get(kind);
        return rate == null || rate.limit().isBlocked() ? 0 : rate.bucket().whole() - this.taken.getOrDefault(kind, 0);
    }

    /** A task was claimed. Returns whether its name has a limit. */
    boolean claimed(int kind) {
        if (!this.rates.containsKey(kind)) {
            return false;
        }
        this.taken.merge(kind, 1, Integer::sum);
        return true;
    }

    /** How many were claimed of the names that have a limit. */
    Map<Integer, Integer> taken() {
        return this.taken;
    }

    /** Whether more of one of these names was there than may be claimed, as far as can be told. */
    boolean isCut(Collection<Integer> kinds) {
        return kinds.stream().anyMatch(kind -> this.taken.containsKey(kind) && left(kind) < 1);
    }

    /** How long it takes until some of these names may be claimed again that may not be now; null if that is never or now. */
    @Nullable
    Duration untilNext(Collection<Integer> kinds) {
        Duration next = null;
        for (int kind : kinds) {
            Rate rate = this.rates.get(kind);
            if (rate != null && !rate.limit().isBlocked() && left(kind) < 1) {
                Duration wait = rate.bucket()
                        .without(this.taken.getOrDefault(kind, 0))
                        .untilNext(rate.limit(), rate.limit().burst());
                next = next == null || wait.compareTo(next) < 0 ? wait : next;
            }
        }
        return next;
    }
}
