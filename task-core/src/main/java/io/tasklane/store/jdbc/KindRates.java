package io.tasklane.store.jdbc;

import io.tasklane.RateLimit;
import io.tasklane.store.TokenBucket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rate limits of tasks by name. A claim reads how many tokens there are, takes no more tasks of a name than that, and locks
 * only the limits of the names that it got: had another claim been faster, it is rolled back and comes again. Where no task has
 * a limit nothing is read. Thread-safe.
 */
final class KindRates {

    private volatile boolean any;

    /** Whether any task has a limit was read. */
    void learn(boolean anyLimit) {
        this.any = anyLimit;
    }

    /** Whether any task has a limit, as far as is known. */
    boolean any() {
        return this.any;
    }

    /** Reads all limits, with what their buckets have now, by the id of the task's name. */
    Map<Integer, Rate> read(SqlSession session) throws SQLException {
        Map<Integer, Rate> rates = new HashMap<>();
        session.list(
                session.dialect().selectKindRates(),
                row -> rates.put(row.integer("kind_id"), Rate.read(row).at(row.time("now_at"))));
        learn(!rates.isEmpty());
        return rates;
    }

    /**
     * Takes the tokens of claimed tasks.
     *
     * @param counts how many were claimed, by the id of the name; only those that have a limit
     * @return false if there are not enough any more, and the claim must not be
     */
    boolean take(SqlSession session, Map<Integer, Integer> counts) throws SQLException {
        if (counts.isEmpty()) {
            return true;
        }
        TaskSqlDialect sql = session.dialect();
        Map<Integer, Rate> locked = new TreeMap<>();
        session.list(
                sql.lockKindRates(),
                row -> row.integerOrNull("rate_limit") != null
                        ? locked.put(row.integer("kind_id"), Rate.read(row))
                        : null,
                List.copyOf(counts.keySet()));
        // Read after the rows are locked: the time must not be that before a wait for them.
        Instant now = session.now();
        for (Map.Entry<Integer, Rate> entry : locked.entrySet()) {
            TokenBucket bucket = entry.getValue().at(now).bucket();
            int count = counts.getOrDefault(entry.getKey(), 0);
            if (entry.getValue().limit().isBlocked() || bucket.whole() < count) {
                return false;
            }
            TokenBucket left = bucket.without(count);
            session.update(sql.updateKindTokens(), left.tokens(), left.filledAt(), entry.getKey());
        }
        return true;
    }

    /** A limit and its bucket. */
    record Rate(RateLimit limit, TokenBucket bucket) {

        static Rate read(SqlRow row) throws SQLException {
            return new Rate(
                    new RateLimit(
                            row.integer("rate_limit"),
                            Duration.ofMillis(row.number("rate_interval_ms")),
                            row.integer("rate_burst")),
                    new TokenBucket(row.decimal("tokens"), row.time("filled_at")));
        }

        Rate at(Instant now) {
            return new Rate(this.limit, this.bucket.refilled(this.limit, now));
        }
    }
}
