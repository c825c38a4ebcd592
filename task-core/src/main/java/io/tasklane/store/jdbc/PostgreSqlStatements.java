package io.tasklane.store.jdbc;

/** The statements with which PostgreSQL moves tasks, each in one go. For the templates see {@link TaskSqlDialect}. */
final class PostgreSqlStatements {

    /**
     * Rows are found by their indexes, whatever the statistics say: those of a queue are stale as soon as they are made, and a
     * plan that is kept was often made while the tables were empty; then all plans are alike, and making one anew for every number of
     * rows only costs time. Goes with the statement, in one round trip, and ends with
     * the transaction. Not SET LOCAL: for that an implicit transaction draws a warning in the log of the server.
     */
    private static final String SETTINGS =
            "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),"
                    + " set_config('enable_nestloop', '%s', true),"
                    + " set_config('plan_cache_mode', 'force_generic_plan', true);\n";

    static final String BY_INDEX = SETTINGS.formatted("on");

    /**
     * For rows whose keys are given: one probe of the index for each key, and then a merge. A nested loop looks as cheap to the
     * planner while it takes the table for small, and goes through all given keys for every row: measured, a completion of 200
     * tasks took 15 ms instead of 2.
     */
    private static final String BY_KEY = SETTINGS.formatted("off");

    /** From its hint on, or from further back if tasks were put back since. */
    private static final String FROM_HINT = """
            CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
                WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END""";

    /** The lowest place is that of the last seconds; who has not looked for longer starts from the beginning. */
    private static final String LOWER_FLOOR = """

                    ON CONFLICT (queue_id, band) DO UPDATE SET version = {p}floor.version + 1,
                        since = CASE WHEN {p}floor.lowered_at < excluded.lowered_at - interval '10 seconds'
                            THEN {p}floor.version ELSE {p}floor.since END,
                        seq = CASE WHEN {p}floor.lowered_at < excluded.lowered_at - interval '10 seconds'
                            THEN excluded.seq ELSE least({p}floor.seq, excluded.seq) END,
                        lowered_at = excluded.lowered_at""";

    /** The times of attempts, which come as numbers: as text both sides spend a microsecond on each of them. */
    private static final String ATTEMPT_TIMES = """
            timestamptz 'epoch' + started_us * interval '1 microsecond' AS started_at,
                        timestamptz 'epoch' + finished_us * interval '1 microsecond' AS finished_at""";

    private static final String INTO_READY = """
             RETURNING id, queue_id, kind_id, priority, created_at)
            INSERT INTO {p}ready (queue_id, band, task_id, kind_id, ready_at)
            SELECT queue_id, -priority, id, kind_id, created_at FROM t""";

    /**
     * One task that does not start later. Its first row takes the id of the transaction, and so before the seq, on which
     * {@link ClaimHints} relies.
     */
    static final String INSERT_ONE = """
            WITH t AS (
                INSERT INTO {p}task (id, queue_id, kind_id, priority, retries, created_at, headers, payload, version)
                VALUES (?, ?, ?, ?, ?, {now}, ?, ?, ?)""" + INTO_READY;

    /** Tasks that do not start later: row by row, in the order of the arrays, without a sort or a copy of them. */
    static final String INSERT_READY = """
            WITH t AS (
                INSERT INTO {p}task (id, queue_id, kind_id, priority, retries, created_at, headers, payload, version)
                SELECT id, queue_id, kind_id, priority, retries, {now}, headers, payload, version
                FROM unnest(?::bigint[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[], ?::int[])
                    AS i(id, queue_id, kind_id, priority, retries, headers, payload, version)""" + INTO_READY;

    /** The same, of one name, queue, priority and version, as most batches are: what is the same is sent once. */
    static final String INSERT_ALIKE = """
            WITH t AS (
                INSERT INTO {p}task (queue_id, kind_id, priority, retries, version, created_at, id, headers, payload)
                SELECT ?, ?, ?, ?, ?, {now}, i.id, i.headers, i.payload
                FROM unnest(?::bigint[], ?::text[], ?::text[]) AS i(id, headers, payload)""" + INTO_READY;

    /** Takes the id of the transaction before any seq, on which {@link ClaimHints} relies. */
    static final String INSERT_AT_ONCE = """
                WITH i AS (
                    SELECT u.*, pg_current_xact_id() AS transaction_id
                    FROM unnest(?::bigint[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[],
                        ?::int[], ?::bigint[], ?::timestamptz[]) WITH ORDINALITY
                    AS u(id, queue_id, kind_id, priority, retries, headers, payload, version, delay_us, run_at, number)),
                s AS (
                    SELECT i.*, coalesce(run_at, {now} + delay_us * interval '1 microsecond', {now}) AS start_at FROM i),
                t AS (
                    INSERT INTO {p}task (id, queue_id, kind_id, priority, retries, created_at, headers, payload,
                        version)
                    SELECT id, queue_id, kind_id, priority, retries, {now}, headers, payload, version FROM i),
                d AS (
                    INSERT INTO {p}due (run_at, task_id, queue_id, band, kind_id)
                    SELECT start_at, id, queue_id, -priority, kind_id FROM s WHERE start_at > {now})
                INSERT INTO {p}ready (queue_id, band, task_id, kind_id, ready_at)
                SELECT queue_id, -priority, id, kind_id, {now} FROM s WHERE start_at <= {now} ORDER BY number""";

    /** Tasks with a key: those that start later wait to be due, the others to be looked at. */
    static final String INSERT_KEYED = """
                WITH i AS (
                    SELECT * FROM unnest(?::bigint[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[],
                        ?::int[], ?::bigint[], ?::timestamptz[], ?::text[], ?::int[], ?::smallint[]) WITH ORDINALITY
                    AS u(id, queue_id, kind_id, priority, retries, headers, payload, version, delay_us, run_at,
                        concurrency_key, key_limit, key_until, number)),
                s AS (
                    SELECT i.*, coalesce(run_at, {now} + delay_us * interval '1 microsecond', {now}) AS start_at FROM i),
                t AS (
                    INSERT INTO {p}task (id, queue_id, kind_id, priority, retries, created_at, headers, payload,
                        version, concurrency_key, key_limit, key_until)
                    SELECT id, queue_id, kind_id, priority, retries, {now}, headers, payload, version, concurrency_key,
                        key_limit, key_until
                    FROM i),
                d AS (
                    INSERT INTO {p}due (run_at, task_id, queue_id, band, kind_id, needs_key)
                    SELECT start_at, id, queue_id, -priority, kind_id, true FROM s WHERE start_at > {now})
                INSERT INTO {p}blocked (task_id, queue_id, band, kind_id, concurrency_key, key_limit)
                SELECT id, queue_id, -priority, kind_id, concurrency_key, key_limit
                FROM s WHERE start_at <= {now} ORDER BY number""";

    /** The first tasks of each key that wait for it, by a few steps through the index. */
    static final String WAITING_FOR_KEYS = """
                SELECT w.* FROM unnest(?::text[]) AS k(name) CROSS JOIN LATERAL (
                    SELECT b.* FROM {p}blocked b WHERE b.concurrency_key = k.name AND b.waiting
                    ORDER BY b.concurrency_key, b.waiting, b.seq LIMIT ?) w""";

    /** Of the rows that were found those that are claimed: a suspect only as the first. */
    private static final String CHOSEN = """
            SELECT f.id, row_number() OVER () AS number
                    FROM (SELECT id, suspect, row_number() OVER () AS number FROM c) f
                    WHERE NOT f.suspect OR f.number = 1""";

    /** The same where single kinds are limited: not more of each than that. */
    private static final String CHOSEN_BY_KIND = """
            SELECT f.id, row_number() OVER (ORDER BY f.number) AS number
                    FROM (
                        SELECT g.*, row_number() OVER (PARTITION BY g.kind_id ORDER BY g.number) AS of_kind
                        FROM (SELECT id, suspect, kind_id, row_number() OVER () AS number FROM c) g) f
                    LEFT JOIN unnest(?::int[], ?::int[]) AS k(kind_id, most) ON k.kind_id = f.kind_id
                    WHERE (NOT f.suspect OR f.number = 1) AND (k.most IS NULL OR f.of_kind <= k.most)""";

    /**
     * Looks at the segments of {@link ClaimHints} one after the other. By ctid, and materialized: whatever the statistics say, the rows are found once and by the index.
     */
    static final String CLAIM_AT_ONCE = claim(CommonSql.UNLIMITED, false, CHOSEN);

    /** The same from a queue whose limits the transaction keeps. */
    static final String CLAIM_LIMITED = claim("true", true, CHOSEN);

    /** The same where single kinds are limited. */
    static final String CLAIM_BY_KIND = claim(CommonSql.UNLIMITED, false, CHOSEN_BY_KIND);

    static final String CLAIM_LIMITED_BY_KIND = claim("true", true, CHOSEN_BY_KIND);

    /** Index-only, and of these queues alone: the others do not stand in the index. */
    static final String COUNT_RUNNING =
            BY_INDEX + "SELECT COUNT(*) AS running FROM {p}running WHERE queue_id = ? AND counted";

    /** What is locked is about to end. To wait for it might be to wait for somebody who waits for the queue. */
    static final String COUNT_FROM_NOW_ON = """
                UPDATE {p}running SET counted = true WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM {p}running WHERE queue_id = ? AND NOT counted FOR UPDATE SKIP LOCKED))""";

    /**
     * What {@link ClaimHints} has to know to move its hints: which transactions run, and whether from a hint
     * to a candidate there is nothing left that this node could claim. The limit is for the index to be used.
     */
    static final String LOOK_AT_HINTS = BY_INDEX + """
                WITH s AS MATERIALIZED (
                    SELECT i.band, i.end_seq, coalesce(f.version, 0) AS floor_version,
                        %s AS seq
                    FROM unnest(?::int[], ?::bigint[], ?::bigint[], ?::bigint[]) AS i(band, seq, floor_version, end_seq)
                    LEFT JOIN {p}floor f ON f.queue_id = ? AND f.band = i.band)
                SELECT s.band, s.floor_version,
                    pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
                    pg_current_xact_id()::text::bigint AS own_transaction,
                    (SELECT 1 FROM {p}ready r
                        WHERE r.queue_id = ? AND r.band = s.band AND r.seq >= s.seq AND r.seq < s.end_seq
                            AND r.kind_id <> ALL (?)
                        ORDER BY r.seq LIMIT 1) IS NULL AS is_clear
                FROM s""".formatted(FROM_HINT);

    /** The bands of a queue by a few steps through the index, each with the place behind its last row. */
    static final String LOOK_AT_BANDS = BY_INDEX + """
                WITH RECURSIVE b(band, steps) AS (
                    (SELECT band, 1 FROM {p}ready WHERE queue_id = ? ORDER BY band LIMIT 1)
                    UNION ALL
                    SELECT (SELECT r.band FROM {p}ready r WHERE r.queue_id = ? AND r.band > b.band ORDER BY r.band LIMIT 1),
                        b.steps + 1
                    FROM b WHERE b.band IS NOT NULL AND b.steps <= ?)
                SELECT b.band, (
                    SELECT r.seq + 1 FROM {p}ready r WHERE r.queue_id = ? AND r.band = b.band ORDER BY r.seq DESC LIMIT 1
                    ) AS end_seq
                FROM b WHERE b.band IS NOT NULL""";

    /** In the order of the key, so that two transactions never wait for each other. */
    static final String LOWER_FLOORS = """
                INSERT INTO {p}floor (queue_id, band, version, since, seq, lowered_at)
                SELECT queue_id, band, 1, 0, min(seq), {now}
                FROM unnest(?::int[], ?::int[], ?::bigint[]) AS r(queue_id, band, seq)
                GROUP BY queue_id, band ORDER BY queue_id, band""" + LOWER_FLOOR;

    /** Leaves out what was cancelled. */
    static final String SUCCEED_AT_ONCE = BY_KEY + """
                WITH a AS (
                    SELECT task_id, worker_id, token, %s, result
                    FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                        AS a(task_id, worker_id, token, started_us, finished_us, result)),
                x AS (
                    DELETE FROM {p}running r USING a
                    WHERE r.task_id = ANY (?::bigint[])
                        AND r.task_id = a.task_id AND r.worker_id = a.worker_id AND r.token = a.token
                        AND r.cancelled_at IS NULL
                    RETURNING r.task_id, r.queue_id, r.kind_id, r.retries_used, r.recoveries, r.worker_id,
                        a.started_at, coalesce(a.finished_at, {now}) AS finished_at, a.result)
                INSERT INTO {p}finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
                    started_at, finished_at, result)
                SELECT task_id, queue_id, kind_id, 1, retries_used, recoveries, worker_id, started_at, finished_at, result
                FROM x RETURNING task_id""".formatted(ATTEMPT_TIMES);

    /** One task, unless it was cancelled; without settings, which would go on to apply to the transaction of the host. */
    static final String SUCCEED_IN_TRANSACTION = """
                WITH x AS (
                    DELETE FROM {p}running
                    WHERE task_id = ? AND worker_id = ? AND token = ? AND cancelled_at IS NULL
                    RETURNING task_id, queue_id, kind_id, retries_used, recoveries, worker_id)
                INSERT INTO {p}finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
                    started_at, finished_at, result)
                SELECT task_id, queue_id, kind_id, 1, retries_used, recoveries, worker_id, ?::timestamptz,
                    coalesce(?::timestamptz, {now}), ?::text
                FROM x RETURNING task_id""";

    /**
     * Outcomes by their code: 1 RETRIED, 2 FAILED, 3 RELEASED, 4 POSTPONED; without a delay back to the old place. All of them
     * are FAILED for a task that may start only once, and has. Leaves out what was cancelled.
     */
    static final String END_ATTEMPTS_AT_ONCE = BY_KEY + """
                WITH a AS (
                    SELECT task_id, worker_id, token, %s, outcome, delay_us, retry, recovery, error_class,
                        error_message, error_stack, is_written, number
                    FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::smallint[],
                        ?::bigint[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[], ?::boolean[])
                        WITH ORDINALITY
                    AS a(task_id, worker_id, token, started_us, finished_us, outcome, delay_us, retry, recovery,
                        error_class, error_message, error_stack, is_written, number)),
                x AS (
                    DELETE FROM {p}running r USING a
                    WHERE r.task_id = ANY (?::bigint[])
                        AND r.task_id = a.task_id AND r.worker_id = a.worker_id AND r.token = a.token
                        AND r.cancelled_at IS NULL
                    RETURNING r.task_id, r.queue_id, r.band, r.seq, r.kind_id, r.worker_id, r.ready_at, r.suspect,
                        r.retries_used + CASE WHEN r.started THEN 0 ELSE a.retry END AS retries_used,
                        r.recoveries + CASE WHEN r.started THEN 0 ELSE a.recovery END AS recoveries,
                        CASE WHEN a.outcome = 4 THEN coalesce(r.unreadable_since, {now})
                            WHEN a.outcome = 3 THEN r.unreadable_since END AS unreadable_since,
                        coalesce(a.started_at, CASE WHEN r.started THEN r.claimed_at END) AS started_at,
                        coalesce(a.finished_at, {now}) AS finished_at,
                        CASE WHEN r.started THEN 2 ELSE a.outcome END AS outcome,
                        CASE WHEN NOT r.started THEN a.delay_us END AS delay_us,
                        CASE WHEN r.started AND a.error_class IS NULL THEN ? ELSE a.error_class END AS error_class,
                        CASE WHEN r.started AND a.error_class IS NULL THEN ? ELSE a.error_message END AS error_message,
                        CASE WHEN r.started AND a.error_class IS NULL THEN ? ELSE a.error_stack END AS error_stack,
                        a.is_written OR r.started AS is_written, a.number),
                t AS (
                    INSERT INTO {p}attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
                        finished_at, error_class, error_message, error_stack)
                    SELECT task_id, 1 + coalesce((SELECT max(o.number) FROM {p}attempt o WHERE o.task_id = x.task_id), 0),
                        outcome, worker_id, retries_used, recoveries, started_at, finished_at, error_class,
                        error_message, error_stack
                    FROM x WHERE is_written),
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
                        unreadable_since, suspect)
                    SELECT queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at, unreadable_since,
                        suspect
                    FROM x WHERE delay_us IS NULL AND outcome <> 2),
                g AS (
                    INSERT INTO {p}floor (queue_id, band, version, since, seq, lowered_at)
                    SELECT queue_id, band, 1, 0, min(seq), {now} FROM x WHERE delay_us IS NULL AND outcome <> 2
                    GROUP BY queue_id, band ORDER BY queue_id, band""".formatted(ATTEMPT_TIMES) + LOWER_FLOOR + """
                ),
                b AS (
                    INSERT INTO {p}ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
                        unreadable_since)
                    SELECT queue_id, band, task_id, kind_id, retries_used, recoveries, {now}, unreadable_since
                    FROM x WHERE delay_us = 0 ORDER BY number)
                SELECT task_id FROM x""";

    /** Ends what was cancelled, whatever its outcome; and what its worker gives up because it was. */
    static final String CANCEL_AT_ONCE = BY_KEY + """
                WITH a AS (
                    SELECT task_id, worker_id, token, %s, is_cancelled
                    FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::boolean[])
                        AS a(task_id, worker_id, token, started_us, finished_us, is_cancelled)),
                x AS (
                    DELETE FROM {p}running r USING a
                    WHERE r.task_id = ANY (?::bigint[])
                        AND r.task_id = a.task_id AND r.worker_id = a.worker_id AND r.token = a.token
                        AND (r.cancelled_at IS NOT NULL OR a.is_cancelled)
                    RETURNING r.task_id, r.queue_id, r.kind_id, r.retries_used, r.recoveries, r.worker_id,
                        coalesce(a.started_at, CASE WHEN r.started THEN r.claimed_at END) AS started_at,
                        coalesce(a.finished_at, {now}) AS finished_at),
                t AS (
                    INSERT INTO {p}attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
                        finished_at)
                    SELECT task_id, 1 + coalesce((SELECT max(o.number) FROM {p}attempt o WHERE o.task_id = x.task_id), 0),
                        6, worker_id, retries_used, recoveries, started_at, finished_at
                    FROM x WHERE started_at IS NOT NULL)
                INSERT INTO {p}finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
                    started_at, finished_at)
                SELECT task_id, queue_id, kind_id, 3, retries_used, recoveries, worker_id, started_at, finished_at
                FROM x RETURNING task_id""".formatted(ATTEMPT_TIMES);

    static final String PROMOTE_AT_ONCE = BY_INDEX + """
                WITH c AS MATERIALIZED (
                    SELECT ctid FROM {p}due WHERE run_at <= {now} ORDER BY run_at, task_id LIMIT ?
                    FOR UPDATE SKIP LOCKED),
                d AS (DELETE FROM {p}due t USING c WHERE t.ctid = c.ctid RETURNING t.*),
                b AS (
                    INSERT INTO {p}blocked (task_id, queue_id, band, kind_id, concurrency_key, key_limit, retries_used,
                        recoveries, unreadable_since)
                    SELECT d.task_id, d.queue_id, d.band, d.kind_id, t.concurrency_key, t.key_limit, d.retries_used,
                        d.recoveries, d.unreadable_since
                    FROM d JOIN {p}task t ON t.id = d.task_id WHERE d.needs_key ORDER BY d.run_at, d.task_id),
                r AS (
                    INSERT INTO {p}ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
                        unreadable_since)
                    SELECT queue_id, band, task_id, kind_id, retries_used, recoveries, {now}, unreadable_since
                    FROM d WHERE NOT needs_key ORDER BY run_at, task_id)
                SELECT queue_id, needs_key FROM d""";

    private PostgreSqlStatements() {}

    private static String claim(String limits, boolean counted, String chosen) {
        return BY_INDEX
                + """
                WITH s AS MATERIALIZED (
                    SELECT i.band, i.last_band, i.number,
                        %s AS seq
                    FROM unnest(?::int[], ?::int[], ?::bigint[], ?::bigint[]) WITH ORDINALITY
                        AS i(band, last_band, seq, floor_version, number)
                    LEFT JOIN {p}floor f ON f.queue_id = ? AND f.band = i.band
                    ORDER BY i.number),
                c AS MATERIALIZED (
                    SELECT n.id, n.suspect, n.kind_id FROM s CROSS JOIN LATERAL (
                        SELECT r.ctid AS id, r.suspect, r.kind_id FROM {p}ready r
                        WHERE r.queue_id = ? AND (r.band, r.seq) >= (s.band, s.seq) AND r.band <= s.last_band
                            AND r.kind_id <> ALL (?) AND (? OR NOT r.suspect)
                        ORDER BY r.band, r.seq LIMIT ? FOR UPDATE SKIP LOCKED) n
                    WHERE EXISTS (SELECT 1 FROM {p}worker w WHERE w.id = ? AND w.dead_at IS NULL)
                        AND EXISTS (SELECT 1 FROM {p}queue q WHERE q.id = ? AND %s AND %s)
                    LIMIT ?),
                n AS (
                    %s),
                d AS (DELETE FROM {p}ready r USING n WHERE r.ctid = n.id RETURNING r.*, n.number),
                l AS (
                    INSERT INTO {p}running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
                        recoveries, ready_at, claimed_at, unreadable_since, suspect, ahead, counted)
                    SELECT task_id, ?, ?, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, {now},
                        unreadable_since, suspect, NOT suspect AND number > ?, %s
                    FROM d
                    RETURNING *)
                SELECT l.task_id, l.queue_id, l.band, l.seq, l.kind_id, l.retries_used, l.recoveries, l.ready_at,
                    l.claimed_at, l.unreadable_since, l.suspect, t.retries, t.headers, %s, t.version,
                    t.key_until
                FROM l JOIN {p}task t ON t.id = l.task_id
                ORDER BY l.band, l.seq""".formatted(FROM_HINT, CommonSql.OPEN, limits, chosen, counted, TaskSqlDialect.SMALL_PAYLOAD);
    }
}
