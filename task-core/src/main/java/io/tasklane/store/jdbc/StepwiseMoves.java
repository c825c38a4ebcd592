package io.tasklane.store.jdbc;

import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Moves in steps: lock the rows, delete them, insert them elsewhere. For databases whose statements change one table. */
final class StepwiseMoves implements TaskMoves {

    private static final List<Integer> NO_KIND = List.of(-1);

    @Override
    public boolean areStatements() {
        return false;
    }

    @Override
    public void insert(SqlSession session, List<TaskRow> tasks) throws SQLException {
        Instant now = session.now();
        List<@Nullable Object[]> inserted = new ArrayList<>();
        List<@Nullable Object[]> keyed = new ArrayList<>();
        List<@Nullable Object[]> ready = new ArrayList<>();
        List<@Nullable Object[]> due = new ArrayList<>();
        List<@Nullable Object[]> blocked = new ArrayList<>();
        for (TaskRow row : tasks) {
            long id = row.task().id().value();
            TaskKey key = row.task().key();
            @Nullable
            Object[] task = {
                id,
                row.queueId(),
                row.kindId(),
                row.task().priority(),
                row.task().retries(),
                now,
                HeaderText.format(row.task().headers()),
                row.task().payload(),
                row.task().version()
            };
            if (key == null) {
                inserted.add(task);
            } else {
                keyed.add(withKey(task, key));
            }
            Instant startAt = startAt(row, now);
            if (startAt.isAfter(now)) {
                due.add(new @Nullable Object[] {
                    startAt, id, row.queueId(), row.band(), row.kindId(), 0, 0, null, key != null
                });
            } else if (key != null) {
                blocked.add(new @Nullable Object[] {
                    id, row.queueId(), row.band(), row.kindId(), key.name(), key.limit(), 0, 0, null
                });
            } else {
                ready.add(new @Nullable Object[] {row.queueId(), row.band(), id, row.kindId(), 0, 0, now, null});
            }
        }
        TaskSqlDialect sql = session.dialect();
        session.insertAll(sql.insertTasks(), inserted);
        session.insertAll(sql.insertKeyedTasks(), keyed);
        session.insertAll(sql.insertReady(), ready);
        session.insertAll(sql.insertDue(), due);
        session.insertAll(sql.insertBlocked(), blocked);
    }

    private static @Nullable Object[] withKey(@Nullable Object[] task, TaskKey key) {
        @Nullable Object[] keyed = Arrays.copyOf(task, task.length + 3);
        keyed[task.length] = key.name();
        keyed[task.length + 1] = key.limit();
        keyed[task.length + 2] = TaskCodes.of(key.hold());
        return keyed;
    }

    private static Instant startAt(TaskRow row, Instant now) {
        Instant runAt = row.task().runAt();
        if (runAt != null) {
            return runAt;
        }
        return row.task().delay() != null ? Micros.after(now, row.task().delay()) : now;
    }

    @Override
    public List<ClaimedRow> claim(SqlSession session, ClaimCommand command) throws SQLException {
        TaskSqlDialect sql = session.dialect();
        if (session.one(sql.selectMayClaim(), row -> 1, command.worker(), command.queueId(), command.limited())
                .isEmpty()) {
            return List.of();
        }
        Instant now = session.now();
        List<RunningRow> rows = new ArrayList<>();
        Map<Integer, Integer> ofKind = new HashMap<>();
        session.list(
                sql.lockReady(),
                row -> {
                    int kind = row.integer("kind_id");
                    boolean kept = (!row.flag("suspect") || rows.isEmpty())
                            && ofKind.merge(kind, 1, Integer::sum)
                                    <= command.kindLimits().getOrDefault(kind, Integer.MAX_VALUE);
                    return kept && rows.add(claimed(row, command, rows.size() >= command.free(), now));
                },
                command.queueId(),
                command.excludedKinds().isEmpty() ? NO_KIND : command.excludedKinds(),
                command.suspect(),
                command.limit());
        if (rows.isEmpty()) {
            return List.of();
        }
        List<RunningRow> taken = new ArrayList<>();
        Map<Integer, List<RunningRow>> bands = rows.stream().collect(Collectors.groupingBy(RunningRow::band));
        for (Map.Entry<Integer, List<RunningRow>> band : new TreeMap<>(bands).entrySet()) {
            taken.addAll(takeReady(session, band.getKey(), band.getValue()));
        }
        if (taken.isEmpty()) {
            return List.of();
        }
        session.insertAll(
                sql.insertRunning(), taken.stream().map(StepwiseMoves::running).toList());
        return withTasks(session, taken);
    }

    private static List<RunningRow> takeReady(SqlSession session, int band, List<RunningRow> found)
            throws SQLException {
        int queue = found.get(0).queueId();
        List<Long> seqs = found.stream().map(RunningRow::seq).toList();
        String relock = session.dialect().relockReady();
        List<RunningRow> taken = found;
        if (relock != null) {
            Set<Long> there = new HashSet<>(session.list(relock, row -> row.number("seq"), queue, band, seqs));
            taken = found.stream().filter(row -> there.contains(row.seq())).toList();
        }
        if (!taken.isEmpty()) {
            session.update(
                    session.dialect().deleteReady(),
                    queue,
                    band,
                    taken.stream().map(RunningRow::seq).toList());
        }
        return taken;
    }

    private static RunningRow claimed(SqlRow row, ClaimCommand command, boolean ahead, Instant now)
            throws SQLException {
        boolean suspect = row.flag("suspect");
        return new RunningRow(
                row.number("task_id"),
                command.worker(),
                command.token(),
                row.integer("queue_id"),
                row.integer("band"),
                row.number("seq"),
                row.integer("kind_id"),
                row.integer("retries_used"),
                row.integer("recoveries"),
                row.time("ready_at"),
                now,
                row.timeOrNull("unreadable_since"),
                suspect,
                ahead && !suspect,
                false,
                null);
    }

    private static @Nullable Object[] running(RunningRow row) {
        return new @Nullable Object[] {
            row.taskId(),
            row.worker(),
            row.token(),
            row.queueId(),
            row.band(),
            row.seq(),
            row.kindId(),
            row.retriesUsed(),
            row.recoveries(),
            row.readyAt(),
            row.claimedAt(),
            row.unreadableSince(),
            row.suspect(),
            row.ahead()
        };
    }

    private static List<ClaimedRow> withTasks(SqlSession session, List<RunningRow> rows) throws SQLException {
        List<Long> ids = rows.stream().map(RunningRow::taskId).toList();
        Map<Long, RunningRow> byId = rows.stream().collect(Collectors.toMap(RunningRow::taskId, Function.identity()));
        Map<Long, ClaimedRow> read = new LinkedHashMap<>();
        session.list(
                session.dialect().selectTasks(),
                row -> {
                    RunningRow running = byId.get(row.number("id"));
                    return running == null ? null : read.put(running.taskId(), claimed(running, row));
                },
                ids);
        List<ClaimedRow> inOrder = new ArrayList<>();
        for (long id : ids) {
            ClaimedRow task = read.get(id);
            if (task != null) {
                inOrder.add(task);
            }
        }
        return inOrder;
    }

    private static ClaimedRow claimed(RunningRow running, SqlRow task) throws SQLException {
        return new ClaimedRow(
                running.taskId(),
                running.queueId(),
                running.band(),
                running.seq(),
                running.kindId(),
                task.integer("retries"),
                running.retriesUsed(),
                running.recoveries(),
                task.textOrNull("payload"),
                task.integer("version"),
                task.textOrNull("headers"),
                running.readyAt(),
                running.claimedAt(),
                running.unreadableSince(),
                running.suspect(),
                task.integer("key_until"));
    }

    @Override
    public Set<Long> complete(SqlSession session, List<TaskCompletion> completions) throws SQLException {
        return new StepwiseCompletion(session).complete(completions);
    }

    @Override
    public boolean succeed(SqlSession session, TaskCompletion completion) throws SQLException {
        return new StepwiseCompletion(session).succeed(completion);
    }

    @Override
    public PromotedRows promote(SqlSession session, int limit) throws SQLException {
        TaskSqlDialect sql = session.dialect();
        Instant now = session.now();
        List<DueRow> taken = stillDue(session, session.list(sql.lockDue(), DueRow::read, now, limit));
        if (taken.isEmpty()) {
            return new PromotedRows(List.of(), 0);
        }
        session.update(sql.deleteDue(), taken.stream().map(DueRow::taskId).toList());
        Map<Long, KeyHolds.Waiting> needKey = new LinkedHashMap<>();
        taken.stream().filter(DueRow::needsKey).forEach(row -> needKey.put(row.taskId(), row.task()));
        Set<Long> blocked = new KeyHolds(session).block(needKey);
        List<DueRow> ready =
                taken.stream().filter(row -> !blocked.contains(row.taskId())).toList();
        session.insertAll(
                sql.insertReady(), ready.stream().map(row -> row.ready(now)).toList());
        return new PromotedRows(ready.stream().map(row -> row.task().queueId()).toList(), blocked.size());
    }

    private static List<DueRow> stillDue(SqlSession session, List<DueRow> found) throws SQLException {
        String relock = session.dialect().relockDue();
        if (relock == null || found.isEmpty()) {
            return found;
        }
        List<Long> ids = found.stream().map(DueRow::taskId).toList();
        Set<Long> there = new HashSet<>(session.list(relock, row -> row.number("task_id"), ids));
        return found.stream().filter(row -> there.contains(row.taskId())).toList();
    }

    @Override
    public RecoveredRows recover(SqlSession session, Collection<Long> deadWorkers, int maxRecoveries, int limit)
            throws SQLException {
        return new StepwiseRecovery(session, maxRecoveries).recover(deadWorkers, limit);
    }

    /** A row of the table due. */
    private record DueRow(long taskId, KeyHolds.Waiting task, boolean needsKey) {

        static DueRow read(SqlRow row) throws SQLException {
            return new DueRow(
                    row.number("task_id"),
                    new KeyHolds.Waiting(
                            row.integer("queue_id"),
                            row.integer("band"),
                            row.integer("kind_id"),
                            row.integer("retries_used"),
                            row.integer("recoveries"),
                            row.timeOrNull("unreadable_since")),
                    row.flag("needs_key"));
        }

        @Nullable
        Object[] ready(Instant now) {
            return new @Nullable Object[] {
                this.task.queueId(),
                this.task.band(),
                this.taskId,
                this.task.kindId(),
                this.task.retriesUsed(),
                this.task.recoveries(),
                now,
                this.task.unreadableSince()
            };
        }
    }
}
