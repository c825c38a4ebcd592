package io.tasklane.store.jdbc;

import io.tasklane.TaskId;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.ClaimShare;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.TaskExchange;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TokenBucket;
import io.tasklane.store.jdbc.QueueLimits.Bucket;
import io.tasklane.store.jdbc.TaskMoves.ClaimCommand;
import io.tasklane.store.jdbc.TaskMoves.ClaimedRow;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One claim of a worker: its queues one after the other, within the limits that they and their tasks have. */
final class JdbcClaim {

    private final SqlSession session;

    private final InternedNames names;

    private final KindLimits limits;

    private final long worker;

    private final ClaimRequest request;

    private final List<LeasedTask> claimed = new ArrayList<>();

    private final Map<String, Duration> limited = new HashMap<>();

    private final Map<String, Duration> later = new HashMap<>();

    private final List<Long> passingOn = new ArrayList<>();

    JdbcClaim(SqlSession session, InternedNames names, KindLimits limits, long worker, ClaimRequest request) {
        this.session = session;
        this.names = names;
        this.limits = limits;
        this.worker = worker;
        this.request = request;
    }

    /**
     * Claims.
     *
     * @param written what completions written in the same transaction brought, for the answer
     * @param oneMove whether there is no transaction in which anything could stay locked: then there are no limits as far as was
     *     known, and a queue that has one since then gives nothing
     */
    TaskExchange run(TaskExchange written, boolean oneMove) throws SQLException {
        KindTokens kinds = oneMove ? null : this.limits.tokens(this.session);
        Savepoint before = kinds != null ? this.session.connection().setSavepoint() : null;
        List<Integer> excluded = this.names.knownKindIds(this.session, this.request.excludedTasks());
        QueueLimits queues = QueueLimits.lock(this.session, this.request, this.names);
        for (QueueClaim queue : this.request.queues()) {
            for (int id : this.names.knownQueueIds(this.session, List.of(queue.queue()))) {
                claim(queue, id, queues, excluded, kinds);
            }
        }
        if (kinds != null && before != null && !this.limits.take(this.session, kinds)) {
            this.session.connection().rollback(before);
            Map<String, Duration> again = new HashMap<>();
            this.request.queues().forEach(queue -> again.put(queue.queue(), Duration.ZERO));
            this.passingOn.clear();
            return new TaskExchange(List.of(), written.refused(), written.released(), again, Map.of());
        }
        return new TaskExchange(this.claimed, written.refused(), written.released(), this.limited, this.later);
    }

    /** The claimed tasks that keep their keys no longer than until now. */
    List<Long> passingOn() {
        return this.passingOn;
    }

    private void claim(
            QueueClaim queue, int id, QueueLimits limitsOfQueues, List<Integer> excluded, @Nullable KindTokens kinds)
            throws SQLException {
        Bucket bucket = limitsOfQueues.bucket(id);
        ClaimShare share = ClaimShare.of(this.request, queue, this.claimed.size());
        share = share.atMost(limitsOfQueues.left(this.session, id));
        if (bucket != null) {
            share = share.within(bucket.tokens());
        }
        List<LeasedTask> tasks = share.limit() < 1 ? List.of() : claim(queue, id, share, excluded, kinds);
        this.claimed.addAll(tasks);
        if (bucket != null) {
            TokenBucket left = bucket.take(this.session, tasks);
            Duration wait = share.untilNext(bucket.limit(), left, tasks.size());
            if (wait != null) {
                this.limited.put(queue.queue(), wait);
            }
        }
    }

    private List<LeasedTask> claim(
            QueueClaim queue, int id, ClaimShare share, List<Integer> excluded, @Nullable KindTokens kinds)
            throws SQLException {
        boolean suspect = this.request.suspect() && this.claimed.stream().noneMatch(LeasedTask::suspect);
        ClaimCommand command = new ClaimCommand(
                id,
                share.limit(),
                share.free(),
                this.worker,
                this.request.token(),
                kinds == null ? excluded : both(excluded, kinds.exhausted()),
                suspect,
                queue.limited(),
                kinds == null ? Map.of() : kinds.left());
        List<ClaimedRow> rows = this.session.dialect().moves().claim(this.session, command);
        List<LeasedTask> tasks = new ArrayList<>();
        for (ClaimedRow row : rows) {
            tasks.add(leased(row));
            if (row.passesKeyOn()) {
                this.passingOn.add(row.taskId());
            }
            if (kinds != null && kinds.claimed(row.kindId())) {
                this.limits.seen(queue.queue(), row.kindId());
            }
        }
        if (kinds != null && rows.size() < share.limit()) {
            passedBy(queue.queue(), kinds);
        }
        return tasks;
    }

    /** The queue gave less than it was asked for, maybe because tasks in it have to wait. */
    private void passedBy(String queue, KindTokens kinds) {
        Set<Integer> seen = this.limits.seen(queue);
        if (kinds.isCut(seen)) {
            this.limited.put(queue, Duration.ZERO);
        }
        Duration wait = kinds.untilNext(seen);
        if (wait != null) {
            this.later.put(queue, wait);
        }
    }

    private static List<Integer> both(List<Integer> some, List<Integer> others) {
        List<Integer> both = new ArrayList<>(some);
        both.addAll(others);
        return both;
    }

    private LeasedTask leased(ClaimedRow row) throws SQLException {
        return new LeasedTask(
                new TaskLease(new TaskId(row.taskId()), this.worker, this.request.token()),
                this.names.kind(this.session, row.kindId()),
                this.names.queue(this.session, row.queueId()),
                -row.band(),
                row.seq(),
                row.retries(),
                row.retriesUsed(),
                row.recoveries(),
                row.payload(),
                row.version(),
                HeaderText.parse(row.headers()),
                row.readyAt(),
                row.claimedAt(),
                row.unreadableSince(),
                row.suspect(),
                row.keyed());
    }
}
