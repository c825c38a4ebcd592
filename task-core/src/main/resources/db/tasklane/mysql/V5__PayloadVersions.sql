-- Payloads have a version: code that is older leaves them to code that can read them, code that is newer upgrades them.

ALTER TABLE ${prefix}task ADD COLUMN version int NOT NULL DEFAULT 1 COMMENT 'Version of the payload, as of @Task(version)';

CREATE OR REPLACE VIEW ${prefix}tasks AS
SELECT t.id, k.name AS task, q.name AS queue, s.state, t.priority, t.retries,
       t.retries + 1 AS max_attempts, s.retries_used, s.recoveries, t.created_at, s.run_at, s.ready_at, s.worker_id,
       s.claimed_at, s.started_at, s.finished_at, s.result, t.headers, t.payload,
       t.version
FROM (
    SELECT task_id, queue_id, kind_id, 'QUEUED' AS state, retries_used, recoveries, NULL AS run_at, ready_at,
           NULL AS worker_id, NULL AS claimed_at, NULL AS started_at,
           NULL AS finished_at, NULL AS result
    FROM ${prefix}ready
    UNION ALL
    SELECT task_id, queue_id, kind_id, 'RUNNING', retries_used, recoveries, NULL, ready_at, worker_id, claimed_at, NULL,
           NULL, NULL
    FROM ${prefix}running
    UNION ALL
    SELECT task_id, queue_id, kind_id, 'SCHEDULED', retries_used, recoveries, run_at, NULL, NULL, NULL, NULL, NULL, NULL
    FROM ${prefix}due
    UNION ALL
    SELECT task_id, queue_id, kind_id,
           CASE state WHEN 1 THEN 'SUCCEEDED' WHEN 2 THEN 'FAILED' WHEN 3 THEN 'CANCELLED' WHEN 4 THEN 'EXPIRED' END,
           retries_used, recoveries, NULL, NULL, worker_id, NULL, started_at, finished_at, result
    FROM ${prefix}finished
) s
JOIN ${prefix}task t ON t.id = s.task_id
JOIN ${prefix}queue q ON q.id = s.queue_id
JOIN ${prefix}kind k ON k.id = s.kind_id;
