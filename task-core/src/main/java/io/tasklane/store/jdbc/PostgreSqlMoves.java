package io.tasklane.store.jdbc;

import io.tasklane.TaskError;
import io.tasklane.store.MayHaveRun;
import io.tasklane.store.NewTask;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskKey;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.jdbc.ClaimHints.Segment;
import io.tasklane.store.jdbc.SqlSession.SqlArray;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Moves by one statement each: PostgreSQL can delete rows and insert them elsewhere at once. */
final class PostgreSqlMoves implements TaskMoves {

    private final ClaimHints hints;

    private final TaskMoves stepwise = new StepwiseMoves();

    PostgreSqlMoves(ClaimHints hints) {
        this.hints = hints;
    }

    @Override
    public boolean areStatements() {
        return true;
    }

    @Override
    public void insert(SqlSession session, List<TaskRow> rows) throws SQLException {
        List<TaskRow> keyed =
                rows.stream().filter(row -> row.task().key() != null).toList();
        if (keyed.isEmpty()) {
            insertUnkeyed(session, rows);
            return;
        }
        List<TaskRow> unkeyed =
                rows.stream().filter(row -> row.task().key() == null).toList();
        if (!unkeyed.isEmpty()) {
            insertUnkeyed(session, unkeyed);
        }
        insertKeyed(session, keyed);
    }

    private static void insertUnkeyed(SqlSession session, List<TaskRow> rows) throws SQLException {
        boolean later = rows.stream().anyMatch(row -> startsLater(row.task()));
        if (rows.size() == 1 && !later) {
            insertOne(session, rows.get(0));
            return;
        }
        if (!later && areAlike(rows)) {
            insertAlike(session, rows);
            return;
        }
        List<@Nullable Object> values = values(rows);
        if (later) {
            addTimes(values, rows);
        }
        session.update(
                later ? PostgreSqlStatements.INSERT_AT_ONCE : PostgreSqlStatements.INSERT_READY, values.toArray());
    }

    private static boolean areAlike(List<TaskRow> rows) {
        TaskRow first = rows.get(0);
        for (TaskRow row : rows) {
            if (row.queueId() != first.queueId()
                    || row.kindId() != first.kindId()
                    || row.task().priority() != first.task().priority()
                    || row.task().retries() != first.task().retries()
                    || row.task().version() != first.task().version()) {
                return false;
            }
        }
        return true;
    }

    private static void insertAlike(SqlSession session, List<TaskRow> rows) throws SQLException {
        TaskRow first = rows.get(0);
        session.update(
                PostgreSqlStatements.INSERT_ALIKE,
                first.queueId(),
                first.kindId(),
                first.task().priority(),
                first.task().retries(),
                first.task().version(),
                array("bigint", rows, row -> row.task().id().value()),
                array("text", rows, row -> HeaderText.format(row.task().headers())),
                array("text", rows, row -> row.task().payload()));
    }

    private static void insertKeyed(SqlSession session, List<TaskRow> rows) throws SQLException {
        List<@Nullable Object> values = values(rows);
        addTimes(values, rows);
        values.add(array("text", rows, row -> key(row).name()));
        values.add(array("int", rows, row -> key(row).limit()));
        values.add(array("smallint", rows, row -> (short) TaskCodes.of(key(row).hold())));
        session.update(PostgreSqlStatements.INSERT_KEYED, values.toArray());
    }

    private static TaskKey key(TaskRow row) {
        return Objects.requireNonNull(row.task().key());
    }

    private static List<@Nullable Object> values(List<TaskRow> rows) {
        return new ArrayList<>(List.of(
                array("bigint", rows, row -> row.task().id().value()),
                array("int", rows, TaskRow::queueId),
                array("int", rows, TaskRow::kindId),
                array("int", rows, row -> row.task().priority()),
                array("int", rows, row -> row.task().retries()),
                array("text", rows, row -> HeaderText.format(row.task().headers())),
                array("text", rows, row -> row.task().payload()),
                array("int", rows, row -> row.task().version())));
    }

    private static void addTimes(List<@Nullable Object> values, List<TaskRow> rows) {
        values.add(array("bigint", rows, row -> micros(row.task().delay())));
        values.add(array("timestamptz", rows, row -> time(row.task().runAt())));
    }

    private static boolean startsLater(NewTask task) {
        return task.delay() != null || task.runAt() != null;
    }

    private static void insertOne(SqlSession session, TaskRow row) throws SQLException {
        session.update(
                PostgreSqlStatements.INSERT_ONE,
                row.task().id().value(),
                row.queueId(),
                row.kindId(),
                row.task().priority(),
                row.task().retries(),
                HeaderText.format(row.task().headers()),
                row.task().payload(),
                row.task().version());
    }

    private static @Nullable Long micros(@Nullable Duration delay) {
        return delay != null ? Micros.of(delay) : null;
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant != null ? instant.atOffset(ZoneOffset.UTC).toString() : null;
    }

    @Override
    public List<ClaimedRow> claim(SqlSession session, ClaimCommand command) throws SQLException {
        // Before the claim: afterwards the transaction would take what it has claimed for gone.
        List<Segment> segments = this.hints.segments(session, command.queueId(), command.excludedKinds());
        long start = System.nanoTime();
        Map<Integer, Integer> kindLimits = command.kindLimits();
        List<@Nullable Object> values = new ArrayList<>(List.of(
                array("int", segments, Segment::band),
                array("int", segments, Segment::lastBand),
                array("bigint", segments, Segment::seq),
                array("bigint", segments, Segment::floorVersion),
                command.queueId(),
                command.queueId(),
                array("int", command.excludedKinds(), kind -> kind),
                command.suspect(),
                command.limit(),
                command.worker(),
                command.queueId(),
                command.limit()));
        if (!kindLimits.isEmpty()) {
            List<Integer> kinds = List.copyOf(kindLimits.keySet());
            values.add(array("int", kinds, kind -> kind));
            values.add(array("int", kinds, kindLimits::get));
        }
        values.addAll(List.of(command.worker(), command.token(), command.free()));
        List<ClaimedRow> claimed = session.list(statement(command), PostgreSqlMoves::claimed, values.toArray());
        this.hints.claimed(command.queueId(), command.excludedKinds(), claimed, System.nanoTime() - start);
        return claimed;
    }

    private static String statement(ClaimCommand command) {
        if (command.kindLimits().isEmpty()) {
            return command.limited() ? PostgreSqlStatements.CLAIM_LIMITED : PostgreSqlStatements.CLAIM_AT_ONCE;
        }
        return command.limited() ? PostgreSqlStatements.CLAIM_LIMITED_BY_KIND : PostgreSqlStatements.CLAIM_BY_KIND;
    }

    private static ClaimedRow claimed(SqlRow row) throws SQLException {
        return new ClaimedRow(
                row.number("task_id"),
                row.integer("queue_id"),
                row.integer("band"),
                row.number("seq"),
                row.integer("kind_id"),
                row.integer("retries"),
                row.integer("retries_used"),
                row.integer("recoveries"),
                row.textOrNull("payload"),
                row.integer("version"),
                row.textOrNull("headers"),
                row.time("ready_at"),
                row.time("claimed_at"),
                row.timeOrNull("unreadable_since"),
                row.flag("suspect"),
                row.integer("key_until"));
    }

    @Override
    public Set<Long> complete(SqlSession session, List<TaskCompletion> completions) throws SQLException {
        List<TaskCompletion> succeeded = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        for (TaskCompletion completion : completions) {
            AttemptRow row = AttemptRow.of(completion.outcome());
            if (row == null) {
                succeeded.add(completion);
            } else if (row.outcome() != StoredAttempt.Outcome.CANCELLED) {
                attempts.add(new Attempt(completion, row));
            }
        }
        Set<Long> accepted = new HashSet<>();
        if (!succeeded.isEmpty()) {
            accepted.addAll(session.list(
                    PostgreSqlStatements.SUCCEED_AT_ONCE, row -> row.number("task_id"), successes(succeeded)));
        }
        if (!attempts.isEmpty()) {
            accepted.addAll(session.list(
                    PostgreSqlStatements.END_ATTEMPTS_AT_ONCE, row -> row.number("task_id"), attempts(attempts)));
        }
        if (accepted.size() < completions.size()) {
            accepted.addAll(cancel(session, completions, accepted));
        }
        return accepted;
    }

    // The other statements leave out what was cancelled.
    private static List<Long> cancel(SqlSession session, List<TaskCompletion> completions, Set<Long> accepted)
            throws SQLException {
        List<TaskCompletion> rest = completions.stream()
                .filter(completion ->
                        !accepted.contains(completion.lease().task().value()))
                .toList();
        return session.list(PostgreSqlStatements.CANCEL_AT_ONCE, row -> row.number("task_id"), cancelled(rest));
    }

    @Override
    public boolean succeed(SqlSession session, TaskCompletion completion) throws SQLException {
        return !session.list(
                        PostgreSqlStatements.SUCCEED_IN_TRANSACTION,
                        row -> row.number("task_id"),
                        completion.lease().task().value(),
                        completion.lease().worker(),
                        completion.lease().token(),
                        completion.startedAt(),
                        completion.finishedAt(),
                        ((TaskOutcome.Succeeded) completion.outcome()).result())
                .isEmpty();
    }

    private static @Nullable Object[] successes(List<TaskCompletion> rows) {
        SqlArray ids = array("bigint", rows, row -> row.lease().task().value());
        return new @Nullable Object[] {
            ids,
            array("bigint", rows, row -> row.lease().worker()),
            array("bigint", rows, row -> row.lease().token()),
            array("bigint", rows, row -> Micros.sinceEpoch(row.startedAt())),
            array("bigint", rows, row -> Micros.sinceEpoch(row.finishedAt())),
            array("text", rows, row -> ((TaskOutcome.Succeeded) row.outcome()).result()),
            ids
        };
    }

    private static @Nullable Object[] cancelled(List<TaskCompletion> rows) {
        SqlArray ids = array("bigint", rows, row -> row.lease().task().value());
        return new @Nullable Object[] {
            ids,
            array("bigint", rows, row -> row.lease().worker()),
            array("bigint", rows, row -> row.lease().token()),
            array("bigint", rows, row -> Micros.sinceEpoch(row.startedAt())),
            array("bigint", rows, row -> Micros.sinceEpoch(row.finishedAt())),
            array("boolean", rows, row -> row.outcome() instanceof TaskOutcome.Cancelled),
            ids
        };
    }

    private static @Nullable Object[] attempts(List<Attempt> rows) {
        SqlArray ids =
                array("bigint", rows, row -> row.completion().lease().task().value());
        return new @Nullable Object[] {
            ids,
            array("bigint", rows, row -> row.completion().lease().worker()),
            array("bigint", rows, row -> row.completion().lease().token()),
            array("bigint", rows, row -> Micros.sinceEpoch(row.completion().startedAt())),
            array("bigint", rows, row -> Micros.sinceEpoch(row.completion().finishedAt())),
            array("smallint", rows, row -> (short) TaskCodes.of(row.change().outcome())),
            array(
                    "bigint",
                    rows,
                    row -> row.change().delay() != null ? row.change().delayMicros() : null),
            array("int", rows, row -> row.change().retry()),
            array("int", rows, row -> row.change().recovery()),
            array("text", rows, row -> error(row, TaskError::type)),
            array("text", rows, row -> error(row, TaskError::message)),
            array("text", rows, row -> error(row, TaskError::stack)),
            array(
                    "boolean",
                    rows,
                    row -> row.change().isWritten(row.completion().startedAt())),
            ids,
            MayHaveRun.GIVEN_BACK.type(),
            MayHaveRun.GIVEN_BACK.message(),
            MayHaveRun.GIVEN_BACK.stack()
        };
    }

    private static @Nullable String error(Attempt row, Function<TaskError, @Nullable String> part) {
        TaskError error = row.change().error();
        return error != null ? part.apply(error) : null;
    }

    @Override
    public PromotedRows promote(SqlSession session, int limit) throws SQLException {
        List<Integer> ready = new ArrayList<>();
        int all = session.list(
                        PostgreSqlStatements.PROMOTE_AT_ONCE,
                        row -> row.flag("needs_key") || ready.add(row.integer("queue_id")),
                        limit)
                .size();
        return new PromotedRows(ready, all - ready.size());
    }

    // Rare enough for small steps.
    @Override
    public RecoveredRows recover(SqlSession session, Collection<Long> deadWorkers, int maxRecoveries, int limit)
            throws SQLException {
        return this.stepwise.recover(session, deadWorkers, maxRecoveries, limit);
    }

    static <T> SqlArray array(String type, List<T> rows, Function<T, @Nullable Object> value) {
        @Nullable Object[] values = typed(type, rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return new SqlArray(type, values);
    }

    // The driver sends an array of numbers in binary form only if it is declared as one.
    private static @Nullable Object[] typed(String type, int size) {
        return switch (type) {
            case "bigint" -> new @Nullable Long[size];
            case "int" -> new @Nullable Integer[size];
            case "smallint" -> new @Nullable Short[size];
            case "boolean" -> new @Nullable Boolean[size];
            default -> new @Nullable String[size];
        };
    }

    /** An attempt that did not succeed, and what it changes. */
    private record Attempt(TaskCompletion completion, AttemptRow change) {}
}
