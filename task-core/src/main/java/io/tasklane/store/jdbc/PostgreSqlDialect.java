package io.tasklane.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
final class PostgreSqlDialect extends TaskSqlDialect {

    private final TaskMoves moves = new PostgreSqlMoves(this);

    PostgreSqlDialect(JdbcStoreSettings settings) {
        super(settings);
    }

    @Override
    String databaseTime() {
        return "statement_timestamp()";
    }

    @Override
    String literal(Instant instant) {
        return "timestamptz '%s'".formatted(instant);
    }

    @Override
    void bindTime(PreparedStatement statement, int index, Instant instant) throws SQLException {
        statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
    }

    @Override
    @Nullable
    Instant readTime(ResultSet rows, String column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time != null ? time.toInstant() : null;
    }

    @Override
    long nextIdBlock(SqlSession session) throws SQLException {
        return session.list("SELECT nextval('{p}id_seq') AS block", row -> row.number("block"))
                .get(0);
    }

    @Override
    boolean insertsManyRowsAtOnce() {
        return false;
    }

    @Override
    TaskMoves moves() {
        return this.moves;
    }

    String insertAtOnce() {
        return """
                WITH i AS (
                    SELECT * FROM unnest(?::bigint[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[],
                        ?::bigint[], ?::timestamptz[]) WITH ORDINALITY
                    AS i(id, queue_id, kind_id, priority, retries, headers, payload, delay_us, run_at, number)),
                s AS (
                    SELECT i.*, coalesce(run_at, {now} + delay_us * interval '1 microsecond', {now}) AS start_at FROM i),
                t AS (
                    INSERT INTO {p}task (id, queue_id, kind_id, priority, retries, created_at, headers, payload)
                    SELECT id, queue_id, kind_id, priority, retries, {now}, headers, payload FROM i),
                d AS (
                    INSERT INTO {p}due (run_at, task_id, queue_id, band, kind_id)
                    SELECT start_at, id, queue_id, -priority, kind_id FROM s WHERE start_at > {now})
                INSERT INTO {p}ready (queue_id, band, task_id, kind_id, ready_at)
                SELECT queue_id, -priority, id, kind_id, {now} FROM s WHERE start_at <= {now} ORDER BY number""";
    }

    /** By ctid, and materialized: whatever the statistics say, the rows are found once and by the index. */
    String claimAtOnce() {
        return """
                WITH c AS MATERIALIZED (
                    SELECT r.ctid FROM {p}ready r
                    WHERE r.queue_id = ? AND r.kind_id <> ALL (?)
                        AND EXISTS (SELECT 1 FROM {p}worker w WHERE w.id = ? AND w.dead_at IS NULL)
                        AND EXISTS (SELECT 1 FROM {p}queue q WHERE q.id = ? AND NOT q.paused)
                    ORDER BY r.band, r.seq LIMIT ? FOR UPDATE OF r SKIP LOCKED),
                d AS (DELETE FROM {p}ready r USING c WHERE r.ctid = c.ctid RETURNING r.*),
                l AS (
                    INSERT INTO {p}running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
                        recoveries, ready_at, claimed_at, unreadable_since)
                    SELECT task_id, ?, ?, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, {now},
                        unreadable_since FROM d
                    RETURNING *)
                SELECT l.*, t.retries, t.headers, t.payload FROM l JOIN {p}task t ON t.id = l.task_id
                ORDER BY l.band, l.seq""";
    }

    String succeedAtOnce() {
        return """
                WITH a AS (
                    SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[],
                        ?::text[]) AS a(task_id, worker_id, token, started_at, finished_at, result)),
                x AS (
                    DELETE FROM {p}running r USING a
                    WHERE r.task_id = a.task_id AND r.worker_id = a.worker_id AND r.token = a.token
                    RETURNING r.task_id, r.queue_id, r.kind_id, r.retries_used, r.recoveries, r.worker_id,
                        a.started_at, coalesce(a.finished_at, {now}) AS finished_at, a.result)
                INSERT INTO {p}finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
                    started_at, finished_at, result)
                SELECT task_id, queue_id, kind_id, 1, retries_used, recoveries, worker_id, started_at, finished_at, result
                FROM x RETURNING task_id""";
    }

    /** Outcomes by their code: 1 RETRIED, 2 FAILED, 3 RELEASED, 4 POSTPONED; without a delay back to the old place. */
    String endAttemptsAtOnce() {
        return """
                WITH a AS (
                    SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[],
                        ?::smallint[], ?::bigint[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY
                    AS a(task_id, worker_id, token, started_at, finished_at, outcome, delay_us, retry, recovery,
                        error_class, error_message, error_stack, number)),
                x AS (
                    DELETE FROM {p}running r USING a
                    WHERE r.task_id = a.task_id AND r.worker_id = a.worker_id AND r.token = a.token
                    RETURNING r.task_id, r.queue_id, r.band, r.seq, r.kind_id, r.worker_id, r.ready_at,
                        r.retries_used + a.retry AS retries_used, r.recoveries + a.recovery AS recoveries,
                        CASE WHEN a.outcome = 4 THEN coalesce(r.unreadable_since, {now}) ELSE r.unreadable_since END
                            AS unreadable_since,
                        a.started_at, coalesce(a.finished_at, {now}) AS finished_at, a.outcome, a.delay_us,
                        a.error_class, a.error_message, a.error_stack, a.number),
                t AS (
                    INSERT INTO {p}attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
                        finished_at, error_class, error_message, error_stack)
                    SELECT task_id, 1 + coalesce((SELECT max(o.number) FROM {p}attempt o WHERE o.task_id = x.task_id), 0),
                        outcome, worker_id, retries_used, recoveries, started_at, finished_at, error_class,
                        error_message, error_stack
                    FROM x),
                f AS (
                    INSERT INTO {p}finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
                        started_at, finished_at)
                    SELECT task_id, queue_id, kind_id, 2, retries_used, recoveries, worker_id, started_at, finished_at
                    FROM x WHERE outcome = 2),
                d AS (
                    INSERT INTO {p}due (run_at, task_id, queue_id, band, kind_id, retries_used, recoveries,
                        unreadable_since)
                    SELECT {now} + delay_us * interval '1 microsecond', task_id, queue_id, band, kind_id, retries_used,
                        recoveries, unreadable_since
                    FROM x WHERE delay_us > 0),
                p AS (
                    INSERT INTO {p}ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
                        unreadable_since)
                    SELECT queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at, unreadable_since
                    FROM x WHERE delay_us IS NULL AND outcome <> 2),
                b AS (
                    INSERT INTO {p}ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
                        unreadable_since)
                    SELECT queue_id, band, task_id, kind_id, retries_used, recoveries, {now}, unreadable_since
                    FROM x WHERE delay_us = 0 ORDER BY number)
                SELECT task_id FROM x""";
    }

    String promoteAtOnce() {
        return """
                WITH c AS MATERIALIZED (
                    SELECT ctid FROM {p}due WHERE run_at <= {now} ORDER BY run_at, task_id LIMIT ?
                    FOR UPDATE SKIP LOCKED),
                d AS (DELETE FROM {p}due t USING c WHERE t.ctid = c.ctid RETURNING t.*)
                INSERT INTO {p}ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
                    unreadable_since)
                SELECT queue_id, band, task_id, kind_id, retries_used, recoveries, {now}, unreadable_since
                FROM d ORDER BY run_at, task_id RETURNING queue_id""";
    }
}
