package io.tasklane.benchmark.peer;

import io.tasklane.benchmark.database.Database;

/**
 * The rows that Tasklane's design writes, history included, in its own tables: what a queue of this design can do when nothing but
 * SQL is in the way. To be kept in step with the columns of the store.
 */
final class HistorySql implements BareSql {

    private static final String TIME = "timestamptz 'epoch' + %s * interval '1 microsecond'";

    @Override
    public String description() {
        return "the tables and columns of Tasklane, history kept";
    }

    @Override
    public void createTables(Database database) throws Exception {
        new Tasklane().createTables(database);
    }

    @Override
    public String unfinished() {
        return "SELECT 1 FROM tasklane_ready UNION ALL SELECT 1 FROM tasklane_running";
    }

    @Override
    public String insertOne() {
        return """
                WITH t AS (
                    INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload, version)
                    VALUES (?, 1, 1, 0, 3, now(), NULL, ?, 1) RETURNING id)
                INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, ready_at)
                SELECT 1, 0, id, 1, now() FROM t""";
    }

    @Override
    public String insertMany() {
        return """
                WITH i AS (SELECT * FROM unnest(?::bigint[], ?::text[]) AS i(id, payload)),
                t AS (
                    INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload, version)
                    SELECT id, 1, 1, 0, 3, now(), NULL, payload, 1 FROM i)
                INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, ready_at)
                SELECT 1, 0, id, 1, now() FROM i""";
    }

    @Override
    public String claim() {
        return """
                WITH c AS MATERIALIZED (
                    SELECT ctid FROM tasklane_ready WHERE queue_id = 1 ORDER BY band, seq LIMIT ? FOR UPDATE SKIP LOCKED),
                d AS (DELETE FROM tasklane_ready r USING c WHERE r.ctid = c.ctid RETURNING r.*),
                l AS (
                    INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
                        recoveries, ready_at, claimed_at, unreadable_since, suspect, ahead)
                    SELECT task_id, 1, 1, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, now(),
                        unreadable_since, suspect, false FROM d
                    RETURNING task_id)
                SELECT t.id, t.payload FROM l JOIN tasklane_task t ON t.id = l.task_id""";
    }

    @Override
    public String complete() {
        return """
                WITH a AS (
                    SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS a(id, started, finished)),
                x AS (
                    DELETE FROM tasklane_running r USING a WHERE r.task_id = a.id
                    RETURNING r.task_id, r.queue_id, r.kind_id, r.retries_used, r.recoveries, r.worker_id, a.started,
                        a.finished)
                INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
                    started_at, finished_at)
                SELECT task_id, queue_id, kind_id, 1, retries_used, recoveries, worker_id, %s, %s FROM x""".formatted(TIME.formatted("started"), TIME.formatted("finished"));
    }
}
