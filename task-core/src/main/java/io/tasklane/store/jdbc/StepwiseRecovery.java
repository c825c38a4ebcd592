package io.tasklane.store.jdbc;

import io.tasklane.store.MayHaveRun;
import io.tasklane.store.PoisonGuard;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.jdbc.TaskMoves.RecoveredRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the tasks of dead workers from them, one batch at a time. */
final class StepwiseRecovery {

    private final SqlSession session;

    private final int maxRecoveries;

    StepwiseRecovery(SqlSession session, int maxRecoveries) {
        this.session = session;
        this.maxRecoveries = maxRecoveries;
    }

    RecoveredRows recover(Collection<Long> deadWorkers, int limit) throws SQLException {
        TaskSqlDialect sql = this.session.dialect();
        List<RunningRow> rows = this.session.list(sql.lockLost(), RunningRow::read, deadWorkers, limit);
        if (rows.isEmpty()) {
            return RecoveredRows.NONE;
        }
        List<Long> ids = rows.stream().map(RunningRow::taskId).toList();
        Map<Long, Integer> lastAttempts = StepwiseCompletion.lastAttempts(this.session, ids);
        Map<Long, Integer> deaths = deaths(rows);
        this.session.update(sql.deleteRunning(), ids);
        Instant now = this.session.now();
        List<@Nullable Object[]> attempts = new ArrayList<>();
        List<@Nullable Object[]> ready = new ArrayList<>();
        List<@Nullable Object[]> finished = new ArrayList<>();
        List<RunningRow> returned = new ArrayList<>();
        List<Integer> putBack = new ArrayList<>();
        int cancelled = 0;
        for (RunningRow row : rows) {
            boolean ahead = row.ahead() && !row.started();
            int recoveries = row.recoveries() + (ahead || row.isCancelled() ? 0 : 1);
            boolean tooOften = !ahead && recoveries > this.maxRecoveries;
            boolean suspect = ahead
                    || row.suspect()
                    || PoisonGuard.isSuspect(deaths.getOrDefault(row.taskId(), 0) + 1, recoveries, this.maxRecoveries);
            boolean failed = !row.isCancelled() && (row.started() || tooOften);
            AttemptRow lost = new AttemptRow(
                    StoredAttempt.Outcome.LOST,
                    row.started() ? MayHaveRun.WORKER_DIED : failed ? PoisonGuard.diedTooOften(recoveries) : null,
                    null,
                    0,
                    recoveries - row.recoveries());
            int number = lastAttempts.getOrDefault(row.taskId(), 0) + 1;
            Instant startedAt = ahead ? null : row.claimedAt();
            attempts.add(StepwiseCompletion.attempt(row, number, lost, row.retriesUsed(), recoveries, startedAt, now));
            if (row.isCancelled()) {
                finished.add(finished(row, TaskCodes.CANCELLED, recoveries, startedAt, now));
                cancelled++;
            } else if (failed) {
                finished.add(finished(row, TaskCodes.FAILED, recoveries, startedAt, now));
            } else {
                ready.add(StepwiseCompletion.inPlace(row, recoveries, suspect));
                returned.add(row);
                putBack.add(row.queueId());
            }
        }
        this.session.insertAll(sql.insertAttempts(), attempts);
        this.session.insertAll(sql.insertReadyInPlace(), ready);
        if (!returned.isEmpty()) {
            sql.placesTaken(
                    this.session, returned.stream().map(RunningRow::place).toList());
        }
        this.session.insertAll(sql.insertFinished(), finished);
        if (!finished.isEmpty()) {
            new KeyHolds(this.session).end(ids);
        }
        return new RecoveredRows(putBack, finished.size() - cancelled, cancelled);
    }

    /** How often the workers of these tasks have died before, of those that were put back at all. */
    private Map<Long, Integer> deaths(List<RunningRow> rows) throws SQLException {
        List<Long> again = rows.stream()
                .filter(row -> row.recoveries() > 0)
                .map(RunningRow::taskId)
                .toList();
        Map<Long, Integer> deaths = new HashMap<>();
        if (!again.isEmpty()) {
            this.session.list(
                    this.session.dialect().selectDeaths(),
                    row -> deaths.put(row.number("task_id"), row.integer("deaths")),
                    again,
                    TaskCodes.of(StoredAttempt.Outcome.LOST));
        }
        return deaths;
    }

    private static @Nullable Object[] finished(
            RunningRow row, int state, int recoveries, @Nullable Instant startedAt, Instant now) {
        return new @Nullable Object[] {
            row.taskId(),
            row.queueId(),
            row.kindId(),
            state,
            row.retriesUsed(),
            recoveries,
            row.worker(),
            startedAt,
            now,
            null
        };
    }
}
