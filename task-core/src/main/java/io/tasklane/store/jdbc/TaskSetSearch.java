package io.tasklane.store.jdbc;

import io.tasklane.TaskState;
import io.tasklane.store.TaskSetAdministration.Cursor;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds the tasks that a change of many tasks concerns, page by page and without locks, each page by the index of its table. */
final class TaskSetSearch {

    private final SqlSession session;

    private final TaskSetScope scope;

    TaskSetSearch(SqlSession session, TaskSetScope scope) {
        this.session = session;
        this.scope = scope;
    }

    /** Where a state begins. */
    static Cursor startOf(Instant since, long audit, int state) {
        return new Cursor(since, audit, state, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** Counts those in one state. */
    long count(TaskState state) throws SQLException {
        TaskSetQuery query = TaskSetQuery.of(this.scope, state);
        return this.session
                .one(query.select("COUNT(*) AS tasks"), row -> row.number("tasks"), query.values())
                .orElseThrow();
    }

    /** Returns the next page of one state. */
    Page find(TaskState state, Cursor after, int limit) throws SQLException {
        List<Found> found = switch (state) {
            case QUEUED -> ready(after, limit);
            case RUNNING -> byId(state, "s.task_id", after, limit);
            case BLOCKED -> byId(state, "s.queue_id, s.task_id", after, limit);
            case SCHEDULED -> timed(state, "s.run_at", "s.queue_id, s.run_at, s.task_id", after, limit);
            default -> timed(state, "s.finished_at", "s.queue_id, s.state, s.finished_at, s.task_id", after, limit);
        };
        if (found.isEmpty()) {
            return new Page(found, null);
        }
        Found last = found.get(found.size() - 1);
        return new Page(found, new Cursor(after.since(), after.audit(), after.state(), last.first(), last.second()));
    }

    // Of one priority at a time: within it the primary key leads to the next row.
    private List<Found> ready(Cursor after, int limit) throws SQLException {
        long band = after.first();
        long seq = after.second();
        while (true) {
            List<Found> found = band == Long.MIN_VALUE ? List.of() : ready((int) band, seq, limit);
            OptionalLong next = found.isEmpty() ? nextBand(band) : OptionalLong.empty();
            if (next.isEmpty()) {
                return found;
            }
            band = next.getAsLong();
            seq = Long.MIN_VALUE;
        }
    }

    private List<Found> ready(int band, long seq, int limit) throws SQLException {
        TaskSetQuery query = TaskSetQuery.of(this.scope, TaskState.QUEUED)
                .and("s.band = ?", band)
                .and("s.seq > ?", seq);
        return this.session.list(
                query.select("s.task_id, s.seq, t.priority", "s.queue_id, s.band, s.seq"),
                row -> new Found(row.number("task_id"), band, row.number("seq"), row.integer("priority")),
                query.valuesAnd(limit));
    }

    private OptionalLong nextBand(long band) throws SQLException {
        Integer next = this.session
                .list(
                        this.session.dialect().selectNextBand(),
                        row -> row.integerOrNull("band"),
                        this.scope.queueId(),
                        band)
                .get(0);
        return next != null ? OptionalLong.of(next) : OptionalLong.empty();
    }

    private List<Found> byId(TaskState state, String order, Cursor after, int limit) throws SQLException {
        TaskSetQuery query = TaskSetQuery.of(this.scope, state).and("s.task_id > ?", after.second());
        return this.session.list(
                query.select("s.task_id, t.priority", order),
                row -> new Found(row.number("task_id"), 0, row.number("task_id"), row.integer("priority")),
                query.valuesAnd(limit));
    }

    private List<Found> timed(TaskState state, String column, String order, Cursor after, int limit)
            throws SQLException {
        TaskSetQuery query = TaskSetQuery.of(this.scope, state);
        if (after.first() != Long.MIN_VALUE) {
            Instant time = Instant.EPOCH.plus(after.first(), ChronoUnit.MICROS);
            query.and(column + " >= ?", time).and("(%s > ? OR s.task_id > ?)".formatted(column), time, after.second());
        }
        return this.session.list(
                query.select("s.task_id, t.priority, %s AS found_at".formatted(column), order),
                row -> new Found(
                        row.number("task_id"),
                        Objects.requireNonNull(Micros.sinceEpoch(row.time("found_at"))),
                        row.number("task_id"),
                        row.integer("priority")),
                query.valuesAnd(limit));
    }

    /** A task, the keys of its place in the search, and its priority. */
    record Found(long id, long first, long second, int priority) {}

    /**
     * Some tasks.
     *
     * @param found the tasks; of those that are QUEUED all of one priority
     * @param last where the page ends, null if there is nothing more in this state
     */
    record Page(List<Found> found, @Nullable Cursor last) {}
}
