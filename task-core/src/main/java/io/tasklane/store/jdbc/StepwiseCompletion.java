package io.tasklane.store.jdbc;

import io.tasklane.TaskError;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskOutcome;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one batch of completions in steps. */
final class StepwiseCompletion {

    private static final TaskOutcome CANCELLED = new TaskOutcome.Cancelled();

    private final SqlSession session;

    private final TaskSqlDialect sql;

    private final List<@Nullable Object[]> finished = new ArrayList<>();

    private final List<@Nullable Object[]> attempts = new ArrayList<>();

    private final List<@Nullable Object[]> due = new ArrayList<>();

    private final List<@Nullable Object[]> inPlace = new ArrayList<>();

    private final List<@Nullable Object[]> atTheBack = new ArrayList<>();

    StepwiseCompletion(SqlSession session) {
        this.session = session;
        this.sql = session.dialect();
    }

    /** Returns the ids of the tasks whose lease was the current one. */
    Set<Long> complete(List<TaskCompletion> completions) throws SQLException {
        List<Long> ids = completions.stream()
                .map(completion -> completion.lease().task().value())
                .toList();
        Map<Long, RunningRow> running = new HashMap<>();
        for (RunningRow row : this.session.list(this.sql.lockRunning(), RunningRow::read, ids)) {
            running.put(row.taskId(), row);
        }
        Map<Long, TaskCompletion> accepted = new HashMap<>();
        List<TaskCompletion> inOrder = new ArrayList<>();
        for (TaskCompletion completion : completions) {
            TaskLease lease = completion.lease();
            RunningRow row = running.get(lease.task().value());
            if (row != null
                    && row.worker() == lease.worker()
                    && row.token() == lease.token()
                    && accepted.putIfAbsent(row.taskId(), completion) == null) {
                inOrder.add(completion);
            }
        }
        if (!inOrder.isEmpty()) {
            this.session.update(this.sql.deleteRunning(), accepted.keySet());
            write(inOrder, running);
        }
        return accepted.keySet();
    }

    /** Writes a success, unless the task was cancelled. Returns whether it was written. */
    boolean succeed(TaskCompletion completion) throws SQLException {
        TaskLease lease = completion.lease();
        List<Long> id = List.of(lease.task().value());
        RunningRow row = this.session
                .one(this.sql.lockRunning(), RunningRow::read, id)
                .filter(found -> found.worker() == lease.worker() && found.token() == lease.token())
                .orElse(null);
        if (row == null || row.isCancelled()) {
            return false;
        }
        this.session.update(this.sql.deleteRunning(), id);
        write(List.of(completion), Map.of(row.taskId(), row));
        return true;
    }

    private void write(List<TaskCompletion> completions, Map<Long, RunningRow> running) throws SQLException {
        Instant now = this.session.now();
        Map<Long, Integer> lastAttempts = lastAttempts(completions, running);
        for (TaskCompletion completion : completions) {
            RunningRow row =
                    Objects.requireNonNull(running.get(completion.lease().task().value()));
            TaskOutcome outcome = row.isCancelled() ? CANCELLED : completion.outcome();
            AttemptRow attempt = attempt(outcome, row);
            Instant startedAt =
                    row.started() && completion.startedAt() == null ? row.claimedAt() : completion.startedAt();
            Instant finishedAt = completion.finishedAt() != null ? completion.finishedAt() : now;
            if (attempt == null) {
                String result = ((TaskOutcome.Succeeded) outcome).result();
                finish(row, row.retriesUsed(), row.recoveries(), TaskCodes.SUCCEEDED, startedAt, finishedAt, result);
                continue;
            }
            int retriesUsed = row.retriesUsed() + attempt.retry();
            int recoveries = row.recoveries() + attempt.recovery();
            int number = lastAttempts.getOrDefault(row.taskId(), 0) + 1;
            if (attempt.isWritten(startedAt)) {
                this.attempts.add(attempt(row, number, attempt, retriesUsed, recoveries, startedAt, finishedAt));
            }
            if (attempt.outcome() == StoredAttempt.Outcome.FAILED) {
                finish(row, retriesUsed, recoveries, TaskCodes.FAILED, startedAt, finishedAt, null);
            } else if (attempt.outcome() == StoredAttempt.Outcome.CANCELLED) {
                finish(row, retriesUsed, recoveries, TaskCodes.CANCELLED, startedAt, finishedAt, null);
            } else {
                putBack(row, attempt, retriesUsed, recoveries, now);
            }
        }
        this.session.insertAll(this.sql.insertFinished(), this.finished);
        this.session.insertAll(this.sql.insertAttempts(), this.attempts);
        this.session.insertAll(this.sql.insertDue(), this.due);
        this.session.insertAll(this.sql.insertReadyInPlace(), this.inPlace);
        this.session.insertAll(this.sql.insertReady(), this.atTheBack);
    }

    private static @Nullable AttemptRow attempt(TaskOutcome outcome, RunningRow row) {
        AttemptRow attempt = AttemptRow.of(outcome);
        return attempt != null && row.started() && !(outcome instanceof TaskOutcome.Cancelled)
                ? attempt.ofStarted()
                : attempt;
    }

    private Map<Long, Integer> lastAttempts(List<TaskCompletion> completions, Map<Long, RunningRow> running)
            throws SQLException {
        Set<Long> cancelled = running.values().stream()
                .filter(RunningRow::isCancelled)
                .map(RunningRow::taskId)
                .collect(Collectors.toSet());
        List<Long> ids = completions.stream()
                .filter(completion -> !(completion.outcome() instanceof TaskOutcome.Succeeded)
                        || cancelled.contains(completion.lease().task().value()))
                .map(completion -> completion.lease().task().value())
                .toList();
        return lastAttempts(this.session, ids);
    }

    static Map<Long, Integer> lastAttempts(SqlSession session, List<Long> ids) throws SQLException {
        Map<Long, Integer> numbers = new HashMap<>();
        if (!ids.isEmpty()) {
            session.list(
                    session.dialect().selectLastAttempts(),
                    row -> numbers.put(row.number("task_id"), row.integer("number")),
                    ids);
        }
        return numbers;
    }

    private void finish(
            RunningRow row,
            int retriesUsed,
            int recoveries,
            int state,
            @Nullable Instant startedAt,
            Instant finishedAt,
            @Nullable String result) {
        this.finished.add(new @Nullable Object[] {
            row.taskId(),
            row.queueId(),
            row.kindId(),
            state,
            retriesUsed,
            recoveries,
            row.worker(),
            startedAt,
            finishedAt,
            result
        });
    }

    static @Nullable Object[] attempt(
            RunningRow row,
            int number,
            AttemptRow attempt,
            int retriesUsed,
            int recoveries,
            @Nullable Instant startedAt,
            Instant finishedAt) {
        TaskError error = attempt.error();
        return new @Nullable Object[] {
            row.taskId(),
            number,
            TaskCodes.of(attempt.outcome()),
            row.worker(),
            retriesUsed,
            recoveries,
            startedAt,
            finishedAt,
            error != null ? error.type() : null,
            error != null ? error.message() : null,
            error != null ? error.stack() : null
        };
    }

    private void putBack(RunningRow row, AttemptRow attempt, int retriesUsed, int recoveries, Instant now) {
        Instant unreadableSince = attempt.unreadableSince(row.unreadableSince(), now);
        if (attempt.delay() == null) {
            this.inPlace.add(inPlace(row, recoveries, row.suspect()));
        } else if (attempt.delayMicros() > 0) {
            this.due.add(new @Nullable Object[] {
                Micros.after(now, attempt.delay()),
                row.taskId(),
                row.queueId(),
                row.band(),
                row.kindId(),
                retriesUsed,
                recoveries,
                unreadableSince,
                false
            });
        } else {
            this.atTheBack.add(new @Nullable Object[] {
                row.queueId(), row.band(), row.taskId(), row.kindId(), retriesUsed, recoveries, now, unreadableSince
            });
        }
    }

    static @Nullable Object[] inPlace(RunningRow row, int recoveries, boolean suspect) {
        return new @Nullable Object[] {
            row.queueId(),
            row.band(),
            row.seq(),
            row.taskId(),
            row.kindId(),
            row.retriesUsed(),
            recoveries,
            row.readyAt(),
            row.unreadableSince(),
            suspect
        };
    }
}
