package io.tasklane.store.jdbc;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The rate limits of tasks as claims meet them. Thread-safe. */
final class KindLimits {

    private final KindRates rates;

    /** Names with a limit that claims have found, by queue: what has to wait there wakes nobody by itself. */
    private final Map<String, Set<Integer>> seen = new ConcurrentHashMap<>();

    KindLimits(KindRates rates) {
        this.rates = rates;
    }

    /** Whether any task has a limit, as far as is known. */
    boolean any() {
        return this.rates.any();
    }

    /** Reads what may be claimed of tasks whose name has a limit; null if none has. */
    @Nullable
    KindTokens tokens(SqlSession session) throws SQLException {
        if (!this.rates.any()) {
            return null;
        }
        KindTokens tokens = new KindTokens(this.rates.read(session));
        return this.rates.any() ? tokens : null;
    }

    /** Takes the tokens of what was claimed. Returns false if there are not enough any more. */
    boolean take(SqlSession session, KindTokens tokens) throws SQLException {
        return this.rates.take(session, tokens.taken());
    }

    /** A task whose name has a limit was found in a queue. */
    void seen(String queue, int kind) {
        this.seen.computeIfAbsent(queue, name -> ConcurrentHashMap.newKeySet()).add(kind);
    }

    /** The names with a limit that were found in a queue. */
    Set<Integer> seen(String queue) {
        return this.seen.getOrDefault(queue, Set.of());
    }
}
