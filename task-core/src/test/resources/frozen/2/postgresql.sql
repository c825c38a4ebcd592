-- queues are declared
SELECT * FROM tasklane_queue WHERE name_lower = 'email'
--> no rows
INSERT INTO tasklane_queue (name, name_lower, concurrency, retries, default_priority, backoff_initial_ms,
    backoff_multiplier, backoff_max_ms, backoff_jitter)
VALUES ('email', 'email', 4, 2, 7, 1000, 1.5, 60000, 0.5)
--> updated 1
COMMIT
--> done
SELECT * FROM tasklane_queue WHERE name_lower = 'email'
--> id=2 | name=email | name_lower=email | paused=f | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
COMMIT
--> done

-- entries of two applications are applied, and one of them once more
SELECT * FROM tasklane_queue WHERE name_lower = 'reports' FOR UPDATE
--> no rows
INSERT INTO tasklane_queue (name, name_lower, concurrency, retries, default_priority, backoff_initial_ms,
    backoff_multiplier, backoff_max_ms, backoff_jitter)
VALUES ('reports', 'reports', 2, null, null, null, null, null, null)
--> updated 1
SELECT application, hash, number, superseded_at FROM tasklane_queue_source
WHERE queue_id = 3 ORDER BY number
--> no rows
UPDATE tasklane_queue_source SET superseded_at = timestamptz '2026-01-01T00:00:00Z'
WHERE queue_id = 3 AND application = 'shop' AND superseded_at IS NULL
--> updated 0
UPDATE tasklane_queue_source SET number = 1, applied_at = timestamptz '2026-01-01T00:00:00Z', superseded_at = NULL
WHERE queue_id = 3 AND application = 'shop' AND hash = 'hash-1'
--> updated 0
INSERT INTO tasklane_queue_source (queue_id, application, hash, number, applied_at)
VALUES (3, 'shop', 'hash-1', 1, timestamptz '2026-01-01T00:00:00Z')
--> updated 1
COMMIT
--> done
SELECT * FROM tasklane_queue WHERE name_lower = 'reports' FOR UPDATE
--> id=3 | name=reports | name_lower=reports | paused=f | concurrency=2 | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
SELECT application, hash, number, superseded_at FROM tasklane_queue_source
WHERE queue_id = 3 ORDER BY number
--> application=shop | hash=hash-1 | number=1 | superseded_at=null
COMMIT
--> done
SELECT * FROM tasklane_queue WHERE name_lower = 'reports' FOR UPDATE
--> id=3 | name=reports | name_lower=reports | paused=f | concurrency=2 | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
SELECT application, hash, number, superseded_at FROM tasklane_queue_source
WHERE queue_id = 3 ORDER BY number
--> application=shop | hash=hash-1 | number=1 | superseded_at=null
UPDATE tasklane_queue_source SET superseded_at = timestamptz '2026-01-01T00:00:00Z'
WHERE queue_id = 3 AND application = 'shop' AND superseded_at IS NULL
--> updated 1
UPDATE tasklane_queue_source SET number = 2, applied_at = timestamptz '2026-01-01T00:00:00Z', superseded_at = NULL
WHERE queue_id = 3 AND application = 'shop' AND hash = 'hash-2'
--> updated 0
INSERT INTO tasklane_queue_source (queue_id, application, hash, number, applied_at)
VALUES (3, 'shop', 'hash-2', 2, timestamptz '2026-01-01T00:00:00Z')
--> updated 1
UPDATE tasklane_queue SET concurrency = 3, retries = null, default_priority = null, backoff_initial_ms = null,
    backoff_multiplier = null, backoff_max_ms = null, backoff_jitter = null
WHERE id = 3
--> updated 1
COMMIT
--> done
SELECT * FROM tasklane_queue WHERE name_lower = 'reports' FOR UPDATE
--> id=3 | name=reports | name_lower=reports | paused=f | concurrency=3 | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
SELECT application, hash, number, superseded_at FROM tasklane_queue_source
WHERE queue_id = 3 ORDER BY number
--> application=shop | hash=hash-1 | number=1 | superseded_at=2026-01-01T00:00:00Z
--> application=shop | hash=hash-2 | number=2 | superseded_at=null
COMMIT
--> done
SELECT * FROM tasklane_queue WHERE name_lower = 'reports' FOR UPDATE
--> id=3 | name=reports | name_lower=reports | paused=f | concurrency=3 | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
SELECT application, hash, number, superseded_at FROM tasklane_queue_source
WHERE queue_id = 3 ORDER BY number
--> application=shop | hash=hash-1 | number=1 | superseded_at=2026-01-01T00:00:00Z
--> application=shop | hash=hash-2 | number=2 | superseded_at=null
UPDATE tasklane_queue_source SET superseded_at = timestamptz '2026-01-01T00:00:00Z'
WHERE queue_id = 3 AND application = 'billing' AND superseded_at IS NULL
--> updated 0
UPDATE tasklane_queue_source SET number = 3, applied_at = timestamptz '2026-01-01T00:00:00Z', superseded_at = NULL
WHERE queue_id = 3 AND application = 'billing' AND hash = 'hash-3'
--> updated 0
INSERT INTO tasklane_queue_source (queue_id, application, hash, number, applied_at)
VALUES (3, 'billing', 'hash-3', 3, timestamptz '2026-01-01T00:00:00Z')
--> updated 1
UPDATE tasklane_queue SET concurrency = null, retries = 1, default_priority = null, backoff_initial_ms = null,
    backoff_multiplier = null, backoff_max_ms = null, backoff_jitter = null
WHERE id = 3
--> updated 1
COMMIT
--> done

-- queues are paused and resumed
UPDATE tasklane_queue SET paused = true WHERE name = 'reports'
--> updated 1
COMMIT
--> done
UPDATE tasklane_queue SET paused = true WHERE name = 'email'
--> updated 1
COMMIT
--> done
UPDATE tasklane_queue SET paused = false WHERE name = 'email'
--> updated 1
COMMIT
--> done

-- queues are read
SELECT * FROM tasklane_queue WHERE name_lower = 'email'
--> id=2 | name=email | name_lower=email | paused=f | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
COMMIT
--> done
SELECT * FROM tasklane_queue
--> id=1 | name=default | name_lower=default | paused=f | concurrency=null | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
--> id=3 | name=reports | name_lower=reports | paused=t | concurrency=null | retries=1 | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
--> id=2 | name=email | name_lower=email | paused=f | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
COMMIT
--> done

-- names of tasks
SELECT id, name FROM tasklane_kind
--> no rows
COMMIT
--> done
INSERT INTO tasklane_kind (name) VALUES ('Mailer.welcome')
--> updated 1
COMMIT
--> done
SELECT id, name FROM tasklane_kind
--> id=1 | name=Mailer.welcome
COMMIT
--> done
INSERT INTO tasklane_kind (name) VALUES ('Reports.monthly')
--> updated 1
COMMIT
--> done
SELECT id, name FROM tasklane_kind
--> id=1 | name=Mailer.welcome
--> id=2 | name=Reports.monthly
COMMIT
--> done
INSERT INTO tasklane_kind (name) VALUES ('Unknown.task')
--> updated 1
COMMIT
--> done
SELECT id, name FROM tasklane_kind
--> id=1 | name=Mailer.welcome
--> id=2 | name=Reports.monthly
--> id=3 | name=Unknown.task
COMMIT
--> done

-- two workers join
INSERT INTO tasklane_worker (application, host, pid, queues, concurrency, running, started_at, heartbeat_at)
VALUES ('shop', 'node-1', 4711, 'default,email,reports', 10, 0, timestamptz '2026-01-01T00:00:00Z', timestamptz '2026-01-01T00:00:00Z')
--> updated 1
COMMIT
--> done
INSERT INTO tasklane_worker (application, host, pid, queues, concurrency, running, started_at, heartbeat_at)
VALUES ('shop', 'node-1', 4711, 'default,email,reports', 10, 0, timestamptz '2026-01-01T00:00:00Z', timestamptz '2026-01-01T00:00:00Z')
--> updated 1
COMMIT
--> done
UPDATE tasklane_worker SET application = 'shop', host = 'node-1', pid = 4711, queues = 'default,email,reports', concurrency = 10, running = 2,
    heartbeat_at = timestamptz '2026-01-01T00:00:00Z'
WHERE id = 1 AND dead_at IS NULL
--> updated 1
COMMIT
--> done

-- tasks are inserted, one and many
SELECT nextval('tasklane_id_seq') AS block
--> block=1
COMMIT
--> done
SELECT * FROM tasklane_queue
--> id=1 | name=default | name_lower=default | paused=f | concurrency=null | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
--> id=3 | name=reports | name_lower=reports | paused=t | concurrency=null | retries=1 | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
--> id=2 | name=email | name_lower=email | paused=f | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
WITH i AS (
    SELECT u.*, pg_current_xact_id() AS transaction_id
    FROM unnest('{"1"}'::bigint[], '{"2"}'::int[], '{"1"}'::int[], '{"0"}'::int[], '{"3"}'::int[], '{"traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}'::text[], '{"{\"name\":\"O''Brien\"}"}'::text[],
        '{NULL}'::bigint[], '{NULL}'::timestamptz[]) WITH ORDINALITY
    AS u(id, queue_id, kind_id, priority, retries, headers, payload, delay_us, run_at, number)),
s AS (
    SELECT i.*, coalesce(run_at, timestamptz '2026-01-01T00:00:00Z' + delay_us * interval '1 microsecond', timestamptz '2026-01-01T00:00:00Z') AS start_at FROM i),
t AS (
    INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload)
    SELECT id, queue_id, kind_id, priority, retries, timestamptz '2026-01-01T00:00:00Z', headers, payload FROM i),
d AS (
    INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id)
    SELECT start_at, id, queue_id, -priority, kind_id FROM s WHERE start_at > timestamptz '2026-01-01T00:00:00Z')
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, ready_at)
SELECT queue_id, -priority, id, kind_id, timestamptz '2026-01-01T00:00:00Z' FROM s WHERE start_at <= timestamptz '2026-01-01T00:00:00Z' ORDER BY number
--> updated 1
COMMIT
--> done
WITH i AS (
    SELECT u.*, pg_current_xact_id() AS transaction_id
    FROM unnest('{"2","3","4","5","6","7","8","9","10","11"}'::bigint[], '{"2","2","2","2","2","2","2","2","2","3"}'::int[], '{"3","1","1","1","1","1","1","1","1","2"}'::int[], '{"9","5","5","-5","0","0","0","0","0","0"}'::int[], '{"3","3","3","3","3","3","3","3","3","3"}'::int[], '{"traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}'::text[], '{"{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}"}'::text[],
        '{NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL}'::bigint[], '{NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL}'::timestamptz[]) WITH ORDINALITY
    AS u(id, queue_id, kind_id, priority, retries, headers, payload, delay_us, run_at, number)),
s AS (
    SELECT i.*, coalesce(run_at, timestamptz '2026-01-01T00:00:00Z' + delay_us * interval '1 microsecond', timestamptz '2026-01-01T00:00:00Z') AS start_at FROM i),
t AS (
    INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload)
    SELECT id, queue_id, kind_id, priority, retries, timestamptz '2026-01-01T00:00:00Z', headers, payload FROM i),
d AS (
    INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id)
    SELECT start_at, id, queue_id, -priority, kind_id FROM s WHERE start_at > timestamptz '2026-01-01T00:00:00Z')
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, ready_at)
SELECT queue_id, -priority, id, kind_id, timestamptz '2026-01-01T00:00:00Z' FROM s WHERE start_at <= timestamptz '2026-01-01T00:00:00Z' ORDER BY number
--> updated 10
COMMIT
--> done

-- some of them for later
WITH i AS (
    SELECT u.*, pg_current_xact_id() AS transaction_id
    FROM unnest('{"12","13","14"}'::bigint[], '{"1","1","1"}'::int[], '{"1","1","1"}'::int[], '{"1","1","1"}'::int[], '{"3","3","3"}'::int[], '{"traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}'::text[], '{"{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}","{\"name\":\"O''Brien\"}"}'::text[],
        '{"60000000",NULL,NULL}'::bigint[], '{NULL,"2026-01-01T00:01:30Z","2026-01-02T00:00Z"}'::timestamptz[]) WITH ORDINALITY
    AS u(id, queue_id, kind_id, priority, retries, headers, payload, delay_us, run_at, number)),
s AS (
    SELECT i.*, coalesce(run_at, timestamptz '2026-01-01T00:00:00Z' + delay_us * interval '1 microsecond', timestamptz '2026-01-01T00:00:00Z') AS start_at FROM i),
t AS (
    INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload)
    SELECT id, queue_id, kind_id, priority, retries, timestamptz '2026-01-01T00:00:00Z', headers, payload FROM i),
d AS (
    INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id)
    SELECT start_at, id, queue_id, -priority, kind_id FROM s WHERE start_at > timestamptz '2026-01-01T00:00:00Z')
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, ready_at)
SELECT queue_id, -priority, id, kind_id, timestamptz '2026-01-01T00:00:00Z' FROM s WHERE start_at <= timestamptz '2026-01-01T00:00:00Z' ORDER BY number
--> updated 0
COMMIT
--> done

-- a worker looks for work and claims
SELECT 0 AS queue_id, MIN(run_at) AS next_at, timestamptz '2026-01-01T00:00:00Z' AS now_at FROM tasklane_due
UNION ALL SELECT q.id, NULL, timestamptz '2026-01-01T00:00:00Z' FROM tasklane_queue q
WHERE q.id IN (1, 2, 3, 3) AND NOT q.paused AND EXISTS (
    SELECT 1 FROM tasklane_ready r WHERE r.queue_id = q.id AND r.kind_id NOT IN (3))
--> queue_id=0 | next_at=2026-01-01T00:01:00Z | now_at=2026-01-01T00:00:00Z
--> queue_id=2 | next_at=null | now_at=2026-01-01T00:00:00Z
COMMIT
--> done
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.last_band, i.number,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-2147483648"}'::int[], '{"2147483647"}'::int[], '{"0"}'::bigint[], '{"0"}'::bigint[]) WITH ORDINALITY
        AS i(band, last_band, seq, floor_version, number)
    LEFT JOIN tasklane_floor f ON f.queue_id = 2 AND f.band = i.band
    ORDER BY i.number),
c AS MATERIALIZED (
    SELECT n.id, n.suspect FROM s CROSS JOIN LATERAL (
        SELECT r.ctid AS id, r.suspect FROM tasklane_ready r
        WHERE r.queue_id = 2 AND (r.band, r.seq) >= (s.band, s.seq) AND r.band <= s.last_band
            AND r.kind_id <> ALL ('{"3"}') AND (true OR NOT r.suspect)
        ORDER BY r.band, r.seq LIMIT 6 FOR UPDATE SKIP LOCKED) n
    WHERE EXISTS (SELECT 1 FROM tasklane_worker w WHERE w.id = 1 AND w.dead_at IS NULL)
        AND EXISTS (SELECT 1 FROM tasklane_queue q WHERE q.id = 2 AND NOT q.paused)
    LIMIT 6),
n AS (SELECT id, suspect, row_number() OVER () AS number FROM c),
d AS (
    DELETE FROM tasklane_ready r USING n WHERE r.ctid = n.id AND (NOT n.suspect OR n.number = 1)
    RETURNING r.*, n.number),
l AS (
    INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
        recoveries, ready_at, claimed_at, unreadable_since, suspect, ahead)
    SELECT task_id, 1, 1, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, timestamptz '2026-01-01T00:00:00Z',
        unreadable_since, suspect, NOT suspect AND number > 6
    FROM d
    RETURNING *)
SELECT l.*, t.retries, t.headers, t.payload FROM l JOIN tasklane_task t ON t.id = l.task_id
ORDER BY l.band, l.seq
--> task_id=3 | worker_id=1 | token=1 | queue_id=2 | band=-5 | seq=3 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> task_id=4 | worker_id=1 | token=1 | queue_id=2 | band=-5 | seq=4 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> task_id=1 | worker_id=1 | token=1 | queue_id=2 | band=0 | seq=1 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> task_id=6 | worker_id=1 | token=1 | queue_id=2 | band=0 | seq=6 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> task_id=7 | worker_id=1 | token=1 | queue_id=2 | band=0 | seq=7 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> task_id=8 | worker_id=1 | token=1 | queue_id=2 | band=0 | seq=8 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
SELECT task_id, token FROM tasklane_running WHERE worker_id = 1
--> task_id=3 | token=1
--> task_id=4 | token=1
--> task_id=1 | token=1
--> task_id=6 | token=1
--> task_id=7 | token=1
--> task_id=8 | token=1
COMMIT
--> done

-- it completes and claims in one transaction: succeeded with a result and without one
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH a AS (
    SELECT * FROM unnest('{"3","4"}'::bigint[], '{"1","1"}'::bigint[], '{"1","1"}'::bigint[], '{"2026-01-01T00:00:00.001Z","2026-01-01T00:00:00.001Z"}'::timestamptz[], '{"2026-01-01T00:00:00.005Z","2026-01-01T00:00:00.005Z"}'::timestamptz[],
        '{"{\"sent\":true}",NULL}'::text[]) AS a(task_id, worker_id, token, started_at, finished_at, result)),
x AS (
    DELETE FROM tasklane_running r USING a
    WHERE r.task_id = a.task_id AND r.worker_id = a.worker_id AND r.token = a.token
    RETURNING r.task_id, r.queue_id, r.kind_id, r.retries_used, r.recoveries, r.worker_id,
        a.started_at, coalesce(a.finished_at, timestamptz '2026-01-01T00:00:01Z') AS finished_at, a.result)
INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
    started_at, finished_at, result)
SELECT task_id, queue_id, kind_id, 1, retries_used, recoveries, worker_id, started_at, finished_at, result
FROM x RETURNING task_id
--> task_id=3
--> task_id=4
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH RECURSIVE b(band, steps) AS (
    (SELECT band, 1 FROM tasklane_ready WHERE queue_id = 2 ORDER BY band LIMIT 1)
    UNION ALL
    SELECT (SELECT r.band FROM tasklane_ready r WHERE r.queue_id = 2 AND r.band > b.band ORDER BY r.band LIMIT 1),
        b.steps + 1
    FROM b WHERE b.band IS NOT NULL AND b.steps <= 16)
SELECT b.band, (
    SELECT r.seq + 1 FROM tasklane_ready r WHERE r.queue_id = 2 AND r.band = b.band ORDER BY r.seq DESC LIMIT 1
    ) AS end_seq
FROM b WHERE b.band IS NOT NULL
--> band=-9 | end_seq=3
--> band=0 | end_seq=11
--> band=5 | end_seq=6
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.end_seq, coalesce(f.version, 0) AS floor_version,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-9","-5","0","5"}'::int[], '{"0","0","0","0"}'::bigint[], '{"0","0","0","0"}'::bigint[], '{"0","0","0","0"}'::bigint[]) AS i(band, seq, floor_version, end_seq)
    LEFT JOIN tasklane_floor f ON f.queue_id = 2 AND f.band = i.band)
SELECT s.band, s.floor_version,
    pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
    pg_current_xact_id()::text::bigint AS own_transaction,
    (SELECT 1 FROM tasklane_ready r
        WHERE r.queue_id = 2 AND r.band = s.band AND r.seq >= s.seq AND r.seq < s.end_seq
            AND r.kind_id <> ALL ('{"3"}')
        ORDER BY r.seq LIMIT 1) IS NULL AS is_clear
FROM s
--> band=-9 | floor_version=0 | oldest_running=* | own_transaction=* | is_clear=t
--> band=-5 | floor_version=0 | oldest_running=* | own_transaction=* | is_clear=t
--> band=0 | floor_version=0 | oldest_running=* | own_transaction=* | is_clear=t
--> band=5 | floor_version=0 | oldest_running=* | own_transaction=* | is_clear=t
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.last_band, i.number,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-2147483648"}'::int[], '{"2147483647"}'::int[], '{"0"}'::bigint[], '{"0"}'::bigint[]) WITH ORDINALITY
        AS i(band, last_band, seq, floor_version, number)
    LEFT JOIN tasklane_floor f ON f.queue_id = 2 AND f.band = i.band
    ORDER BY i.number),
c AS MATERIALIZED (
    SELECT n.id, n.suspect FROM s CROSS JOIN LATERAL (
        SELECT r.ctid AS id, r.suspect FROM tasklane_ready r
        WHERE r.queue_id = 2 AND (r.band, r.seq) >= (s.band, s.seq) AND r.band <= s.last_band
            AND r.kind_id <> ALL ('{"3"}') AND (true OR NOT r.suspect)
        ORDER BY r.band, r.seq LIMIT 1 FOR UPDATE SKIP LOCKED) n
    WHERE EXISTS (SELECT 1 FROM tasklane_worker w WHERE w.id = 1 AND w.dead_at IS NULL)
        AND EXISTS (SELECT 1 FROM tasklane_queue q WHERE q.id = 2 AND NOT q.paused)
    LIMIT 1),
n AS (SELECT id, suspect, row_number() OVER () AS number FROM c),
d AS (
    DELETE FROM tasklane_ready r USING n WHERE r.ctid = n.id AND (NOT n.suspect OR n.number = 1)
    RETURNING r.*, n.number),
l AS (
    INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
        recoveries, ready_at, claimed_at, unreadable_since, suspect, ahead)
    SELECT task_id, 1, 2, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, timestamptz '2026-01-01T00:00:01Z',
        unreadable_since, suspect, NOT suspect AND number > 1
    FROM d
    RETURNING *)
SELECT l.*, t.retries, t.headers, t.payload FROM l JOIN tasklane_task t ON t.id = l.task_id
ORDER BY l.band, l.seq
--> task_id=9 | worker_id=1 | token=2 | queue_id=2 | band=0 | seq=9 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done

-- it completes: retried later and at once, failed, postponed
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH a AS (
    SELECT * FROM unnest('{"1","6","7","8"}'::bigint[], '{"1","1","1","1"}'::bigint[], '{"1","1","1","1"}'::bigint[], '{"2026-01-01T00:00:00.001Z","2026-01-01T00:00:00.001Z","2026-01-01T00:00:00.001Z",NULL}'::timestamptz[], '{"2026-01-01T00:00:00.005Z","2026-01-01T00:00:00.005Z","2026-01-01T00:00:00.005Z",NULL}'::timestamptz[],
        '{"1","1","2","4"}'::smallint[], '{"60000000","0",NULL,"30000000"}'::bigint[], '{"1","1","0","0"}'::int[], '{"0","0","0","0"}'::int[], '{"java.lang.IllegalStateException","java.lang.IllegalStateException","java.lang.IllegalStateException","java.lang.IllegalStateException"}'::text[], '{"boom","boom","boom","boom"}'::text[], '{"at Mailer.welcome","at Mailer.welcome","at Mailer.welcome","at Mailer.welcome"}'::text[],
        '{"true","true","true","true"}'::boolean[]) WITH ORDINALITY
    AS a(task_id, worker_id, token, started_at, finished_at, outcome, delay_us, retry, recovery,
        error_class, error_message, error_stack, is_written, number)),
x AS (
    DELETE FROM tasklane_running r USING a
    WHERE r.task_id = a.task_id AND r.worker_id = a.worker_id AND r.token = a.token
    RETURNING r.task_id, r.queue_id, r.band, r.seq, r.kind_id, r.worker_id, r.ready_at, r.suspect,
        r.retries_used + a.retry AS retries_used, r.recoveries + a.recovery AS recoveries,
        CASE WHEN a.outcome = 4 THEN coalesce(r.unreadable_since, timestamptz '2026-01-01T00:00:01Z') ELSE r.unreadable_since END
            AS unreadable_since,
        a.started_at, coalesce(a.finished_at, timestamptz '2026-01-01T00:00:01Z') AS finished_at, a.outcome, a.delay_us,
        a.error_class, a.error_message, a.error_stack, a.is_written, a.number),
t AS (
    INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
        finished_at, error_class, error_message, error_stack)
    SELECT task_id, 1 + coalesce((SELECT max(o.number) FROM tasklane_attempt o WHERE o.task_id = x.task_id), 0),
        outcome, worker_id, retries_used, recoveries, started_at, finished_at, error_class,
        error_message, error_stack
    FROM x WHERE is_written),
f AS (
    INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
        started_at, finished_at)
    SELECT task_id, queue_id, kind_id, 2, retries_used, recoveries, worker_id, started_at, finished_at
    FROM x WHERE outcome = 2),
d AS (
    INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id, retries_used, recoveries,
        unreadable_since)
    SELECT timestamptz '2026-01-01T00:00:01Z' + delay_us * interval '1 microsecond', task_id, queue_id, band, kind_id, retries_used,
        recoveries, unreadable_since
    FROM x WHERE delay_us > 0),
p AS (
    INSERT INTO tasklane_ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
        unreadable_since, suspect)
    SELECT queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at, unreadable_since,
        suspect
    FROM x WHERE delay_us IS NULL AND outcome <> 2),
g AS (
    INSERT INTO tasklane_floor (queue_id, band, version, since, seq, lowered_at)
    SELECT queue_id, band, 1, 0, min(seq), timestamptz '2026-01-01T00:00:01Z' FROM x WHERE delay_us IS NULL AND outcome <> 2
    GROUP BY queue_id, band ORDER BY queue_id, band
ON CONFLICT (queue_id, band) DO UPDATE SET version = tasklane_floor.version + 1,
    since = CASE WHEN tasklane_floor.lowered_at < excluded.lowered_at - interval '10 seconds'
        THEN tasklane_floor.version ELSE tasklane_floor.since END,
    seq = CASE WHEN tasklane_floor.lowered_at < excluded.lowered_at - interval '10 seconds'
        THEN excluded.seq ELSE least(tasklane_floor.seq, excluded.seq) END,
    lowered_at = excluded.lowered_at),
b AS (
    INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
        unreadable_since)
    SELECT queue_id, band, task_id, kind_id, retries_used, recoveries, timestamptz '2026-01-01T00:00:01Z', unreadable_since
    FROM x WHERE delay_us = 0 ORDER BY number)
SELECT task_id FROM x
--> task_id=1
--> task_id=6
--> task_id=7
--> task_id=8
COMMIT
--> done

-- a completion whose lease is not the current one
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH a AS (
    SELECT * FROM unnest('{"3"}'::bigint[], '{"1"}'::bigint[], '{"1"}'::bigint[], '{"2026-01-01T00:00:00.001Z"}'::timestamptz[], '{"2026-01-01T00:00:00.005Z"}'::timestamptz[],
        '{NULL}'::text[]) AS a(task_id, worker_id, token, started_at, finished_at, result)),
x AS (
    DELETE FROM tasklane_running r USING a
    WHERE r.task_id = a.task_id AND r.worker_id = a.worker_id AND r.token = a.token
    RETURNING r.task_id, r.queue_id, r.kind_id, r.retries_used, r.recoveries, r.worker_id,
        a.started_at, coalesce(a.finished_at, timestamptz '2026-01-01T00:00:01Z') AS finished_at, a.result)
INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
    started_at, finished_at, result)
SELECT task_id, queue_id, kind_id, 1, retries_used, recoveries, worker_id, started_at, finished_at, result
FROM x RETURNING task_id
--> no rows
COMMIT
--> done

-- tasks are put back: not started, started, and with a recovery
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH RECURSIVE b(band, steps) AS (
    (SELECT band, 1 FROM tasklane_ready WHERE queue_id = 2 ORDER BY band LIMIT 1)
    UNION ALL
    SELECT (SELECT r.band FROM tasklane_ready r WHERE r.queue_id = 2 AND r.band > b.band ORDER BY r.band LIMIT 1),
        b.steps + 1
    FROM b WHERE b.band IS NOT NULL AND b.steps <= 16)
SELECT b.band, (
    SELECT r.seq + 1 FROM tasklane_ready r WHERE r.queue_id = 2 AND r.band = b.band ORDER BY r.seq DESC LIMIT 1
    ) AS end_seq
FROM b WHERE b.band IS NOT NULL
--> band=-9 | end_seq=3
--> band=0 | end_seq=13
--> band=5 | end_seq=6
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.end_seq, coalesce(f.version, 0) AS floor_version,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-9","-5","0","5"}'::int[], '{"0","0","0","0"}'::bigint[], '{"0","0","0","0"}'::bigint[], '{"3","4","8","6"}'::bigint[]) AS i(band, seq, floor_version, end_seq)
    LEFT JOIN tasklane_floor f ON f.queue_id = 2 AND f.band = i.band)
SELECT s.band, s.floor_version,
    pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
    pg_current_xact_id()::text::bigint AS own_transaction,
    (SELECT 1 FROM tasklane_ready r
        WHERE r.queue_id = 2 AND r.band = s.band AND r.seq >= s.seq AND r.seq < s.end_seq
            AND r.kind_id <> ALL ('{"3"}')
        ORDER BY r.seq LIMIT 1) IS NULL AS is_clear
FROM s
--> band=-9 | floor_version=0 | oldest_running=* | own_transaction=* | is_clear=t
--> band=-5 | floor_version=0 | oldest_running=* | own_transaction=* | is_clear=t
--> band=0 | floor_version=0 | oldest_running=* | own_transaction=* | is_clear=t
--> band=5 | floor_version=0 | oldest_running=* | own_transaction=* | is_clear=f
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.last_band, i.number,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-2147483648","-9","-5","0"}'::int[], '{"-10","-6","-1","2147483647"}'::int[], '{"0","3","4","8"}'::bigint[], '{"0","0","0","0"}'::bigint[]) WITH ORDINALITY
        AS i(band, last_band, seq, floor_version, number)
    LEFT JOIN tasklane_floor f ON f.queue_id = 2 AND f.band = i.band
    ORDER BY i.number),
c AS MATERIALIZED (
    SELECT n.id, n.suspect FROM s CROSS JOIN LATERAL (
        SELECT r.ctid AS id, r.suspect FROM tasklane_ready r
        WHERE r.queue_id = 2 AND (r.band, r.seq) >= (s.band, s.seq) AND r.band <= s.last_band
            AND r.kind_id <> ALL ('{"3"}') AND (true OR NOT r.suspect)
        ORDER BY r.band, r.seq LIMIT 3 FOR UPDATE SKIP LOCKED) n
    WHERE EXISTS (SELECT 1 FROM tasklane_worker w WHERE w.id = 1 AND w.dead_at IS NULL)
        AND EXISTS (SELECT 1 FROM tasklane_queue q WHERE q.id = 2 AND NOT q.paused)
    LIMIT 3),
n AS (SELECT id, suspect, row_number() OVER () AS number FROM c),
d AS (
    DELETE FROM tasklane_ready r USING n WHERE r.ctid = n.id AND (NOT n.suspect OR n.number = 1)
    RETURNING r.*, n.number),
l AS (
    INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
        recoveries, ready_at, claimed_at, unreadable_since, suspect, ahead)
    SELECT task_id, 1, 3, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, timestamptz '2026-01-01T00:00:01Z',
        unreadable_since, suspect, NOT suspect AND number > 3
    FROM d
    RETURNING *)
SELECT l.*, t.retries, t.headers, t.payload FROM l JOIN tasklane_task t ON t.id = l.task_id
ORDER BY l.band, l.seq
--> task_id=10 | worker_id=1 | token=3 | queue_id=2 | band=0 | seq=10 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> task_id=6 | worker_id=1 | token=3 | queue_id=2 | band=0 | seq=12 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> task_id=5 | worker_id=1 | token=3 | queue_id=2 | band=5 | seq=5 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH a AS (
    SELECT * FROM unnest('{"10","6","5"}'::bigint[], '{"1","1","1"}'::bigint[], '{"3","3","3"}'::bigint[], '{NULL,"2026-01-01T00:00:01.001Z","2026-01-01T00:00:01.001Z"}'::timestamptz[], '{NULL,"2026-01-01T00:00:01.005Z","2026-01-01T00:00:01.005Z"}'::timestamptz[],
        '{"3","3","3"}'::smallint[], '{NULL,NULL,NULL}'::bigint[], '{"0","0","0"}'::int[], '{"0","0","1"}'::int[], '{NULL,NULL,NULL}'::text[], '{NULL,NULL,NULL}'::text[], '{NULL,NULL,NULL}'::text[],
        '{"false","true","true"}'::boolean[]) WITH ORDINALITY
    AS a(task_id, worker_id, token, started_at, finished_at, outcome, delay_us, retry, recovery,
        error_class, error_message, error_stack, is_written, number)),
x AS (
    DELETE FROM tasklane_running r USING a
    WHERE r.task_id = a.task_id AND r.worker_id = a.worker_id AND r.token = a.token
    RETURNING r.task_id, r.queue_id, r.band, r.seq, r.kind_id, r.worker_id, r.ready_at, r.suspect,
        r.retries_used + a.retry AS retries_used, r.recoveries + a.recovery AS recoveries,
        CASE WHEN a.outcome = 4 THEN coalesce(r.unreadable_since, timestamptz '2026-01-01T00:00:01Z') ELSE r.unreadable_since END
            AS unreadable_since,
        a.started_at, coalesce(a.finished_at, timestamptz '2026-01-01T00:00:01Z') AS finished_at, a.outcome, a.delay_us,
        a.error_class, a.error_message, a.error_stack, a.is_written, a.number),
t AS (
    INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
        finished_at, error_class, error_message, error_stack)
    SELECT task_id, 1 + coalesce((SELECT max(o.number) FROM tasklane_attempt o WHERE o.task_id = x.task_id), 0),
        outcome, worker_id, retries_used, recoveries, started_at, finished_at, error_class,
        error_message, error_stack
    FROM x WHERE is_written),
f AS (
    INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id,
        started_at, finished_at)
    SELECT task_id, queue_id, kind_id, 2, retries_used, recoveries, worker_id, started_at, finished_at
    FROM x WHERE outcome = 2),
d AS (
    INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id, retries_used, recoveries,
        unreadable_since)
    SELECT timestamptz '2026-01-01T00:00:01Z' + delay_us * interval '1 microsecond', task_id, queue_id, band, kind_id, retries_used,
        recoveries, unreadable_since
    FROM x WHERE delay_us > 0),
p AS (
    INSERT INTO tasklane_ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
        unreadable_since, suspect)
    SELECT queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at, unreadable_since,
        suspect
    FROM x WHERE delay_us IS NULL AND outcome <> 2),
g AS (
    INSERT INTO tasklane_floor (queue_id, band, version, since, seq, lowered_at)
    SELECT queue_id, band, 1, 0, min(seq), timestamptz '2026-01-01T00:00:01Z' FROM x WHERE delay_us IS NULL AND outcome <> 2
    GROUP BY queue_id, band ORDER BY queue_id, band
ON CONFLICT (queue_id, band) DO UPDATE SET version = tasklane_floor.version + 1,
    since = CASE WHEN tasklane_floor.lowered_at < excluded.lowered_at - interval '10 seconds'
        THEN tasklane_floor.version ELSE tasklane_floor.since END,
    seq = CASE WHEN tasklane_floor.lowered_at < excluded.lowered_at - interval '10 seconds'
        THEN excluded.seq ELSE least(tasklane_floor.seq, excluded.seq) END,
    lowered_at = excluded.lowered_at),
b AS (
    INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
        unreadable_since)
    SELECT queue_id, band, task_id, kind_id, retries_used, recoveries, timestamptz '2026-01-01T00:00:01Z', unreadable_since
    FROM x WHERE delay_us = 0 ORDER BY number)
SELECT task_id FROM x
--> task_id=10
--> task_id=6
--> task_id=5
COMMIT
--> done

-- a worker claims, some of it ahead, and dies: nobody else has died yet
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH RECURSIVE b(band, steps) AS (
    (SELECT band, 1 FROM tasklane_ready WHERE queue_id = 2 ORDER BY band LIMIT 1)
    UNION ALL
    SELECT (SELECT r.band FROM tasklane_ready r WHERE r.queue_id = 2 AND r.band > b.band ORDER BY r.band LIMIT 1),
        b.steps + 1
    FROM b WHERE b.band IS NOT NULL AND b.steps <= 16)
SELECT b.band, (
    SELECT r.seq + 1 FROM tasklane_ready r WHERE r.queue_id = 2 AND r.band = b.band ORDER BY r.seq DESC LIMIT 1
    ) AS end_seq
FROM b WHERE b.band IS NOT NULL
--> band=-9 | end_seq=3
--> band=0 | end_seq=13
--> band=5 | end_seq=6
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.end_seq, coalesce(f.version, 0) AS floor_version,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-9","0","5"}'::int[], '{"3","8","0"}'::bigint[], '{"0","0","0"}'::bigint[], '{"3","9","6"}'::bigint[]) AS i(band, seq, floor_version, end_seq)
    LEFT JOIN tasklane_floor f ON f.queue_id = 2 AND f.band = i.band)
SELECT s.band, s.floor_version,
    pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
    pg_current_xact_id()::text::bigint AS own_transaction,
    (SELECT 1 FROM tasklane_ready r
        WHERE r.queue_id = 2 AND r.band = s.band AND r.seq >= s.seq AND r.seq < s.end_seq
            AND r.kind_id <> ALL ('{"3"}')
        ORDER BY r.seq LIMIT 1) IS NULL AS is_clear
FROM s
--> band=-9 | floor_version=0 | oldest_running=* | own_transaction=* | is_clear=t
--> band=0 | floor_version=1 | oldest_running=* | own_transaction=* | is_clear=t
--> band=5 | floor_version=1 | oldest_running=* | own_transaction=* | is_clear=f
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.last_band, i.number,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-2147483648","-9","-5","0"}'::int[], '{"-10","-6","-1","2147483647"}'::int[], '{"0","3","4","9"}'::bigint[], '{"0","0","0","1"}'::bigint[]) WITH ORDINALITY
        AS i(band, last_band, seq, floor_version, number)
    LEFT JOIN tasklane_floor f ON f.queue_id = 2 AND f.band = i.band
    ORDER BY i.number),
c AS MATERIALIZED (
    SELECT n.id, n.suspect FROM s CROSS JOIN LATERAL (
        SELECT r.ctid AS id, r.suspect FROM tasklane_ready r
        WHERE r.queue_id = 2 AND (r.band, r.seq) >= (s.band, s.seq) AND r.band <= s.last_band
            AND r.kind_id <> ALL ('{"3"}') AND (true OR NOT r.suspect)
        ORDER BY r.band, r.seq LIMIT 3 FOR UPDATE SKIP LOCKED) n
    WHERE EXISTS (SELECT 1 FROM tasklane_worker w WHERE w.id = 2 AND w.dead_at IS NULL)
        AND EXISTS (SELECT 1 FROM tasklane_queue q WHERE q.id = 2 AND NOT q.paused)
    LIMIT 3),
n AS (SELECT id, suspect, row_number() OVER () AS number FROM c),
d AS (
    DELETE FROM tasklane_ready r USING n WHERE r.ctid = n.id AND (NOT n.suspect OR n.number = 1)
    RETURNING r.*, n.number),
l AS (
    INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
        recoveries, ready_at, claimed_at, unreadable_since, suspect, ahead)
    SELECT task_id, 2, 4, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, timestamptz '2026-01-01T00:00:01Z',
        unreadable_since, suspect, NOT suspect AND number > 1
    FROM d
    RETURNING *)
SELECT l.*, t.retries, t.headers, t.payload FROM l JOIN tasklane_task t ON t.id = l.task_id
ORDER BY l.band, l.seq
--> task_id=10 | worker_id=2 | token=4 | queue_id=2 | band=0 | seq=10 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> task_id=6 | worker_id=2 | token=4 | queue_id=2 | band=0 | seq=12 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=t | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> task_id=5 | worker_id=2 | token=4 | queue_id=2 | band=5 | seq=5 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=t | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
SELECT timestamptz '2026-01-01T00:00:01Z' AS now_at, MIN(CASE WHEN dead_at IS NULL THEN heartbeat_at END) AS oldest_beat,
    MIN(dead_at) AS oldest_death, (
        SELECT COUNT(*) FROM (SELECT DISTINCT worker_id FROM tasklane_running) r
        WHERE NOT EXISTS (SELECT 1 FROM tasklane_worker l WHERE l.id = r.worker_id AND l.dead_at IS NULL)
    ) AS orphaned
FROM tasklane_worker
--> now_at=2026-01-01T00:00:01Z | oldest_beat=2026-01-01T00:00:00Z | oldest_death=null | orphaned=0
COMMIT
--> done
UPDATE tasklane_worker SET application = 'shop', host = 'node-1', pid = 4711, queues = 'default,email,reports', concurrency = 10, running = 0,
    heartbeat_at = timestamptz '2026-01-01T00:00:21Z'
WHERE id = 1 AND dead_at IS NULL
--> updated 1
COMMIT
--> done

-- its tasks are put back
SELECT timestamptz '2026-01-01T00:00:21Z' AS now_at, MIN(CASE WHEN dead_at IS NULL THEN heartbeat_at END) AS oldest_beat,
    MIN(dead_at) AS oldest_death, (
        SELECT COUNT(*) FROM (SELECT DISTINCT worker_id FROM tasklane_running) r
        WHERE NOT EXISTS (SELECT 1 FROM tasklane_worker l WHERE l.id = r.worker_id AND l.dead_at IS NULL)
    ) AS orphaned
FROM tasklane_worker
--> now_at=2026-01-01T00:00:21Z | oldest_beat=2026-01-01T00:00:00Z | oldest_death=null | orphaned=0
COMMIT
--> done
SELECT id FROM tasklane_worker WHERE dead_at IS NULL AND heartbeat_at < TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:11.000000+00:00' ORDER BY id FOR UPDATE SKIP LOCKED
--> id=2
UPDATE tasklane_worker SET dead_at = timestamptz '2026-01-01T00:00:21Z' WHERE id IN (2)
--> updated 1
DELETE FROM tasklane_worker WHERE dead_at < TIMESTAMP WITH TIME ZONE '2025-12-31 00:00:21.000000+00:00'
--> updated 0
COMMIT
--> done
SELECT DISTINCT worker_id FROM tasklane_running
--> worker_id=2
--> worker_id=1
SELECT id FROM tasklane_worker WHERE dead_at IS NULL
--> id=1
SELECT * FROM tasklane_running WHERE worker_id IN (2) ORDER BY task_id LIMIT 1000 FOR UPDATE SKIP LOCKED
--> task_id=5 | worker_id=2 | token=4 | queue_id=2 | band=5 | seq=5 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=t
--> task_id=6 | worker_id=2 | token=4 | queue_id=2 | band=0 | seq=12 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=t
--> task_id=10 | worker_id=2 | token=4 | queue_id=2 | band=0 | seq=10 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=f
SELECT task_id, MAX(number) AS number FROM tasklane_attempt WHERE task_id IN (5, 6, 10, 10) GROUP BY task_id
--> task_id=5 | number=1
--> task_id=6 | number=2
DELETE FROM tasklane_running WHERE task_id IN (5, 6, 10, 10)
--> updated 3
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (5, 2, 5, 2, 0, 1, null, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:21.000000+00:00', null, null, null)
--> updated 1
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (6, 3, 5, 2, 1, 0, null, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:21.000000+00:00', null, null, null)
--> updated 1
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (10, 1, 5, 2, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:21.000000+00:00', null, null, null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since, suspect) VALUES (2, 5, 5, 5, 1, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, true)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since, suspect) VALUES (2, 0, 12, 6, 1, 1, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null, true)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since, suspect) VALUES (2, 0, 10, 10, 1, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, false)
--> updated 1
INSERT INTO tasklane_floor (queue_id, band, version, since, seq, lowered_at)
SELECT queue_id, band, 1, 0, min(seq), timestamptz '2026-01-01T00:00:21Z'
FROM unnest('{"2","2","2"}'::int[], '{"5","0","0"}'::int[], '{"5","12","10"}'::bigint[]) AS r(queue_id, band, seq)
GROUP BY queue_id, band ORDER BY queue_id, band
ON CONFLICT (queue_id, band) DO UPDATE SET version = tasklane_floor.version + 1,
    since = CASE WHEN tasklane_floor.lowered_at < excluded.lowered_at - interval '10 seconds'
        THEN tasklane_floor.version ELSE tasklane_floor.since END,
    seq = CASE WHEN tasklane_floor.lowered_at < excluded.lowered_at - interval '10 seconds'
        THEN excluded.seq ELSE least(tasklane_floor.seq, excluded.seq) END,
    lowered_at = excluded.lowered_at RETURNING version
--> version=2
--> version=2
COMMIT
--> done

-- the same once more, with no recovery left
INSERT INTO tasklane_worker (application, host, pid, queues, concurrency, running, started_at, heartbeat_at)
VALUES ('shop', 'node-1', 4711, 'default,email,reports', 10, 0, timestamptz '2026-01-01T00:00:21Z', timestamptz '2026-01-01T00:00:21Z')
--> updated 1
COMMIT
--> done
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.last_band, i.number,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-2147483648","-9","-5","0"}'::int[], '{"-10","-6","-1","2147483647"}'::int[], '{"0","3","4","9"}'::bigint[], '{"0","0","0","1"}'::bigint[]) WITH ORDINALITY
        AS i(band, last_band, seq, floor_version, number)
    LEFT JOIN tasklane_floor f ON f.queue_id = 2 AND f.band = i.band
    ORDER BY i.number),
c AS MATERIALIZED (
    SELECT n.id, n.suspect FROM s CROSS JOIN LATERAL (
        SELECT r.ctid AS id, r.suspect FROM tasklane_ready r
        WHERE r.queue_id = 2 AND (r.band, r.seq) >= (s.band, s.seq) AND r.band <= s.last_band
            AND r.kind_id <> ALL ('{"3"}') AND (false OR NOT r.suspect)
        ORDER BY r.band, r.seq LIMIT 1 FOR UPDATE SKIP LOCKED) n
    WHERE EXISTS (SELECT 1 FROM tasklane_worker w WHERE w.id = 3 AND w.dead_at IS NULL)
        AND EXISTS (SELECT 1 FROM tasklane_queue q WHERE q.id = 2 AND NOT q.paused)
    LIMIT 1),
n AS (SELECT id, suspect, row_number() OVER () AS number FROM c),
d AS (
    DELETE FROM tasklane_ready r USING n WHERE r.ctid = n.id AND (NOT n.suspect OR n.number = 1)
    RETURNING r.*, n.number),
l AS (
    INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
        recoveries, ready_at, claimed_at, unreadable_since, suspect, ahead)
    SELECT task_id, 3, 5, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, timestamptz '2026-01-01T00:00:21Z',
        unreadable_since, suspect, NOT suspect AND number > 1
    FROM d
    RETURNING *)
SELECT l.*, t.retries, t.headers, t.payload FROM l JOIN tasklane_task t ON t.id = l.task_id
ORDER BY l.band, l.seq
--> task_id=10 | worker_id=3 | token=5 | queue_id=2 | band=0 | seq=10 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:21Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
UPDATE tasklane_worker SET application = 'shop', host = 'node-1', pid = 4711, queues = 'default,email,reports', concurrency = 10, running = 0,
    heartbeat_at = timestamptz '2026-01-01T00:00:41Z'
WHERE id = 1 AND dead_at IS NULL
--> updated 1
COMMIT
--> done
SELECT timestamptz '2026-01-01T00:00:41Z' AS now_at, MIN(CASE WHEN dead_at IS NULL THEN heartbeat_at END) AS oldest_beat,
    MIN(dead_at) AS oldest_death, (
        SELECT COUNT(*) FROM (SELECT DISTINCT worker_id FROM tasklane_running) r
        WHERE NOT EXISTS (SELECT 1 FROM tasklane_worker l WHERE l.id = r.worker_id AND l.dead_at IS NULL)
    ) AS orphaned
FROM tasklane_worker
--> now_at=2026-01-01T00:00:41Z | oldest_beat=2026-01-01T00:00:21Z | oldest_death=2026-01-01T00:00:21Z | orphaned=0
COMMIT
--> done
SELECT id FROM tasklane_worker WHERE dead_at IS NULL AND heartbeat_at < TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:31.000000+00:00' ORDER BY id FOR UPDATE SKIP LOCKED
--> id=3
UPDATE tasklane_worker SET dead_at = timestamptz '2026-01-01T00:00:41Z' WHERE id IN (3)
--> updated 1
DELETE FROM tasklane_worker WHERE dead_at < TIMESTAMP WITH TIME ZONE '2025-12-31 00:00:41.000000+00:00'
--> updated 0
COMMIT
--> done
SELECT DISTINCT worker_id FROM tasklane_running
--> worker_id=3
--> worker_id=1
SELECT id FROM tasklane_worker WHERE dead_at IS NULL
--> id=1
SELECT * FROM tasklane_running WHERE worker_id IN (3) ORDER BY task_id LIMIT 1000 FOR UPDATE SKIP LOCKED
--> task_id=10 | worker_id=3 | token=5 | queue_id=2 | band=0 | seq=10 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:21Z | unreadable_since=null | suspect=f | ahead=f
SELECT task_id, MAX(number) AS number FROM tasklane_attempt WHERE task_id IN (10) GROUP BY task_id
--> task_id=10 | number=1
DELETE FROM tasklane_running WHERE task_id IN (10)
--> updated 1
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (10, 2, 5, 3, 0, 2, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:21.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:41.000000+00:00', 'io.tasklane.TaskException', 'Its worker died 2 times while it ran; it is not put back again', '')
--> updated 1
INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id, started_at,
    finished_at, result) VALUES (10, 2, 1, 2, 0, 2, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:21.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:41.000000+00:00', null)
--> updated 1
COMMIT
--> done

-- due tasks become claimable
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH c AS MATERIALIZED (
    SELECT ctid FROM tasklane_due WHERE run_at <= timestamptz '2026-01-01T00:05:41Z' ORDER BY run_at, task_id LIMIT 2
    FOR UPDATE SKIP LOCKED),
d AS (DELETE FROM tasklane_due t USING c WHERE t.ctid = c.ctid RETURNING t.*)
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since)
SELECT queue_id, band, task_id, kind_id, retries_used, recoveries, timestamptz '2026-01-01T00:05:41Z', unreadable_since
FROM d ORDER BY run_at, task_id RETURNING queue_id
--> queue_id=2
--> queue_id=1
COMMIT
--> done
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH c AS MATERIALIZED (
    SELECT ctid FROM tasklane_due WHERE run_at <= timestamptz '2026-01-01T00:05:41Z' ORDER BY run_at, task_id LIMIT 100
    FOR UPDATE SKIP LOCKED),
d AS (DELETE FROM tasklane_due t USING c WHERE t.ctid = c.ctid RETURNING t.*)
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since)
SELECT queue_id, band, task_id, kind_id, retries_used, recoveries, timestamptz '2026-01-01T00:05:41Z', unreadable_since
FROM d ORDER BY run_at, task_id RETURNING queue_id
--> queue_id=2
--> queue_id=1
COMMIT
--> done
UPDATE tasklane_worker SET application = 'shop', host = 'node-1', pid = 4711, queues = 'default,email,reports', concurrency = 10, running = 0,
    heartbeat_at = timestamptz '2026-01-01T00:05:41Z'
WHERE id = 1 AND dead_at IS NULL
--> updated 1
COMMIT
--> done

-- some are left running
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.last_band, i.number,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-2147483648"}'::int[], '{"2147483647"}'::int[], '{"0"}'::bigint[], '{"0"}'::bigint[]) WITH ORDINALITY
        AS i(band, last_band, seq, floor_version, number)
    LEFT JOIN tasklane_floor f ON f.queue_id = 2 AND f.band = i.band
    ORDER BY i.number),
c AS MATERIALIZED (
    SELECT n.id, n.suspect FROM s CROSS JOIN LATERAL (
        SELECT r.ctid AS id, r.suspect FROM tasklane_ready r
        WHERE r.queue_id = 2 AND (r.band, r.seq) >= (s.band, s.seq) AND r.band <= s.last_band
            AND r.kind_id <> ALL ('{}') AND (true OR NOT r.suspect)
        ORDER BY r.band, r.seq LIMIT 2 FOR UPDATE SKIP LOCKED) n
    WHERE EXISTS (SELECT 1 FROM tasklane_worker w WHERE w.id = 1 AND w.dead_at IS NULL)
        AND EXISTS (SELECT 1 FROM tasklane_queue q WHERE q.id = 2 AND NOT q.paused)
    LIMIT 2),
n AS (SELECT id, suspect, row_number() OVER () AS number FROM c),
d AS (
    DELETE FROM tasklane_ready r USING n WHERE r.ctid = n.id AND (NOT n.suspect OR n.number = 1)
    RETURNING r.*, n.number),
l AS (
    INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
        recoveries, ready_at, claimed_at, unreadable_since, suspect, ahead)
    SELECT task_id, 1, 6, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, timestamptz '2026-01-01T00:05:41Z',
        unreadable_since, suspect, NOT suspect AND number > 2
    FROM d
    RETURNING *)
SELECT l.*, t.retries, t.headers, t.payload FROM l JOIN tasklane_task t ON t.id = l.task_id
ORDER BY l.band, l.seq
--> task_id=2 | worker_id=1 | token=6 | queue_id=2 | band=-9 | seq=2 | kind_id=3 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:05:41Z | unreadable_since=null | suspect=f | ahead=f | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
WITH s AS MATERIALIZED (
    SELECT i.band, i.last_band, i.number,
        CASE WHEN f.version IS NULL OR f.version = i.floor_version THEN i.seq
    WHEN f.since <= i.floor_version THEN least(f.seq, i.seq) ELSE 0 END AS seq
    FROM unnest('{"-2147483648"}'::int[], '{"2147483647"}'::int[], '{"0"}'::bigint[], '{"0"}'::bigint[]) WITH ORDINALITY
        AS i(band, last_band, seq, floor_version, number)
    LEFT JOIN tasklane_floor f ON f.queue_id = 3 AND f.band = i.band
    ORDER BY i.number),
c AS MATERIALIZED (
    SELECT n.id, n.suspect FROM s CROSS JOIN LATERAL (
        SELECT r.ctid AS id, r.suspect FROM tasklane_ready r
        WHERE r.queue_id = 3 AND (r.band, r.seq) >= (s.band, s.seq) AND r.band <= s.last_band
            AND r.kind_id <> ALL ('{}') AND (true OR NOT r.suspect)
        ORDER BY r.band, r.seq LIMIT 1 FOR UPDATE SKIP LOCKED) n
    WHERE EXISTS (SELECT 1 FROM tasklane_worker w WHERE w.id = 1 AND w.dead_at IS NULL)
        AND EXISTS (SELECT 1 FROM tasklane_queue q WHERE q.id = 3 AND NOT q.paused)
    LIMIT 1),
n AS (SELECT id, suspect, row_number() OVER () AS number FROM c),
d AS (
    DELETE FROM tasklane_ready r USING n WHERE r.ctid = n.id AND (NOT n.suspect OR n.number = 1)
    RETURNING r.*, n.number),
l AS (
    INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used,
        recoveries, ready_at, claimed_at, unreadable_since, suspect, ahead)
    SELECT task_id, 1, 6, queue_id, band, seq, kind_id, retries_used, recoveries, ready_at, timestamptz '2026-01-01T00:05:41Z',
        unreadable_since, suspect, NOT suspect AND number > 1
    FROM d
    RETURNING *)
SELECT l.*, t.retries, t.headers, t.payload FROM l JOIN tasklane_task t ON t.id = l.task_id
ORDER BY l.band, l.seq
--> no rows
COMMIT
--> done

-- tasks are found by their id
SELECT CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
    WHEN d.task_id IS NOT NULL THEN 11 ELSE 12 END AS state
FROM tasklane_task t
LEFT JOIN tasklane_finished f ON f.task_id = t.id
LEFT JOIN tasklane_running r ON r.task_id = t.id
LEFT JOIN tasklane_due d ON d.task_id = t.id
WHERE t.id = 1
--> state=12
COMMIT
--> done
SELECT t.id, t.priority, t.retries, t.created_at, t.payload, k.name AS kind_name, q.name AS queue_name,
    CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
        WHEN d.task_id IS NOT NULL THEN 11 ELSE 12 END AS state,
    COALESCE(f.retries_used, r.retries_used, d.retries_used, l.retries_used, 0) AS retries_used,
    COALESCE(f.recoveries, r.recoveries, d.recoveries, l.recoveries, 0) AS recoveries,
    d.run_at, COALESCE(f.worker_id, r.worker_id) AS worker_id, r.claimed_at, f.started_at, f.finished_at,
    f.result, e.error_class, e.error_message, e.error_stack
FROM tasklane_task t
JOIN tasklane_kind k ON k.id = t.kind_id
JOIN tasklane_queue q ON q.id = t.queue_id
LEFT JOIN tasklane_finished f ON f.task_id = t.id
LEFT JOIN tasklane_running r ON r.task_id = t.id
LEFT JOIN tasklane_due d ON d.task_id = t.id
LEFT JOIN tasklane_attempt l ON l.task_id = t.id
    AND l.number = (SELECT MAX(number) FROM tasklane_attempt WHERE task_id = t.id)
LEFT JOIN tasklane_attempt e ON e.task_id = t.id AND e.number =
    (SELECT MAX(number) FROM tasklane_attempt WHERE task_id = t.id AND error_class IS NOT NULL)
WHERE t.id = 1
--> id=1 | priority=0 | retries=3 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | kind_name=Mailer.welcome | queue_name=email | state=12 | retries_used=1 | recoveries=0 | run_at=null | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
COMMIT
--> done
SELECT * FROM tasklane_attempt WHERE task_id = 1 ORDER BY number
--> task_id=1 | number=1 | outcome=1 | worker_id=1 | retries_used=1 | recoveries=0 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
COMMIT
--> done
SELECT CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
    WHEN d.task_id IS NOT NULL THEN 11 ELSE 12 END AS state
FROM tasklane_task t
LEFT JOIN tasklane_finished f ON f.task_id = t.id
LEFT JOIN tasklane_running r ON r.task_id = t.id
LEFT JOIN tasklane_due d ON d.task_id = t.id
WHERE t.id = 2
--> state=13
COMMIT
--> done
SELECT t.id, t.priority, t.retries, t.created_at, t.payload, k.name AS kind_name, q.name AS queue_name,
    CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
        WHEN d.task_id IS NOT NULL THEN 11 ELSE 12 END AS state,
    COALESCE(f.retries_used, r.retries_used, d.retries_used, l.retries_used, 0) AS retries_used,
    COALESCE(f.recoveries, r.recoveries, d.recoveries, l.recoveries, 0) AS recoveries,
    d.run_at, COALESCE(f.worker_id, r.worker_id) AS worker_id, r.claimed_at, f.started_at, f.finished_at,
    f.result, e.error_class, e.error_message, e.error_stack
FROM tasklane_task t
JOIN tasklane_kind k ON k.id = t.kind_id
JOIN tasklane_queue q ON q.id = t.queue_id
LEFT JOIN tasklane_finished f ON f.task_id = t.id
LEFT JOIN tasklane_running r ON r.task_id = t.id
LEFT JOIN tasklane_due d ON d.task_id = t.id
LEFT JOIN tasklane_attempt l ON l.task_id = t.id
    AND l.number = (SELECT MAX(number) FROM tasklane_attempt WHERE task_id = t.id)
LEFT JOIN tasklane_attempt e ON e.task_id = t.id AND e.number =
    (SELECT MAX(number) FROM tasklane_attempt WHERE task_id = t.id AND error_class IS NOT NULL)
WHERE t.id = 2
--> id=2 | priority=9 | retries=3 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | kind_name=Unknown.task | queue_name=email | state=13 | retries_used=0 | recoveries=0 | run_at=null | worker_id=1 | claimed_at=2026-01-01T00:05:41Z | started_at=null | finished_at=null | result=null | error_class=null | error_message=null | error_stack=null
COMMIT
--> done
SELECT * FROM tasklane_attempt WHERE task_id = 2 ORDER BY number
--> no rows
COMMIT
--> done
SELECT CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
    WHEN d.task_id IS NOT NULL THEN 11 ELSE 12 END AS state
FROM tasklane_task t
LEFT JOIN tasklane_finished f ON f.task_id = t.id
LEFT JOIN tasklane_running r ON r.task_id = t.id
LEFT JOIN tasklane_due d ON d.task_id = t.id
WHERE t.id = 4
--> state=1
COMMIT
--> done
SELECT t.id, t.priority, t.retries, t.created_at, t.payload, k.name AS kind_name, q.name AS queue_name,
    CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
        WHEN d.task_id IS NOT NULL THEN 11 ELSE 12 END AS state,
    COALESCE(f.retries_used, r.retries_used, d.retries_used, l.retries_used, 0) AS retries_used,
    COALESCE(f.recoveries, r.recoveries, d.recoveries, l.recoveries, 0) AS recoveries,
    d.run_at, COALESCE(f.worker_id, r.worker_id) AS worker_id, r.claimed_at, f.started_at, f.finished_at,
    f.result, e.error_class, e.error_message, e.error_stack
FROM tasklane_task t
JOIN tasklane_kind k ON k.id = t.kind_id
JOIN tasklane_queue q ON q.id = t.queue_id
LEFT JOIN tasklane_finished f ON f.task_id = t.id
LEFT JOIN tasklane_running r ON r.task_id = t.id
LEFT JOIN tasklane_due d ON d.task_id = t.id
LEFT JOIN tasklane_attempt l ON l.task_id = t.id
    AND l.number = (SELECT MAX(number) FROM tasklane_attempt WHERE task_id = t.id)
LEFT JOIN tasklane_attempt e ON e.task_id = t.id AND e.number =
    (SELECT MAX(number) FROM tasklane_attempt WHERE task_id = t.id AND error_class IS NOT NULL)
WHERE t.id = 4
--> id=4 | priority=5 | retries=3 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | kind_name=Mailer.welcome | queue_name=email | state=1 | retries_used=0 | recoveries=0 | run_at=null | worker_id=1 | claimed_at=null | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | result=null | error_class=null | error_message=null | error_stack=null
COMMIT
--> done
SELECT * FROM tasklane_attempt WHERE task_id = 4 ORDER BY number
--> no rows
COMMIT
--> done
SELECT CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
    WHEN d.task_id IS NOT NULL THEN 11 ELSE 12 END AS state
FROM tasklane_task t
LEFT JOIN tasklane_finished f ON f.task_id = t.id
LEFT JOIN tasklane_running r ON r.task_id = t.id
LEFT JOIN tasklane_due d ON d.task_id = t.id
WHERE t.id = 12
--> state=12
COMMIT
--> done
SELECT t.id, t.priority, t.retries, t.created_at, t.payload, k.name AS kind_name, q.name AS queue_name,
    CASE WHEN f.task_id IS NOT NULL THEN f.state WHEN r.task_id IS NOT NULL THEN 13
        WHEN d.task_id IS NOT NULL THEN 11 ELSE 12 END AS state,
    COALESCE(f.retries_used, r.retries_used, d.retries_used, l.retries_used, 0) AS retries_used,
    COALESCE(f.recoveries, r.recoveries, d.recoveries, l.recoveries, 0) AS recoveries,
    d.run_at, COALESCE(f.worker_id, r.worker_id) AS worker_id, r.claimed_at, f.started_at, f.finished_at,
    f.result, e.error_class, e.error_message, e.error_stack
FROM tasklane_task t
JOIN tasklane_kind k ON k.id = t.kind_id
JOIN tasklane_queue q ON q.id = t.queue_id
LEFT JOIN tasklane_finished f ON f.task_id = t.id
LEFT JOIN tasklane_running r ON r.task_id = t.id
LEFT JOIN tasklane_due d ON d.task_id = t.id
LEFT JOIN tasklane_attempt l ON l.task_id = t.id
    AND l.number = (SELECT MAX(number) FROM tasklane_attempt WHERE task_id = t.id)
LEFT JOIN tasklane_attempt e ON e.task_id = t.id AND e.number =
    (SELECT MAX(number) FROM tasklane_attempt WHERE task_id = t.id AND error_class IS NOT NULL)
WHERE t.id = 12
--> id=12 | priority=1 | retries=3 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | kind_name=Mailer.welcome | queue_name=default | state=12 | retries_used=0 | recoveries=0 | run_at=null | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | error_class=null | error_message=null | error_stack=null
COMMIT
--> done
SELECT * FROM tasklane_attempt WHERE task_id = 12 ORDER BY number
--> no rows
COMMIT
--> done

-- tasks are listed, page by page
select qe1_0.id,qe1_0.name from tasklane_queue qe1_0
--> id=1 | name=default
--> id=3 | name=reports
--> id=2 | name=email
select rt1_0.task_id,rt1_0.claimed_at,rt1_0.kind_id,k1_0.id,k1_0.name,rt1_0.queue_id,q1_0.id,q1_0.name,rt1_0.recoveries,rt1_0.retries_used,t1_0.id,t1_0.created_at,t1_0.payload,t1_0.priority,t1_0.retries,rt1_0.worker_id from tasklane_running rt1_0 join tasklane_task t1_0 on t1_0.id=rt1_0.task_id join tasklane_queue q1_0 on q1_0.id=rt1_0.queue_id join tasklane_kind k1_0 on k1_0.id=rt1_0.kind_id where 1=1 order by rt1_0.claimed_at desc,rt1_0.task_id desc fetch first 8 rows only
--> task_id=2 | claimed_at=2026-01-01T00:05:41Z | kind_id=3 | id=3 | name=Unknown.task | queue_id=2 | id=2 | name=email | recoveries=0 | retries_used=0 | id=2 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=9 | retries=3 | worker_id=1
--> task_id=9 | claimed_at=2026-01-01T00:00:01Z | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | retries_used=0 | id=9 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3 | worker_id=1
select rt1_0.task_id,rt1_0.band,rt1_0.seq,rt1_0.kind_id,k1_0.id,k1_0.name,rt1_0.queue_id,q1_0.id,q1_0.name,rt1_0.recoveries,rt1_0.retries_used,t1_0.id,t1_0.created_at,t1_0.payload,t1_0.priority,t1_0.retries from tasklane_ready rt1_0 join tasklane_task t1_0 on t1_0.id=rt1_0.task_id join tasklane_queue q1_0 on q1_0.id=rt1_0.queue_id join tasklane_kind k1_0 on k1_0.id=rt1_0.kind_id where 1=1 and q1_0.id=1 order by rt1_0.band,rt1_0.seq fetch first 6 rows only
--> task_id=12 | band=-1 | seq=14 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=1 | id=1 | name=default | recoveries=0 | retries_used=0 | id=12 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=1 | retries=3
--> task_id=13 | band=-1 | seq=16 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=1 | id=1 | name=default | recoveries=0 | retries_used=0 | id=13 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=1 | retries=3
select rt1_0.task_id,rt1_0.band,rt1_0.seq,rt1_0.kind_id,k1_0.id,k1_0.name,rt1_0.queue_id,q1_0.id,q1_0.name,rt1_0.recoveries,rt1_0.retries_used,t1_0.id,t1_0.created_at,t1_0.payload,t1_0.priority,t1_0.retries from tasklane_ready rt1_0 join tasklane_task t1_0 on t1_0.id=rt1_0.task_id join tasklane_queue q1_0 on q1_0.id=rt1_0.queue_id join tasklane_kind k1_0 on k1_0.id=rt1_0.kind_id where 1=1 and q1_0.id=2 order by rt1_0.band,rt1_0.seq fetch first 4 rows only
--> task_id=6 | band=0 | seq=12 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | retries_used=1 | id=6 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3
--> task_id=8 | band=0 | seq=13 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | retries_used=0 | id=8 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3
--> task_id=1 | band=0 | seq=15 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | retries_used=1 | id=1 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3
--> task_id=5 | band=5 | seq=5 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=1 | retries_used=0 | id=5 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=-5 | retries=3
ROLLBACK
--> done
select qe1_0.id,qe1_0.name from tasklane_queue qe1_0
--> id=1 | name=default
--> id=3 | name=reports
--> id=2 | name=email
select rt1_0.task_id,rt1_0.band,rt1_0.seq,rt1_0.kind_id,k1_0.id,k1_0.name,rt1_0.queue_id,q1_0.id,q1_0.name,rt1_0.recoveries,rt1_0.retries_used,t1_0.id,t1_0.created_at,t1_0.payload,t1_0.priority,t1_0.retries from tasklane_ready rt1_0 join tasklane_task t1_0 on t1_0.id=rt1_0.task_id join tasklane_queue q1_0 on q1_0.id=rt1_0.queue_id join tasklane_kind k1_0 on k1_0.id=rt1_0.kind_id where 1=1 and q1_0.id=2 and rt1_0.band=0 and rt1_0.seq>15 order by rt1_0.band,rt1_0.seq fetch first 8 rows only
--> no rows
select rt1_0.task_id,rt1_0.band,rt1_0.seq,rt1_0.kind_id,k1_0.id,k1_0.name,rt1_0.queue_id,q1_0.id,q1_0.name,rt1_0.recoveries,rt1_0.retries_used,t1_0.id,t1_0.created_at,t1_0.payload,t1_0.priority,t1_0.retries from tasklane_ready rt1_0 join tasklane_task t1_0 on t1_0.id=rt1_0.task_id join tasklane_queue q1_0 on q1_0.id=rt1_0.queue_id join tasklane_kind k1_0 on k1_0.id=rt1_0.kind_id where 1=1 and q1_0.id=2 and rt1_0.band>0 order by rt1_0.band,rt1_0.seq fetch first 8 rows only
--> task_id=5 | band=5 | seq=5 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=1 | retries_used=0 | id=5 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=-5 | retries=3
select rt1_0.task_id,rt1_0.band,rt1_0.seq,rt1_0.kind_id,k1_0.id,k1_0.name,rt1_0.queue_id,q1_0.id,q1_0.name,rt1_0.recoveries,rt1_0.retries_used,t1_0.id,t1_0.created_at,t1_0.payload,t1_0.priority,t1_0.retries from tasklane_ready rt1_0 join tasklane_task t1_0 on t1_0.id=rt1_0.task_id join tasklane_queue q1_0 on q1_0.id=rt1_0.queue_id join tasklane_kind k1_0 on k1_0.id=rt1_0.kind_id where 1=1 and q1_0.id=3 order by rt1_0.band,rt1_0.seq fetch first 7 rows only
--> task_id=11 | band=0 | seq=11 | kind_id=2 | id=2 | name=Reports.monthly | queue_id=3 | id=3 | name=reports | recoveries=0 | retries_used=0 | id=11 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3
select dt1_0.task_id,dt1_0.run_at,dt1_0.kind_id,k1_0.id,k1_0.name,dt1_0.queue_id,q1_0.id,q1_0.name,dt1_0.recoveries,dt1_0.retries_used,t1_0.id,t1_0.created_at,t1_0.payload,t1_0.priority,t1_0.retries from tasklane_due dt1_0 join tasklane_task t1_0 on t1_0.id=dt1_0.task_id join tasklane_queue q1_0 on q1_0.id=dt1_0.queue_id join tasklane_kind k1_0 on k1_0.id=dt1_0.kind_id where 1=1 order by dt1_0.run_at,dt1_0.task_id fetch first 6 rows only
--> task_id=14 | run_at=2026-01-02T00:00:00Z | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=1 | id=1 | name=default | recoveries=0 | retries_used=0 | id=14 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=1 | retries=3
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=1 and ft1_0.state=1 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=1 and ft1_0.state=2 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=1 and ft1_0.state=3 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=1 and ft1_0.state=4 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=2 and ft1_0.state=1 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> task_id=4 | finished_at=2026-01-01T00:00:00.005Z
--> task_id=3 | finished_at=2026-01-01T00:00:00.005Z
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=2 and ft1_0.state=2 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> task_id=10 | finished_at=2026-01-01T00:00:41Z
--> task_id=7 | finished_at=2026-01-01T00:00:00.005Z
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=2 and ft1_0.state=3 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=2 and ft1_0.state=4 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=3 and ft1_0.state=1 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=3 and ft1_0.state=2 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=3 and ft1_0.state=3 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at from tasklane_finished ft1_0 where 1=1 and ft1_0.queue_id=3 and ft1_0.state=4 order by ft1_0.finished_at desc,ft1_0.task_id desc fetch first 5 rows only
--> no rows
select ft1_0.task_id,ft1_0.finished_at,ft1_0.kind_id,k1_0.id,k1_0.name,ft1_0.queue_id,q1_0.id,q1_0.name,ft1_0.recoveries,ft1_0.result,ft1_0.retries_used,ft1_0.started_at,ft1_0.state,t1_0.id,t1_0.created_at,t1_0.payload,t1_0.priority,t1_0.retries,ft1_0.worker_id from tasklane_finished ft1_0 join tasklane_task t1_0 on t1_0.id=ft1_0.task_id join tasklane_queue q1_0 on q1_0.id=ft1_0.queue_id join tasklane_kind k1_0 on k1_0.id=ft1_0.kind_id where ft1_0.task_id in (10,7,4,3)
--> task_id=3 | finished_at=2026-01-01T00:00:00.005Z | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | result={"sent":true} | retries_used=0 | started_at=2026-01-01T00:00:00.001Z | state=1 | id=3 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=5 | retries=3 | worker_id=1
--> task_id=4 | finished_at=2026-01-01T00:00:00.005Z | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | result=null | retries_used=0 | started_at=2026-01-01T00:00:00.001Z | state=1 | id=4 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=5 | retries=3 | worker_id=1
--> task_id=7 | finished_at=2026-01-01T00:00:00.005Z | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | result=null | retries_used=0 | started_at=2026-01-01T00:00:00.001Z | state=2 | id=7 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3 | worker_id=1
--> task_id=10 | finished_at=2026-01-01T00:00:41Z | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=2 | result=null | retries_used=0 | started_at=2026-01-01T00:00:21Z | state=2 | id=10 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3 | worker_id=3
ROLLBACK
--> done
select qe1_0.id,qe1_0.name from tasklane_queue qe1_0
--> id=1 | name=default
--> id=3 | name=reports
--> id=2 | name=email
select ke1_0.id,ke1_0.name from tasklane_kind ke1_0 where ke1_0.name='Mailer.welcome'
--> id=1 | name=Mailer.welcome
select rt1_0.task_id from tasklane_ready rt1_0 where 1=1 and rt1_0.queue_id=2 and rt1_0.kind_id=1 order by rt1_0.task_id desc fetch first 100001 rows only
--> task_id=8
--> task_id=6
--> task_id=5
--> task_id=1
select rt1_0.task_id,rt1_0.band,rt1_0.seq,rt1_0.kind_id,k1_0.id,k1_0.name,rt1_0.queue_id,q1_0.id,q1_0.name,rt1_0.recoveries,rt1_0.retries_used,t1_0.id,t1_0.created_at,t1_0.payload,t1_0.priority,t1_0.retries from tasklane_ready rt1_0 join tasklane_task t1_0 on t1_0.id=rt1_0.task_id join tasklane_queue q1_0 on q1_0.id=rt1_0.queue_id join tasklane_kind k1_0 on k1_0.id=rt1_0.kind_id where 1=1 and q1_0.id=2 and k1_0.id=1 and t1_0.payload like '%Brien%' escape '!' order by rt1_0.band,rt1_0.seq fetch first 8 rows only
--> task_id=6 | band=0 | seq=12 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | retries_used=1 | id=6 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3
--> task_id=8 | band=0 | seq=13 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | retries_used=0 | id=8 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3
--> task_id=1 | band=0 | seq=15 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=0 | retries_used=1 | id=1 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=0 | retries=3
--> task_id=5 | band=5 | seq=5 | kind_id=1 | id=1 | name=Mailer.welcome | queue_id=2 | id=2 | name=email | recoveries=1 | retries_used=0 | id=5 | created_at=2026-01-01T00:00:00Z | payload={"name":"O'Brien"} | priority=-5 | retries=3
ROLLBACK
--> done

-- tasks are counted, workers are listed
SELECT q.name, s.state, s.tasks, s.oldest_at, timestamptz '2026-01-01T00:05:41Z' AS now_at
FROM tasklane_queue q LEFT JOIN (
    SELECT queue_id, 12 AS state, COUNT(*) AS tasks, MIN(ready_at) AS oldest_at
    FROM tasklane_ready GROUP BY queue_id
    UNION ALL SELECT queue_id, 13, COUNT(*), NULL FROM tasklane_running GROUP BY queue_id
    UNION ALL SELECT queue_id, 11, COUNT(*), NULL FROM tasklane_due GROUP BY queue_id
    UNION ALL SELECT queue_id, state, COUNT(*), NULL FROM tasklane_finished GROUP BY queue_id, state
) s ON s.queue_id = q.id
--> name=reports | state=12 | tasks=1 | oldest_at=2026-01-01T00:00:00Z | now_at=2026-01-01T00:05:41Z
--> name=email | state=12 | tasks=4 | oldest_at=2026-01-01T00:00:00Z | now_at=2026-01-01T00:05:41Z
--> name=default | state=12 | tasks=2 | oldest_at=2026-01-01T00:05:41Z | now_at=2026-01-01T00:05:41Z
--> name=email | state=13 | tasks=2 | oldest_at=null | now_at=2026-01-01T00:05:41Z
--> name=default | state=11 | tasks=1 | oldest_at=null | now_at=2026-01-01T00:05:41Z
--> name=email | state=2 | tasks=2 | oldest_at=null | now_at=2026-01-01T00:05:41Z
--> name=email | state=1 | tasks=2 | oldest_at=null | now_at=2026-01-01T00:05:41Z
SELECT queues FROM tasklane_worker WHERE dead_at IS NULL
--> queues=default,email,reports
COMMIT
--> done
SELECT * FROM tasklane_worker WHERE dead_at IS NULL OR dead_at > TIMESTAMP WITH TIME ZONE '2025-12-31 00:05:41.000000+00:00' ORDER BY id
--> id=1 | application=shop | host=node-1 | pid=4711 | queues=default,email,reports | concurrency=10 | running=0 | started_at=2026-01-01T00:00:00Z | heartbeat_at=2026-01-01T00:05:41Z | dead_at=null
--> id=2 | application=shop | host=node-1 | pid=4711 | queues=default,email,reports | concurrency=10 | running=0 | started_at=2026-01-01T00:00:00Z | heartbeat_at=2026-01-01T00:00:00Z | dead_at=2026-01-01T00:00:21Z
--> id=3 | application=shop | host=node-1 | pid=4711 | queues=default,email,reports | concurrency=10 | running=0 | started_at=2026-01-01T00:00:21Z | heartbeat_at=2026-01-01T00:00:21Z | dead_at=2026-01-01T00:00:41Z
COMMIT
--> done

-- old tasks are deleted by the worker that maintains the tables
UPDATE tasklane_maintenance SET worker_id = 1, held_until = timestamptz '2026-01-01T00:05:41Z' + 30000000 * interval '1 microsecond'
WHERE name = 'maintenance'
    AND (worker_id IS NULL OR worker_id = 1 OR held_until <= timestamptz '2026-01-01T00:05:41Z'
        OR worker_id NOT IN (SELECT id FROM tasklane_worker WHERE dead_at IS NULL))
    AND EXISTS (SELECT 1 FROM tasklane_worker w WHERE w.id = 1 AND w.dead_at IS NULL)
--> updated 1
COMMIT
--> done
SELECT q.id AS queue_id, s.state, timestamptz '2026-01-01T00:05:41Z' AS now_at, (
    SELECT f.finished_at FROM tasklane_finished f WHERE f.queue_id = q.id AND f.state = s.state
    ORDER BY f.queue_id, f.state, f.finished_at, f.task_id LIMIT 1) AS oldest_at
FROM tasklane_queue q CROSS JOIN (SELECT 1 AS state) s
--> queue_id=1 | state=1 | now_at=2026-01-01T00:05:41Z | oldest_at=null
--> queue_id=3 | state=1 | now_at=2026-01-01T00:05:41Z | oldest_at=null
--> queue_id=2 | state=1 | now_at=2026-01-01T00:05:41Z | oldest_at=2026-01-01T00:00:00.005Z
SELECT task_id, finished_at FROM tasklane_finished
WHERE queue_id = 2 AND state = 1 AND finished_at >= TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.005000+00:00' AND finished_at < TIMESTAMP WITH TIME ZONE '2026-01-01 00:04:41.000000+00:00'
ORDER BY queue_id, state, finished_at, task_id LIMIT 1
--> task_id=3 | finished_at=2026-01-01T00:00:00.005Z
SELECT task_id, state, finished_at FROM tasklane_finished WHERE task_id IN (3)
ORDER BY task_id FOR UPDATE SKIP LOCKED
--> task_id=3 | state=1 | finished_at=2026-01-01T00:00:00.005Z
DELETE FROM tasklane_attempt WHERE task_id IN (3)
--> updated 0
DELETE FROM tasklane_task WHERE id IN (3)
--> updated 1
DELETE FROM tasklane_finished WHERE task_id IN (3)
--> updated 1
COMMIT
--> done

-- a worker leaves
INSERT INTO tasklane_worker (application, host, pid, queues, concurrency, running, started_at, heartbeat_at)
VALUES ('shop', 'node-1', 4711, 'default,email,reports', 10, 0, timestamptz '2026-01-01T00:05:41Z', timestamptz '2026-01-01T00:05:41Z')
--> updated 1
COMMIT
--> done
DELETE FROM tasklane_worker WHERE id = 4
--> updated 1
COMMIT
--> done

-- what is in the tables and views in the end
SELECT * FROM tasklane_queue ORDER BY id
--> id=1 | name=default | name_lower=default | paused=f | concurrency=null | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
--> id=2 | name=email | name_lower=email | paused=f | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
--> id=3 | name=reports | name_lower=reports | paused=t | concurrency=null | retries=1 | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
COMMIT
--> done
SELECT * FROM tasklane_kind ORDER BY id
--> id=1 | name=Mailer.welcome
--> id=2 | name=Reports.monthly
--> id=3 | name=Unknown.task
COMMIT
--> done
SELECT * FROM tasklane_task ORDER BY id
--> id=1 | queue_id=2 | kind_id=1 | priority=0 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=2 | queue_id=2 | kind_id=3 | priority=9 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=4 | queue_id=2 | kind_id=1 | priority=5 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=5 | queue_id=2 | kind_id=1 | priority=-5 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=6 | queue_id=2 | kind_id=1 | priority=0 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=7 | queue_id=2 | kind_id=1 | priority=0 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=8 | queue_id=2 | kind_id=1 | priority=0 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=9 | queue_id=2 | kind_id=1 | priority=0 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=10 | queue_id=2 | kind_id=1 | priority=0 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=11 | queue_id=3 | kind_id=2 | priority=0 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=12 | queue_id=1 | kind_id=1 | priority=1 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=13 | queue_id=1 | kind_id=1 | priority=1 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=14 | queue_id=1 | kind_id=1 | priority=1 | retries=3 | created_at=2026-01-01T00:00:00Z | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
SELECT * FROM tasklane_ready ORDER BY queue_id, band, seq
--> queue_id=1 | band=-1 | seq=14 | task_id=12 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:05:41Z | unreadable_since=null | suspect=f
--> queue_id=1 | band=-1 | seq=16 | task_id=13 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:05:41Z | unreadable_since=null | suspect=f
--> queue_id=2 | band=0 | seq=12 | task_id=6 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=t
--> queue_id=2 | band=0 | seq=13 | task_id=8 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:05:41Z | unreadable_since=2026-01-01T00:00:01Z | suspect=f
--> queue_id=2 | band=0 | seq=15 | task_id=1 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:05:41Z | unreadable_since=null | suspect=f
--> queue_id=2 | band=5 | seq=5 | task_id=5 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=t
--> queue_id=3 | band=0 | seq=11 | task_id=11 | kind_id=2 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=f
COMMIT
--> done
SELECT * FROM tasklane_running ORDER BY task_id
--> task_id=2 | worker_id=1 | token=6 | queue_id=2 | band=-9 | seq=2 | kind_id=3 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:05:41Z | unreadable_since=null | suspect=f | ahead=f
--> task_id=9 | worker_id=1 | token=2 | queue_id=2 | band=0 | seq=9 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=f | ahead=f
COMMIT
--> done
SELECT * FROM tasklane_due ORDER BY task_id
--> run_at=2026-01-02T00:00:00Z | task_id=14 | queue_id=1 | band=-1 | kind_id=1 | retries_used=0 | recoveries=0 | unreadable_since=null
COMMIT
--> done
SELECT * FROM tasklane_finished ORDER BY task_id
--> task_id=4 | queue_id=2 | kind_id=1 | state=1 | retries_used=0 | recoveries=0 | worker_id=1 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | result=null
--> task_id=7 | queue_id=2 | kind_id=1 | state=2 | retries_used=0 | recoveries=0 | worker_id=1 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | result=null
--> task_id=10 | queue_id=2 | kind_id=1 | state=2 | retries_used=0 | recoveries=2 | worker_id=3 | started_at=2026-01-01T00:00:21Z | finished_at=2026-01-01T00:00:41Z | result=null
COMMIT
--> done
SELECT * FROM tasklane_attempt ORDER BY task_id, number
--> task_id=1 | number=1 | outcome=1 | worker_id=1 | retries_used=1 | recoveries=0 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
--> task_id=5 | number=1 | outcome=3 | worker_id=1 | retries_used=0 | recoveries=1 | started_at=2026-01-01T00:00:01.001Z | finished_at=2026-01-01T00:00:01.005Z | error_class=null | error_message=null | error_stack=null
--> task_id=5 | number=2 | outcome=5 | worker_id=2 | retries_used=0 | recoveries=1 | started_at=null | finished_at=2026-01-01T00:00:21Z | error_class=null | error_message=null | error_stack=null
--> task_id=6 | number=1 | outcome=1 | worker_id=1 | retries_used=1 | recoveries=0 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
--> task_id=6 | number=2 | outcome=3 | worker_id=1 | retries_used=1 | recoveries=0 | started_at=2026-01-01T00:00:01.001Z | finished_at=2026-01-01T00:00:01.005Z | error_class=null | error_message=null | error_stack=null
--> task_id=6 | number=3 | outcome=5 | worker_id=2 | retries_used=1 | recoveries=0 | started_at=null | finished_at=2026-01-01T00:00:21Z | error_class=null | error_message=null | error_stack=null
--> task_id=7 | number=1 | outcome=2 | worker_id=1 | retries_used=0 | recoveries=0 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
--> task_id=8 | number=1 | outcome=4 | worker_id=1 | retries_used=0 | recoveries=0 | started_at=null | finished_at=2026-01-01T00:00:01Z | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
--> task_id=10 | number=1 | outcome=5 | worker_id=2 | retries_used=0 | recoveries=1 | started_at=2026-01-01T00:00:01Z | finished_at=2026-01-01T00:00:21Z | error_class=null | error_message=null | error_stack=null
--> task_id=10 | number=2 | outcome=5 | worker_id=3 | retries_used=0 | recoveries=2 | started_at=2026-01-01T00:00:21Z | finished_at=2026-01-01T00:00:41Z | error_class=io.tasklane.TaskException | error_message=Its worker died 2 times while it ran; it is not put back again | error_stack=
COMMIT
--> done
SELECT * FROM tasklane_worker ORDER BY id
--> id=1 | application=shop | host=node-1 | pid=4711 | queues=default,email,reports | concurrency=10 | running=0 | started_at=2026-01-01T00:00:00Z | heartbeat_at=2026-01-01T00:05:41Z | dead_at=null
--> id=2 | application=shop | host=node-1 | pid=4711 | queues=default,email,reports | concurrency=10 | running=0 | started_at=2026-01-01T00:00:00Z | heartbeat_at=2026-01-01T00:00:00Z | dead_at=2026-01-01T00:00:21Z
--> id=3 | application=shop | host=node-1 | pid=4711 | queues=default,email,reports | concurrency=10 | running=0 | started_at=2026-01-01T00:00:21Z | heartbeat_at=2026-01-01T00:00:21Z | dead_at=2026-01-01T00:00:41Z
COMMIT
--> done
SELECT * FROM tasklane_maintenance ORDER BY name
--> name=maintenance | worker_id=1 | held_until=2026-01-01T00:06:11Z
COMMIT
--> done
SELECT * FROM tasklane_tasks ORDER BY id
--> id=1 | task=Mailer.welcome | queue=email | state=QUEUED | priority=0 | retries=3 | max_attempts=4 | retries_used=1 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=2026-01-01T00:05:41Z | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=2 | task=Unknown.task | queue=email | state=RUNNING | priority=9 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=2026-01-01T00:00:00Z | worker_id=1 | claimed_at=2026-01-01T00:05:41Z | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=4 | task=Mailer.welcome | queue=email | state=SUCCEEDED | priority=5 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=null | worker_id=1 | claimed_at=null | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=5 | task=Mailer.welcome | queue=email | state=QUEUED | priority=-5 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=1 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=2026-01-01T00:00:00Z | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=6 | task=Mailer.welcome | queue=email | state=QUEUED | priority=0 | retries=3 | max_attempts=4 | retries_used=1 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=2026-01-01T00:00:01Z | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=7 | task=Mailer.welcome | queue=email | state=FAILED | priority=0 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=null | worker_id=1 | claimed_at=null | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=8 | task=Mailer.welcome | queue=email | state=QUEUED | priority=0 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=2026-01-01T00:05:41Z | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=9 | task=Mailer.welcome | queue=email | state=RUNNING | priority=0 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=2026-01-01T00:00:00Z | worker_id=1 | claimed_at=2026-01-01T00:00:01Z | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=10 | task=Mailer.welcome | queue=email | state=FAILED | priority=0 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=2 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=null | worker_id=3 | claimed_at=null | started_at=2026-01-01T00:00:21Z | finished_at=2026-01-01T00:00:41Z | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=11 | task=Reports.monthly | queue=reports | state=QUEUED | priority=0 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=2026-01-01T00:00:00Z | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=12 | task=Mailer.welcome | queue=default | state=QUEUED | priority=1 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=2026-01-01T00:05:41Z | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=13 | task=Mailer.welcome | queue=default | state=QUEUED | priority=1 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=null | ready_at=2026-01-01T00:05:41Z | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=14 | task=Mailer.welcome | queue=default | state=SCHEDULED | priority=1 | retries=3 | max_attempts=4 | retries_used=0 | recoveries=0 | created_at=2026-01-01T00:00:00Z | run_at=2026-01-02T00:00:00Z | ready_at=null | worker_id=null | claimed_at=null | started_at=null | finished_at=null | result=null | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
SELECT * FROM tasklane_attempts ORDER BY task_id, number
--> task_id=1 | number=1 | outcome=RETRIED | worker_id=1 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
--> task_id=4 | number=1 | outcome=SUCCEEDED | worker_id=1 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | error_class=null | error_message=null | error_stack=null
--> task_id=5 | number=1 | outcome=RELEASED | worker_id=1 | started_at=2026-01-01T00:00:01.001Z | finished_at=2026-01-01T00:00:01.005Z | error_class=null | error_message=null | error_stack=null
--> task_id=5 | number=2 | outcome=LOST | worker_id=2 | started_at=null | finished_at=2026-01-01T00:00:21Z | error_class=null | error_message=null | error_stack=null
--> task_id=6 | number=1 | outcome=RETRIED | worker_id=1 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
--> task_id=6 | number=2 | outcome=RELEASED | worker_id=1 | started_at=2026-01-01T00:00:01.001Z | finished_at=2026-01-01T00:00:01.005Z | error_class=null | error_message=null | error_stack=null
--> task_id=6 | number=3 | outcome=LOST | worker_id=2 | started_at=null | finished_at=2026-01-01T00:00:21Z | error_class=null | error_message=null | error_stack=null
--> task_id=7 | number=1 | outcome=FAILED | worker_id=1 | started_at=2026-01-01T00:00:00.001Z | finished_at=2026-01-01T00:00:00.005Z | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
--> task_id=8 | number=1 | outcome=POSTPONED | worker_id=1 | started_at=null | finished_at=2026-01-01T00:00:01Z | error_class=java.lang.IllegalStateException | error_message=boom | error_stack=at Mailer.welcome
--> task_id=10 | number=1 | outcome=LOST | worker_id=2 | started_at=2026-01-01T00:00:01Z | finished_at=2026-01-01T00:00:21Z | error_class=null | error_message=null | error_stack=null
--> task_id=10 | number=2 | outcome=LOST | worker_id=3 | started_at=2026-01-01T00:00:21Z | finished_at=2026-01-01T00:00:41Z | error_class=io.tasklane.TaskException | error_message=Its worker died 2 times while it ran; it is not put back again | error_stack=
COMMIT
--> done
