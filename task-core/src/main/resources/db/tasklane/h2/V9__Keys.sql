-- Keys: of the tasks of one key only so many run at a time, in the order in which they were enqueued.

ALTER TABLE ${prefix}task ADD COLUMN concurrency_key varchar(470);
ALTER TABLE ${prefix}task ADD COLUMN key_limit integer;
ALTER TABLE ${prefix}task ADD COLUMN key_until smallint;
COMMENT ON COLUMN ${prefix}task.concurrency_key IS 'Its key, with the name of the task or group to which it belongs; null without one';
COMMENT ON COLUMN ${prefix}task.key_limit IS 'How many tasks of its key may be QUEUED, RUNNING or waiting for a retry for it to be one of them';
COMMENT ON COLUMN ${prefix}task.key_until IS 'How long it keeps its key: 1 until it has ended, 2 until it has ended or waits for a retry, 3 until it is claimed';

ALTER TABLE ${prefix}due ADD COLUMN needs_key boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN ${prefix}due.needs_key IS 'Has a key that it does not hold: becomes BLOCKED when it is due';

CREATE SEQUENCE ${prefix}blocked_seq;
CREATE TABLE ${prefix}blocked (
    task_id          bigint NOT NULL PRIMARY KEY,
    queue_id         integer NOT NULL,
    band             integer NOT NULL,
    seq              bigint NOT NULL DEFAULT NEXT VALUE FOR ${prefix}blocked_seq,
    kind_id          integer NOT NULL,
    concurrency_key  varchar(470) NOT NULL,
    key_limit        integer NOT NULL,
    retries_used     integer NOT NULL DEFAULT 0,
    recoveries       integer NOT NULL DEFAULT 0,
    unreadable_since timestamp(6) with time zone,
    waiting          boolean NOT NULL DEFAULT false
);
CREATE INDEX ${prefix}blocked_waiting ON ${prefix}blocked (waiting, seq);
CREATE INDEX ${prefix}blocked_key ON ${prefix}blocked (concurrency_key, waiting, seq);
CREATE INDEX ${prefix}blocked_queue ON ${prefix}blocked (queue_id, task_id);
COMMENT ON TABLE ${prefix}blocked IS 'BLOCKED tasks: their key has no room, or nobody has looked yet whether it has';
COMMENT ON COLUMN ${prefix}blocked.seq IS 'Order within a key';
COMMENT ON COLUMN ${prefix}blocked.waiting IS 'Its key had no room: it is looked at again when another task of its key gives it up';

CREATE TABLE ${prefix}key_hold (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id         bigint NOT NULL,
    concurrency_key varchar(470) NOT NULL,
    ended           boolean NOT NULL DEFAULT false
);
CREATE INDEX ${prefix}key_hold_task ON ${prefix}key_hold (task_id);
CREATE INDEX ${prefix}key_hold_key ON ${prefix}key_hold (concurrency_key, ended);
CREATE INDEX ${prefix}key_hold_ended ON ${prefix}key_hold (ended, id);
COMMENT ON TABLE ${prefix}key_hold IS 'Which tasks hold their keys: those that are QUEUED, RUNNING or wait for a retry';
COMMENT ON COLUMN ${prefix}key_hold.ended IS 'Given up: goes as soon as the next task of the key has been looked for';

CREATE TABLE ${prefix}key_lock (
    id integer NOT NULL PRIMARY KEY
);
COMMENT ON TABLE ${prefix}key_lock IS 'Who has locked its one row gives keys to tasks';

INSERT INTO ${prefix}key_lock (id) VALUES (1);

CREATE OR REPLACE VIEW ${prefix}tasks AS
SELECT t.id, k.name AS task, q.name AS queue, s.state, t.priority, t.retries,
       t.retries + CAST(1 AS bigint) AS max_attempts, s.retries_used, s.recoveries, t.created_at, s.run_at, s.ready_at, s.worker_id,
       s.claimed_at, s.started_at, s.finished_at, s.result, t.headers, t.payload,
       t.version
FROM (
    SELECT task_id, queue_id, kind_id, 'QUEUED' AS state, retries_used, recoveries, CAST(NULL AS timestamp(6) with time zone) AS run_at, ready_at,
           CAST(NULL AS bigint) AS worker_id, CAST(NULL AS timestamp(6) with time zone) AS claimed_at, CAST(NULL AS timestamp(6) with time zone) AS started_at,
           CAST(NULL AS timestamp(6) with time zone) AS finished_at, CAST(NULL AS character large object) AS result
    FROM ${prefix}ready
    UNION ALL
    SELECT task_id, queue_id, kind_id, 'RUNNING', retries_used, recoveries, NULL, ready_at, worker_id, claimed_at, NULL,
           NULL, NULL
    FROM ${prefix}running
    UNION ALL
    SELECT task_id, queue_id, kind_id, 'SCHEDULED', retries_used, recoveries, run_at, NULL, NULL, NULL, NULL, NULL, NULL
    FROM ${prefix}due
    UNION ALL
    SELECT task_id, queue_id, kind_id, 'BLOCKED', retries_used, recoveries, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM ${prefix}blocked
    UNION ALL
    SELECT task_id, queue_id, kind_id,
           CASE state WHEN 1 THEN 'SUCCEEDED' WHEN 2 THEN 'FAILED' WHEN 3 THEN 'CANCELLED' WHEN 4 THEN 'EXPIRED' END,
           retries_used, recoveries, NULL, NULL, worker_id, NULL, started_at, finished_at, result
    FROM ${prefix}finished
) s
JOIN ${prefix}task t ON t.id = s.task_id
JOIN ${prefix}queue q ON q.id = s.queue_id
JOIN ${prefix}kind k ON k.id = s.kind_id;
