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
--> id=2 | name=email | name_lower=email | paused=FALSE | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
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
UPDATE tasklane_queue_source SET superseded_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z'
WHERE queue_id = 3 AND application = 'shop' AND superseded_at IS NULL
--> updated 0
UPDATE tasklane_queue_source SET number = 1, applied_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z', superseded_at = NULL
WHERE queue_id = 3 AND application = 'shop' AND hash = 'hash-1'
--> updated 0
INSERT INTO tasklane_queue_source (queue_id, application, hash, number, applied_at)
VALUES (3, 'shop', 'hash-1', 1, TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z')
--> updated 1
COMMIT
--> done
SELECT * FROM tasklane_queue WHERE name_lower = 'reports' FOR UPDATE
--> id=3 | name=reports | name_lower=reports | paused=FALSE | concurrency=2 | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
SELECT application, hash, number, superseded_at FROM tasklane_queue_source
WHERE queue_id = 3 ORDER BY number
--> application=shop | hash=hash-1 | number=1 | superseded_at=null
COMMIT
--> done
SELECT * FROM tasklane_queue WHERE name_lower = 'reports' FOR UPDATE
--> id=3 | name=reports | name_lower=reports | paused=FALSE | concurrency=2 | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
SELECT application, hash, number, superseded_at FROM tasklane_queue_source
WHERE queue_id = 3 ORDER BY number
--> application=shop | hash=hash-1 | number=1 | superseded_at=null
UPDATE tasklane_queue_source SET superseded_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z'
WHERE queue_id = 3 AND application = 'shop' AND superseded_at IS NULL
--> updated 1
UPDATE tasklane_queue_source SET number = 2, applied_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z', superseded_at = NULL
WHERE queue_id = 3 AND application = 'shop' AND hash = 'hash-2'
--> updated 0
INSERT INTO tasklane_queue_source (queue_id, application, hash, number, applied_at)
VALUES (3, 'shop', 'hash-2', 2, TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z')
--> updated 1
UPDATE tasklane_queue SET concurrency = 3, retries = null, default_priority = null, backoff_initial_ms = null,
    backoff_multiplier = null, backoff_max_ms = null, backoff_jitter = null
WHERE id = 3
--> updated 1
COMMIT
--> done
SELECT * FROM tasklane_queue WHERE name_lower = 'reports' FOR UPDATE
--> id=3 | name=reports | name_lower=reports | paused=FALSE | concurrency=3 | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
SELECT application, hash, number, superseded_at FROM tasklane_queue_source
WHERE queue_id = 3 ORDER BY number
--> application=shop | hash=hash-1 | number=1 | superseded_at=2026-01-01T00:00:00Z
--> application=shop | hash=hash-2 | number=2 | superseded_at=null
COMMIT
--> done
SELECT * FROM tasklane_queue WHERE name_lower = 'reports' FOR UPDATE
--> id=3 | name=reports | name_lower=reports | paused=FALSE | concurrency=3 | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
SELECT application, hash, number, superseded_at FROM tasklane_queue_source
WHERE queue_id = 3 ORDER BY number
--> application=shop | hash=hash-1 | number=1 | superseded_at=2026-01-01T00:00:00Z
--> application=shop | hash=hash-2 | number=2 | superseded_at=null
UPDATE tasklane_queue_source SET superseded_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z'
WHERE queue_id = 3 AND application = 'billing' AND superseded_at IS NULL
--> updated 0
UPDATE tasklane_queue_source SET number = 3, applied_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z', superseded_at = NULL
WHERE queue_id = 3 AND application = 'billing' AND hash = 'hash-3'
--> updated 0
INSERT INTO tasklane_queue_source (queue_id, application, hash, number, applied_at)
VALUES (3, 'billing', 'hash-3', 3, TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z')
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
--> id=2 | name=email | name_lower=email | paused=FALSE | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
COMMIT
--> done
SELECT * FROM tasklane_queue
--> id=1 | name=default | name_lower=default | paused=FALSE | concurrency=null | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
--> id=2 | name=email | name_lower=email | paused=FALSE | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
--> id=3 | name=reports | name_lower=reports | paused=TRUE | concurrency=null | retries=1 | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
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
VALUES ('shop', 'node-1', 4711, 'default,email,reports', 10, 0, TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z', TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z')
--> updated 1
COMMIT
--> done
INSERT INTO tasklane_worker (application, host, pid, queues, concurrency, running, started_at, heartbeat_at)
VALUES ('shop', 'node-1', 4711, 'default,email,reports', 10, 0, TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z', TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z')
--> updated 1
COMMIT
--> done
UPDATE tasklane_worker SET application = 'shop', host = 'node-1', pid = 4711, queues = 'default,email,reports', concurrency = 10, running = 2,
    heartbeat_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z'
WHERE id = 1 AND dead_at IS NULL
--> updated 1
COMMIT
--> done

-- tasks are inserted, one and many
SELECT NEXT VALUE FOR tasklane_id_seq AS block
--> block=1
COMMIT
--> done
SELECT * FROM tasklane_queue
--> id=1 | name=default | name_lower=default | paused=FALSE | concurrency=null | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
--> id=2 | name=email | name_lower=email | paused=FALSE | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
--> id=3 | name=reports | name_lower=reports | paused=TRUE | concurrency=null | retries=1 | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (1, 2, 1, 0, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 0, 1, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
COMMIT
--> done
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (2, 2, 3, 9, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (3, 2, 1, 5, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (4, 2, 1, 5, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (5, 2, 1, -5, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (6, 2, 1, 0, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (7, 2, 1, 0, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (8, 2, 1, 0, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (9, 2, 1, 0, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (10, 2, 1, 0, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (11, 3, 2, 0, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, -9, 2, 3, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, -5, 3, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, -5, 4, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 5, 5, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 0, 6, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 0, 7, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 0, 8, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 0, 9, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 0, 10, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (3, 0, 11, 2, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null)
--> updated 1
COMMIT
--> done

-- some of them for later
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (12, 1, 1, 1, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (13, 1, 1, 1, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_task (id, queue_id, kind_id, priority, retries, created_at, headers, payload) VALUES (14, 1, 1, 1, 3, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', 'traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '{"name":"O''Brien"}')
--> updated 1
INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id, retries_used, recoveries, unreadable_since) VALUES (TIMESTAMP WITH TIME ZONE '2026-01-01 00:01:00.000000+00:00', 12, 1, -1, 1, 0, 0, null)
--> updated 1
INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id, retries_used, recoveries, unreadable_since) VALUES (TIMESTAMP WITH TIME ZONE '2026-01-01 00:01:30.000000+00:00', 13, 1, -1, 1, 0, 0, null)
--> updated 1
INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id, retries_used, recoveries, unreadable_since) VALUES (TIMESTAMP WITH TIME ZONE '2026-01-02 00:00:00.000000+00:00', 14, 1, -1, 1, 0, 0, null)
--> updated 1
COMMIT
--> done

-- a worker looks for work and claims
SELECT 0 AS queue_id, MIN(run_at) AS next_at, TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z' AS now_at FROM tasklane_due
UNION ALL SELECT q.id, NULL, TIMESTAMP WITH TIME ZONE '2026-01-01T00:00Z' FROM tasklane_queue q
WHERE q.id IN (1, 2, 3, 3) AND NOT q.paused AND EXISTS (
    SELECT 1 FROM tasklane_ready r WHERE r.queue_id = q.id AND r.kind_id NOT IN (3))
--> queue_id=0 | next_at=2026-01-01T00:01:00Z | now_at=2026-01-01T00:00:00Z
--> queue_id=2 | next_at=null | now_at=2026-01-01T00:00:00Z
COMMIT
--> done
SELECT name FROM tasklane_lock WHERE name = 'claim' FOR UPDATE
--> name=claim
SELECT 1 AS yes FROM tasklane_worker w, tasklane_queue q
WHERE w.id = 1 AND w.dead_at IS NULL AND q.id = 2 AND NOT q.paused
--> yes=1
SELECT * FROM tasklane_ready WHERE queue_id = 2 AND kind_id NOT IN (3) AND (true OR NOT suspect)
ORDER BY queue_id, band, seq LIMIT 6
--> queue_id=2 | band=-5 | seq=3 | task_id=3 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=-5 | seq=4 | task_id=4 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=0 | seq=1 | task_id=1 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=0 | seq=6 | task_id=6 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=0 | seq=7 | task_id=7 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=0 | seq=8 | task_id=8 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
DELETE FROM tasklane_ready WHERE queue_id = 2 AND band = -5 AND seq IN (3, 4)
--> updated 2
DELETE FROM tasklane_ready WHERE queue_id = 2 AND band = 0 AND seq IN (1, 6, 7, 8)
--> updated 4
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (3, 1, 1, 2, -5, 3, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, false, false)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (4, 1, 1, 2, -5, 4, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, false, false)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (1, 1, 1, 2, 0, 1, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, false, false)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (6, 1, 1, 2, 0, 6, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, false, false)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (7, 1, 1, 2, 0, 7, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, false, false)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (8, 1, 1, 2, 0, 8, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, false, false)
--> updated 1
SELECT id, retries, headers, payload FROM tasklane_task WHERE id IN (3, 4, 1, 6, 7, 8, 8, 8)
--> id=1 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=3 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=4 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=6 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=7 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=8 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
SELECT task_id, token FROM tasklane_running WHERE worker_id = 1
--> task_id=1 | token=1
--> task_id=3 | token=1
--> task_id=4 | token=1
--> task_id=6 | token=1
--> task_id=7 | token=1
--> task_id=8 | token=1
COMMIT
--> done

-- it completes and claims in one transaction: succeeded with a result and without one
SELECT name FROM tasklane_lock WHERE name = 'claim' FOR UPDATE
--> name=claim
SELECT * FROM tasklane_running WHERE task_id IN (3, 4) ORDER BY task_id FOR UPDATE
--> task_id=3 | worker_id=1 | token=1 | queue_id=2 | band=-5 | seq=3 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
--> task_id=4 | worker_id=1 | token=1 | queue_id=2 | band=-5 | seq=4 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
DELETE FROM tasklane_running WHERE task_id IN (3, 4)
--> updated 2
INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id, started_at,
    finished_at, result) VALUES (3, 2, 1, 1, 0, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.001000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.005000+00:00', '{"sent":true}')
--> updated 1
INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id, started_at,
    finished_at, result) VALUES (4, 2, 1, 1, 0, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.001000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.005000+00:00', null)
--> updated 1
SELECT 1 AS yes FROM tasklane_worker w, tasklane_queue q
WHERE w.id = 1 AND w.dead_at IS NULL AND q.id = 2 AND NOT q.paused
--> yes=1
SELECT * FROM tasklane_ready WHERE queue_id = 2 AND kind_id NOT IN (3) AND (true OR NOT suspect)
ORDER BY queue_id, band, seq LIMIT 1
--> queue_id=2 | band=0 | seq=9 | task_id=9 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
DELETE FROM tasklane_ready WHERE queue_id = 2 AND band = 0 AND seq IN (9)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (9, 1, 2, 2, 0, 9, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null, false, false)
--> updated 1
SELECT id, retries, headers, payload FROM tasklane_task WHERE id IN (9)
--> id=9 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done

-- it completes: retried later and at once, failed, postponed
SELECT * FROM tasklane_running WHERE task_id IN (1, 6, 7, 8) ORDER BY task_id FOR UPDATE
--> task_id=1 | worker_id=1 | token=1 | queue_id=2 | band=0 | seq=1 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
--> task_id=6 | worker_id=1 | token=1 | queue_id=2 | band=0 | seq=6 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
--> task_id=7 | worker_id=1 | token=1 | queue_id=2 | band=0 | seq=7 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
--> task_id=8 | worker_id=1 | token=1 | queue_id=2 | band=0 | seq=8 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
DELETE FROM tasklane_running WHERE task_id IN (1, 6, 7, 8)
--> updated 4
SELECT task_id, MAX(number) AS number FROM tasklane_attempt WHERE task_id IN (1, 6, 7, 8) GROUP BY task_id
--> no rows
INSERT INTO tasklane_finished (task_id, queue_id, kind_id, state, retries_used, recoveries, worker_id, started_at,
    finished_at, result) VALUES (7, 2, 1, 2, 0, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.001000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.005000+00:00', null)
--> updated 1
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (1, 1, 1, 1, 1, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.001000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.005000+00:00', 'java.lang.IllegalStateException', 'boom', 'at Mailer.welcome')
--> updated 1
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (6, 1, 1, 1, 1, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.001000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.005000+00:00', 'java.lang.IllegalStateException', 'boom', 'at Mailer.welcome')
--> updated 1
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (7, 1, 2, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.001000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.005000+00:00', 'java.lang.IllegalStateException', 'boom', 'at Mailer.welcome')
--> updated 1
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (8, 1, 4, 1, 0, 0, null, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', 'java.lang.IllegalStateException', 'boom', 'at Mailer.welcome')
--> updated 1
INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id, retries_used, recoveries, unreadable_since) VALUES (TIMESTAMP WITH TIME ZONE '2026-01-01 00:01:01.000000+00:00', 1, 2, 0, 1, 1, 0, null)
--> updated 1
INSERT INTO tasklane_due (run_at, task_id, queue_id, band, kind_id, retries_used, recoveries, unreadable_since) VALUES (TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:31.000000+00:00', 8, 2, 0, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00')
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 0, 6, 1, 1, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null)
--> updated 1
COMMIT
--> done

-- a completion whose lease is not the current one
SELECT * FROM tasklane_running WHERE task_id IN (3) ORDER BY task_id FOR UPDATE
--> no rows
COMMIT
--> done

-- tasks are put back: not started, started, and with a recovery
SELECT name FROM tasklane_lock WHERE name = 'claim' FOR UPDATE
--> name=claim
SELECT 1 AS yes FROM tasklane_worker w, tasklane_queue q
WHERE w.id = 1 AND w.dead_at IS NULL AND q.id = 2 AND NOT q.paused
--> yes=1
SELECT * FROM tasklane_ready WHERE queue_id = 2 AND kind_id NOT IN (3) AND (true OR NOT suspect)
ORDER BY queue_id, band, seq LIMIT 3
--> queue_id=2 | band=0 | seq=10 | task_id=10 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=0 | seq=12 | task_id=6 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=5 | seq=5 | task_id=5 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
DELETE FROM tasklane_ready WHERE queue_id = 2 AND band = 0 AND seq IN (10, 12)
--> updated 2
DELETE FROM tasklane_ready WHERE queue_id = 2 AND band = 5 AND seq IN (5)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (10, 1, 3, 2, 0, 10, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null, false, false)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (6, 1, 3, 2, 0, 12, 1, 1, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null, false, false)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (5, 1, 3, 2, 5, 5, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null, false, false)
--> updated 1
SELECT id, retries, headers, payload FROM tasklane_task WHERE id IN (10, 6, 5, 5)
--> id=5 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=6 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=10 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
SELECT * FROM tasklane_running WHERE task_id IN (10, 6, 5, 5) ORDER BY task_id FOR UPDATE
--> task_id=5 | worker_id=1 | token=3 | queue_id=2 | band=5 | seq=5 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
--> task_id=6 | worker_id=1 | token=3 | queue_id=2 | band=0 | seq=12 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
--> task_id=10 | worker_id=1 | token=3 | queue_id=2 | band=0 | seq=10 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
DELETE FROM tasklane_running WHERE task_id IN (5, 6, 10, 10)
--> updated 3
SELECT task_id, MAX(number) AS number FROM tasklane_attempt WHERE task_id IN (10, 6, 5, 5) GROUP BY task_id
--> task_id=6 | number=1
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (6, 2, 3, 1, 1, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.001000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.005000+00:00', null, null, null)
--> updated 1
INSERT INTO tasklane_attempt (task_id, number, outcome, worker_id, retries_used, recoveries, started_at,
    finished_at, error_class, error_message, error_stack) VALUES (5, 1, 3, 1, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.001000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.005000+00:00', null, null, null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since, suspect) VALUES (2, 0, 10, 10, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, false)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since, suspect) VALUES (2, 0, 12, 6, 1, 1, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null, false)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, seq, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since, suspect) VALUES (2, 5, 5, 5, 1, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', null, false)
--> updated 1
COMMIT
--> done

-- a worker claims, some of it ahead, and dies: nobody else has died yet
SELECT name FROM tasklane_lock WHERE name = 'claim' FOR UPDATE
--> name=claim
SELECT 1 AS yes FROM tasklane_worker w, tasklane_queue q
WHERE w.id = 2 AND w.dead_at IS NULL AND q.id = 2 AND NOT q.paused
--> yes=1
SELECT * FROM tasklane_ready WHERE queue_id = 2 AND kind_id NOT IN (3) AND (true OR NOT suspect)
ORDER BY queue_id, band, seq LIMIT 3
--> queue_id=2 | band=0 | seq=10 | task_id=10 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=0 | seq=12 | task_id=6 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=5 | seq=5 | task_id=5 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
DELETE FROM tasklane_ready WHERE queue_id = 2 AND band = 0 AND seq IN (10, 12)
--> updated 2
DELETE FROM tasklane_ready WHERE queue_id = 2 AND band = 5 AND seq IN (5)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (10, 2, 4, 2, 0, 10, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null, false, false)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (6, 2, 4, 2, 0, 12, 1, 1, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null, false, true)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (5, 2, 4, 2, 5, 5, 1, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00', null, false, true)
--> updated 1
SELECT id, retries, headers, payload FROM tasklane_task WHERE id IN (10, 6, 5, 5)
--> id=5 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=6 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
--> id=10 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
SELECT TIMESTAMP WITH TIME ZONE '2026-01-01T00:00:01Z' AS now_at, MIN(CASE WHEN dead_at IS NULL THEN heartbeat_at END) AS oldest_beat,
    MIN(dead_at) AS oldest_death, (
        SELECT COUNT(*) FROM (SELECT DISTINCT worker_id FROM tasklane_running) r
        WHERE NOT EXISTS (SELECT 1 FROM tasklane_worker l WHERE l.id = r.worker_id AND l.dead_at IS NULL)
    ) AS orphaned
FROM tasklane_worker
--> now_at=2026-01-01T00:00:01Z | oldest_beat=2026-01-01T00:00:00Z | oldest_death=null | orphaned=0
COMMIT
--> done
UPDATE tasklane_worker SET application = 'shop', host = 'node-1', pid = 4711, queues = 'default,email,reports', concurrency = 10, running = 0,
    heartbeat_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00:21Z'
WHERE id = 1 AND dead_at IS NULL
--> updated 1
COMMIT
--> done

-- its tasks are put back
SELECT TIMESTAMP WITH TIME ZONE '2026-01-01T00:00:21Z' AS now_at, MIN(CASE WHEN dead_at IS NULL THEN heartbeat_at END) AS oldest_beat,
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
UPDATE tasklane_worker SET dead_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00:21Z' WHERE id IN (2)
--> updated 1
DELETE FROM tasklane_worker WHERE dead_at < TIMESTAMP WITH TIME ZONE '2025-12-31 00:00:21.000000+00:00'
--> updated 0
COMMIT
--> done
SELECT DISTINCT worker_id FROM tasklane_running
--> worker_id=1
--> worker_id=2
SELECT id FROM tasklane_worker WHERE dead_at IS NULL
--> id=1
SELECT * FROM tasklane_running WHERE worker_id IN (2) ORDER BY task_id LIMIT 1000 FOR UPDATE SKIP LOCKED
--> task_id=5 | worker_id=2 | token=4 | queue_id=2 | band=5 | seq=5 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=FALSE | ahead=TRUE
--> task_id=6 | worker_id=2 | token=4 | queue_id=2 | band=0 | seq=12 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=FALSE | ahead=TRUE
--> task_id=10 | worker_id=2 | token=4 | queue_id=2 | band=0 | seq=10 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
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
COMMIT
--> done

-- the same once more, with no recovery left
INSERT INTO tasklane_worker (application, host, pid, queues, concurrency, running, started_at, heartbeat_at)
VALUES ('shop', 'node-1', 4711, 'default,email,reports', 10, 0, TIMESTAMP WITH TIME ZONE '2026-01-01T00:00:21Z', TIMESTAMP WITH TIME ZONE '2026-01-01T00:00:21Z')
--> updated 1
COMMIT
--> done
SELECT name FROM tasklane_lock WHERE name = 'claim' FOR UPDATE
--> name=claim
SELECT 1 AS yes FROM tasklane_worker w, tasklane_queue q
WHERE w.id = 3 AND w.dead_at IS NULL AND q.id = 2 AND NOT q.paused
--> yes=1
SELECT * FROM tasklane_ready WHERE queue_id = 2 AND kind_id NOT IN (3) AND (false OR NOT suspect)
ORDER BY queue_id, band, seq LIMIT 1
--> queue_id=2 | band=0 | seq=10 | task_id=10 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
DELETE FROM tasklane_ready WHERE queue_id = 2 AND band = 0 AND seq IN (10)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (10, 3, 5, 2, 0, 10, 1, 0, 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:21.000000+00:00', null, false, false)
--> updated 1
SELECT id, retries, headers, payload FROM tasklane_task WHERE id IN (10)
--> id=10 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
COMMIT
--> done
UPDATE tasklane_worker SET application = 'shop', host = 'node-1', pid = 4711, queues = 'default,email,reports', concurrency = 10, running = 0,
    heartbeat_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00:41Z'
WHERE id = 1 AND dead_at IS NULL
--> updated 1
COMMIT
--> done
SELECT TIMESTAMP WITH TIME ZONE '2026-01-01T00:00:41Z' AS now_at, MIN(CASE WHEN dead_at IS NULL THEN heartbeat_at END) AS oldest_beat,
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
UPDATE tasklane_worker SET dead_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:00:41Z' WHERE id IN (3)
--> updated 1
DELETE FROM tasklane_worker WHERE dead_at < TIMESTAMP WITH TIME ZONE '2025-12-31 00:00:41.000000+00:00'
--> updated 0
COMMIT
--> done
SELECT DISTINCT worker_id FROM tasklane_running
--> worker_id=1
--> worker_id=3
SELECT id FROM tasklane_worker WHERE dead_at IS NULL
--> id=1
SELECT * FROM tasklane_running WHERE worker_id IN (3) ORDER BY task_id LIMIT 1000 FOR UPDATE SKIP LOCKED
--> task_id=10 | worker_id=3 | token=5 | queue_id=2 | band=0 | seq=10 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:21Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
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
SELECT name FROM tasklane_lock WHERE name = 'claim' FOR UPDATE
--> name=claim
SELECT * FROM tasklane_due WHERE run_at <= TIMESTAMP WITH TIME ZONE '2026-01-01 00:05:41.000000+00:00' ORDER BY run_at, task_id LIMIT 2
--> run_at=2026-01-01T00:00:31Z | task_id=8 | queue_id=2 | band=0 | kind_id=1 | retries_used=0 | recoveries=0 | unreadable_since=2026-01-01T00:00:01Z
--> run_at=2026-01-01T00:01:00Z | task_id=12 | queue_id=1 | band=-1 | kind_id=1 | retries_used=0 | recoveries=0 | unreadable_since=null
DELETE FROM tasklane_due WHERE task_id IN (8, 12)
--> updated 2
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 0, 8, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:05:41.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01.000000+00:00')
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (1, -1, 12, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:05:41.000000+00:00', null)
--> updated 1
COMMIT
--> done
SELECT name FROM tasklane_lock WHERE name = 'claim' FOR UPDATE
--> name=claim
SELECT * FROM tasklane_due WHERE run_at <= TIMESTAMP WITH TIME ZONE '2026-01-01 00:05:41.000000+00:00' ORDER BY run_at, task_id LIMIT 100
--> run_at=2026-01-01T00:01:01Z | task_id=1 | queue_id=2 | band=0 | kind_id=1 | retries_used=1 | recoveries=0 | unreadable_since=null
--> run_at=2026-01-01T00:01:30Z | task_id=13 | queue_id=1 | band=-1 | kind_id=1 | retries_used=0 | recoveries=0 | unreadable_since=null
DELETE FROM tasklane_due WHERE task_id IN (1, 13)
--> updated 2
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (2, 0, 1, 1, 1, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:05:41.000000+00:00', null)
--> updated 1
INSERT INTO tasklane_ready (queue_id, band, task_id, kind_id, retries_used, recoveries, ready_at,
    unreadable_since) VALUES (1, -1, 13, 1, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:05:41.000000+00:00', null)
--> updated 1
COMMIT
--> done
UPDATE tasklane_worker SET application = 'shop', host = 'node-1', pid = 4711, queues = 'default,email,reports', concurrency = 10, running = 0,
    heartbeat_at = TIMESTAMP WITH TIME ZONE '2026-01-01T00:05:41Z'
WHERE id = 1 AND dead_at IS NULL
--> updated 1
COMMIT
--> done

-- some are left running
SELECT name FROM tasklane_lock WHERE name = 'claim' FOR UPDATE
--> name=claim
SELECT 1 AS yes FROM tasklane_worker w, tasklane_queue q
WHERE w.id = 1 AND w.dead_at IS NULL AND q.id = 2 AND NOT q.paused
--> yes=1
SELECT * FROM tasklane_ready WHERE queue_id = 2 AND kind_id NOT IN (-1) AND (true OR NOT suspect)
ORDER BY queue_id, band, seq LIMIT 2
--> queue_id=2 | band=-9 | seq=2 | task_id=2 | kind_id=3 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=0 | seq=12 | task_id=6 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=TRUE
DELETE FROM tasklane_ready WHERE queue_id = 2 AND band = -9 AND seq IN (2)
--> updated 1
INSERT INTO tasklane_running (task_id, worker_id, token, queue_id, band, seq, kind_id, retries_used, recoveries,
    ready_at, claimed_at, unreadable_since, suspect, ahead) VALUES (2, 1, 6, 2, -9, 2, 3, 0, 0, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.000000+00:00', TIMESTAMP WITH TIME ZONE '2026-01-01 00:05:41.000000+00:00', null, false, false)
--> updated 1
SELECT id, retries, headers, payload FROM tasklane_task WHERE id IN (2)
--> id=2 | retries=3 | headers=traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | payload={"name":"O'Brien"}
SELECT 1 AS yes FROM tasklane_worker w, tasklane_queue q
WHERE w.id = 1 AND w.dead_at IS NULL AND q.id = 3 AND NOT q.paused
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
--> id=2 | name=email
--> id=3 | name=reports
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
--> id=2 | name=email
--> id=3 | name=reports
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
--> id=2 | name=email
--> id=3 | name=reports
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
SELECT q.name, s.state, s.tasks, s.oldest_at, TIMESTAMP WITH TIME ZONE '2026-01-01T00:05:41Z' AS now_at
FROM tasklane_queue q LEFT JOIN (
    SELECT queue_id, 12 AS state, COUNT(*) AS tasks, MIN(ready_at) AS oldest_at
    FROM tasklane_ready GROUP BY queue_id
    UNION ALL SELECT queue_id, 13, COUNT(*), NULL FROM tasklane_running GROUP BY queue_id
    UNION ALL SELECT queue_id, 11, COUNT(*), NULL FROM tasklane_due GROUP BY queue_id
    UNION ALL SELECT queue_id, state, COUNT(*), NULL FROM tasklane_finished GROUP BY queue_id, state
) s ON s.queue_id = q.id
--> name=default | state=12 | tasks=2 | oldest_at=2026-01-01T00:05:41Z | now_at=2026-01-01T00:05:41Z
--> name=default | state=11 | tasks=1 | oldest_at=null | now_at=2026-01-01T00:05:41Z
--> name=email | state=12 | tasks=4 | oldest_at=2026-01-01T00:00:00Z | now_at=2026-01-01T00:05:41Z
--> name=email | state=13 | tasks=2 | oldest_at=null | now_at=2026-01-01T00:05:41Z
--> name=email | state=1 | tasks=2 | oldest_at=null | now_at=2026-01-01T00:05:41Z
--> name=email | state=2 | tasks=2 | oldest_at=null | now_at=2026-01-01T00:05:41Z
--> name=reports | state=12 | tasks=1 | oldest_at=2026-01-01T00:00:00Z | now_at=2026-01-01T00:05:41Z
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
UPDATE tasklane_maintenance SET worker_id = 1, held_until = DATEADD(MICROSECOND, 30000000, TIMESTAMP WITH TIME ZONE '2026-01-01T00:05:41Z')
WHERE name = 'maintenance'
    AND (worker_id IS NULL OR worker_id = 1 OR held_until <= TIMESTAMP WITH TIME ZONE '2026-01-01T00:05:41Z'
        OR worker_id NOT IN (SELECT id FROM tasklane_worker WHERE dead_at IS NULL))
    AND EXISTS (SELECT 1 FROM tasklane_worker w WHERE w.id = 1 AND w.dead_at IS NULL)
--> updated 1
COMMIT
--> done
SELECT q.id AS queue_id, s.state, TIMESTAMP WITH TIME ZONE '2026-01-01T00:05:41Z' AS now_at, (
    SELECT f.finished_at FROM tasklane_finished f WHERE f.queue_id = q.id AND f.state = s.state
    ORDER BY f.queue_id, f.state, f.finished_at, f.task_id LIMIT 1) AS oldest_at
FROM tasklane_queue q CROSS JOIN (SELECT 1 AS state) s
--> queue_id=1 | state=1 | now_at=2026-01-01T00:05:41Z | oldest_at=null
--> queue_id=2 | state=1 | now_at=2026-01-01T00:05:41Z | oldest_at=2026-01-01T00:00:00.005Z
--> queue_id=3 | state=1 | now_at=2026-01-01T00:05:41Z | oldest_at=null
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
VALUES ('shop', 'node-1', 4711, 'default,email,reports', 10, 0, TIMESTAMP WITH TIME ZONE '2026-01-01T00:05:41Z', TIMESTAMP WITH TIME ZONE '2026-01-01T00:05:41Z')
--> updated 1
COMMIT
--> done
DELETE FROM tasklane_worker WHERE id = 4
--> updated 1
COMMIT
--> done

-- what is in the tables and views in the end
SELECT * FROM tasklane_queue ORDER BY id
--> id=1 | name=default | name_lower=default | paused=FALSE | concurrency=null | retries=null | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
--> id=2 | name=email | name_lower=email | paused=FALSE | concurrency=4 | retries=2 | default_priority=7 | backoff_initial_ms=1000 | backoff_multiplier=1.5 | backoff_max_ms=60000 | backoff_jitter=0.5
--> id=3 | name=reports | name_lower=reports | paused=TRUE | concurrency=null | retries=1 | default_priority=null | backoff_initial_ms=null | backoff_multiplier=null | backoff_max_ms=null | backoff_jitter=null
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
--> queue_id=1 | band=-1 | seq=14 | task_id=12 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:05:41Z | unreadable_since=null | suspect=FALSE
--> queue_id=1 | band=-1 | seq=16 | task_id=13 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:05:41Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=0 | seq=12 | task_id=6 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=TRUE
--> queue_id=2 | band=0 | seq=13 | task_id=8 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:05:41Z | unreadable_since=2026-01-01T00:00:01Z | suspect=FALSE
--> queue_id=2 | band=0 | seq=15 | task_id=1 | kind_id=1 | retries_used=1 | recoveries=0 | ready_at=2026-01-01T00:05:41Z | unreadable_since=null | suspect=FALSE
--> queue_id=2 | band=5 | seq=5 | task_id=5 | kind_id=1 | retries_used=0 | recoveries=1 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=TRUE
--> queue_id=3 | band=0 | seq=11 | task_id=11 | kind_id=2 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | unreadable_since=null | suspect=FALSE
COMMIT
--> done
SELECT * FROM tasklane_running ORDER BY task_id
--> task_id=2 | worker_id=1 | token=6 | queue_id=2 | band=-9 | seq=2 | kind_id=3 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:05:41Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
--> task_id=9 | worker_id=1 | token=2 | queue_id=2 | band=0 | seq=9 | kind_id=1 | retries_used=0 | recoveries=0 | ready_at=2026-01-01T00:00:00Z | claimed_at=2026-01-01T00:00:01Z | unreadable_since=null | suspect=FALSE | ahead=FALSE
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
