package io.tasklane.store.jdbc;

import io.tasklane.TaskId;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.HeldLease;
import io.tasklane.store.ReleasedTasks;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskExchange;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskLeases;
import io.tasklane.store.jdbc.TaskMoves.PromotedRows;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Claims and completes in transactions of the store's own. */
final class JdbcTaskLeases implements TaskLeases {

    private static final Log logger = LogFactory.getLog(JdbcTaskLeases.class);

    private static final List<Integer> NONE = List.of(-1);

    /** Stands for the keys among the queues of a probe. */
    private static final int KEYS = -1;

    /** Holds and tasks that are looked at within an exchange. */
    private static final int RELEASED_AT_ONCE = 500;

    private final WorkerConnections connections;

    private final ClaimLocking locking;

    private final InternedNames names;

    private final KindLimits limits;

    private final CompletionWriter completions;

    JdbcTaskLeases(WorkerConnections connections, InternedNames names, KindLimits limits) {
        this.connections = connections;
        this.locking = new ClaimLocking(connections);
        this.names = names;
        this.limits = limits;
        this.completions = new CompletionWriter(this.locking);
    }

    @Override
    public TaskExchange exchange(long worker, List<TaskCompletion> written, @Nullable ClaimRequest claim) {
        if (written.isEmpty() && claim == null) {
            return new TaskExchange(List.of(), Set.of());
        }
        String doing = "an exchange of worker " + worker;
        boolean oneMove = isOneMove(written, claim);
        List<Long> passingOn = new ArrayList<>();
        SqlWork<TaskExchange> exchange = session -> {
            // Of a transaction that has lost a race nothing was claimed.
            passingOn.clear();
            CompletionWriter.Written done = CompletionWriter.write(session, written);
            ReleasedTasks released = done.keysEnded()
                    ? named(session, new KeyRelease(session, RELEASED_AT_ONCE).tryRun())
                    : ReleasedTasks.NONE;
            TaskExchange answer = new TaskExchange(List.of(), done.refused(), released);
            if (claim == null) {
                return answer;
            }
            JdbcClaim claiming = new JdbcClaim(session, this.names, this.limits, worker, claim);
            TaskExchange claimed = claiming.run(answer, oneMove);
            passingOn.addAll(claiming.passingOn());
            return claimed;
        };
        try {
            TaskExchange answer = oneMove
                    ? this.locking.executeMove(doing, claim != null, exchange)
                    : this.locking.execute(doing, claim != null, exchange);
            return passingOn.isEmpty() ? answer : answer.passingOn(passOn(passingOn));
        } catch (RuntimeException ex) {
            if (written.isEmpty() || !SqlErrors.isDataError(ex)) {
                throw ex;
            }
            Set<TaskId> refused = this.completions.writeApart(written, ex);
            TaskExchange claimed = exchange(worker, List.of(), claim);
            return new TaskExchange(
                    claimed.claimed(),
                    refused,
                    new ReleasedTasks(Map.of(), true),
                    claimed.passedOn(),
                    claimed.limited(),
                    claimed.later());
        }
    }

    // After the claim, which may be one statement; who fails here leaves the keys to the completions.
    private ReleasedTasks passOn(List<Long> claimed) {
        try {
            return this.locking.execute("passing on keys", true, session -> {
                new KeyHolds(session).passOn(claimed);
                return named(session, new KeyRelease(session, RELEASED_AT_ONCE).tryRun());
            });
        } catch (RuntimeException ex) {
            logger.warn("Tasks were claimed, but the next ones of their fair keys have to wait until they end", ex);
            return new ReleasedTasks(Map.of(), true);
        }
    }

    private boolean isOneMove(List<TaskCompletion> written, @Nullable ClaimRequest claim) {
        return claim == null
                ? written.size() == 1 && !written.get(0).keyed()
                : written.isEmpty()
                        && claim.queues().size() == 1
                        && !claim.queues().get(0).limited()
                        && !this.limits.any();
    }

    // Not from the pool: what is cancelled may be what has used it up.
    @Override
    public List<HeldLease> leases(long worker) {
        return this.connections.executeKept(
                "reading the leases of worker " + worker,
                session -> session.list(
                        session.dialect().selectLeases(),
                        row -> new HeldLease(
                                new TaskLease(new TaskId(row.number("task_id")), worker, row.number("token")),
                                row.timeOrNull("cancelled_at") != null),
                        worker));
    }

    @Override
    public TaskProbe probe(Collection<String> queues, Set<String> excludedTasks) {
        return this.locking.execute("looking for work", false, session -> {
            List<Integer> ids = this.names.knownQueueIds(session, queues);
            List<Integer> excluded = this.names.knownKindIds(session, excludedTasks);
            Set<String> found = new HashSet<>();
            List<Duration> untilDue = new ArrayList<>();
            Set<Integer> blocked = new HashSet<>();
            session.list(
                    session.dialect().probe(),
                    row -> {
                        int queue = row.integer("queue_id");
                        if (queue == KEYS) {
                            return blocked.add(queue);
                        }
                        if (queue != 0) {
                            return found.add(this.names.queue(session, queue));
                        }
                        Instant next = row.timeOrNull("next_at");
                        return next != null && untilDue.add(until(row.time("now_at"), next));
                    },
                    ids.isEmpty() ? NONE : ids,
                    excluded.isEmpty() ? NONE : excluded);
            return new TaskProbe(found, untilDue.isEmpty() ? null : untilDue.get(0), !blocked.isEmpty());
        });
    }

    private static Duration until(Instant now, Instant next) {
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    @Override
    public PromotedTasks promoteDue(int limit) {
        return this.locking.execute("promoting due tasks", true, session -> {
            PromotedRows promoted = session.dialect().moves().promote(session, limit);
            Set<String> queues = new HashSet<>();
            for (int queue : Set.copyOf(promoted.ready())) {
                queues.add(this.names.queue(session, queue));
            }
            return new PromotedTasks(promoted.ready().size() + promoted.blocked(), queues, promoted.blocked() > 0);
        });
    }

    @Override
    public ReleasedTasks releaseBlocked(int limit) {
        return this.locking.execute(
                "releasing blocked tasks", true, session -> named(session, new KeyRelease(session, limit).run()));
    }

    private ReleasedTasks named(SqlSession session, KeyRelease.Released released) throws SQLException {
        Map<String, Integer> tasks = new HashMap<>();
        for (Map.Entry<Integer, Integer> queue : released.tasks().entrySet()) {
            tasks.put(this.names.queue(session, queue.getKey()), queue.getValue());
        }
        return new ReleasedTasks(tasks, released.more());
    }
}
