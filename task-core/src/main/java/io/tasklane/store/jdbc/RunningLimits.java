package io.tasklane.store.jdbc;

import io.tasklane.store.ClaimRequest;
import io.tasklane.store.QueueClaim;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many more tasks may run of queues whose running tasks are limited across all nodes. The rows of these queues are locked
 * until the end of the transaction, all at once and in one order, so that nobody else claims from them meanwhile, and claims
 * of several queues do not wait for each other in a circle.
 */
final class RunningLimits {

    private static final RunningLimits NONE = new RunningLimits(Map.of());

    /** Most tasks by id of the queue; null without a limit. */
    private final Map<Integer, @Nullable Integer> limits;

    private RunningLimits(Map<Integer, @Nullable Integer> limits) {
        this.limits = limits;
    }

    /** Locks the queues of which the claim says that they are limited. */
    static RunningLimits lock(SqlSession session, ClaimRequest request, InternedNames names) throws SQLException {
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
        Map<Integer, @Nullable Integer> limits = new HashMap<>();
        session.list(
                session.dialect().lockLimits(),
                row -> {
                    limits.put(row.integer("id"), row.integerOrNull("max_running"));
                    return true;
                },
                ids);
        return new RunningLimits(limits);
    }

    /** How many tasks of a queue may be claimed of those that are wanted. */
    int of(SqlSession session, int queue, int wanted) throws SQLException {
        Integer limit = this.limits.get(queue);
        if (limit == null) {
            return wanted;
        }
        int running = session.list(session.dialect().countRunning(), row -> row.integer("running"), queue)
                .get(0);
        return Math.min(wanted, limit - running);
    }
}
