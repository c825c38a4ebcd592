package io.tasklane.store.jdbc;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.RateLimit;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.TokenBucket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many more tasks of queues may run whose tasks are limited across all nodes: those that run at once, and those that start in
 * a time. The rows of these queues are locked until the end of the transaction, all at once and in one order, so that nobody else
 * claims from them meanwhile, and claims of several queues do not wait for each other in a circle.
 */
final class QueueLimits {

    private static final QueueLimits NONE = new QueueLimits(Map.of(), Map.of());

    /** Most running tasks by id of the queue; null without a limit. */
    private final Map<Integer, @Nullable Integer> running;

    private final Map<Integer, Bucket> buckets;

    private QueueLimits(Map<Integer, @Nullable Integer> running, Map<Integer, Bucket> buckets) {
        this.running = running;
        this.buckets = buckets;
    }

    /** Locks the queues of which the claim says that they are limited. */
    static QueueLimits lock(SqlSession session, ClaimRequest request, InternedNames names) throws SQLException {
        List<String> limited = request.queues().stream()
                .filter(QueueClaim::limited)
                .map(QueueClaim::queue)
                .toList();
        if (limited.isEmpty()) {
            return NONE;
        }
        List<Integer> ids = names.knownQueueIds(session, limited);
        if (ids.isEmpty()) {
            return NONE;
        }
        Map<Integer, @Nullable Integer> running = new HashMap<>();
        Map<Integer, RateLimit> rates = new HashMap<>();
        session.list(
                session.dialect().lockLimits(),
                row -> {
                    int id = row.integer("id");
                    running.put(id, row.integerOrNull("max_running"));
                    RateLimit rate = rate(row);
                    return rate != null && rates.put(id, rate) == null;
                },
                ids);
        return new QueueLimits(running, rates.isEmpty() ? Map.of() : buckets(session, rates));
    }

    private static @Nullable RateLimit rate(SqlRow row) throws SQLException {
        Long interval = row.numberOrNull("rate_interval_ms");
        return RateLimit.of(QueueSettings.NONE
                .with(QueueSetting.RATE_LIMIT, row.integerOrNull("rate_limit"))
                .with(QueueSetting.RATE_INTERVAL, interval != null ? Duration.ofMillis(interval) : null)
                .with(QueueSetting.RATE_BURST, row.integerOrNull("rate_burst")));
    }

    // Read after the queues are locked: neither the tokens nor the time must be those before a wait for them.
    private static Map<Integer, Bucket> buckets(SqlSession session, Map<Integer, RateLimit> rates) throws SQLException {
        Map<Integer, Bucket> buckets = new HashMap<>();
        session.list(
                session.dialect().selectBuckets(),
                row -> {
                    int id = row.integer("id");
                    RateLimit rate = rates.get(id);
                    Instant filledAt = row.timeOrNull("filled_at");
                    TokenBucket stored =
                            filledAt != null ? new TokenBucket(row.decimal("tokens"), filledAt) : TokenBucket.FULL;
                    return rate != null
                            && buckets.put(id, new Bucket(id, rate, stored.refilled(rate, row.time("now_at")))) == null;
                },
                List.copyOf(rates.keySet()));
        return buckets;
    }

    /** How many tasks of a queue may be claimed, so that not too many run at once. */
    int left(SqlSession session, int queue) throws SQLException {
        Integer limit = this.running.get(queue);
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        int count = session.list(session.dialect().countRunning(), row -> row.integer("running"), queue)
                .get(0);
        return Math.max(0, limit - count);
    }

    /** What the rate limit of a queue gives, null if it has none. */
    @Nullable
    Bucket bucket(int queue) {
        return this.buckets.get(queue);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The bucket of a locked queue. */
    record Bucket(int queue, RateLimit limit, TokenBucket tokens) {

        /**
         * Takes the tokens of claimed tasks, at the time of the claim: what a full bucket was about to get since it was looked at is
         * not in it, or an interval that begins with a slow claim would see more than the limit and the burst.
         *
         * @param claimed the tasks of the queue that were claimed
         * @return what is left
         */
        TokenBucket take(SqlSession session, List<LeasedTask> claimed) throws SQLException {
            if (claimed.isEmpty()) {
                return this.tokens;
            }
            Instant claimedAt =
                    claimed.stream().map(LeasedTask::claimedAt).reduce(this.tokens.filledAt(), QueueLimits::later);
            TokenBucket left = this.tokens.refilled(this.limit, claimedAt).without(claimed.size());
            TaskSqlDialect sql = session.dialect();
            if (session.update(sql.updateBucket(), left.tokens(), left.filledAt(), this.queue) == 0) {
                session.update(sql.insertBucket(), left.tokens(), left.filledAt(), this.queue);
            }
            return left;
        }
    }
}
