-- Keys: of the tasks of one key only so many run at a time, in the order in which they were enqueued.

ALTER TABLE ${prefix}task
    ADD COLUMN concurrency_key varchar(470)
        COMMENT 'Its key, with the name of the task or group to which it belongs; null without one',
    ADD COLUMN key_limit int
        COMMENT 'How many tasks of its key may be QUEUED, RUNNING or waiting for a retry for it to be one of them',
    ADD COLUMN key_until smallint
        COMMENT 'How long it keeps its key: 1 until it has ended, 2 until it has ended or waits for a retry, 3 until it is claimed';

ALTER TABLE ${prefix}due ADD COLUMN needs_key boolean NOT NULL DEFAULT false
    COMMENT 'Has a key that it does not hold: becomes BLOCKED when it is due';

CREATE TABLE ${prefix}blocked (
    task_id          bigint NOT NULL PRIMARY KEY,
    queue_id         int NOT NULL,
    band             int NOT NULL,
    seq              bigint NOT NULL AUTO_INCREMENT COMMENT 'Order within a key',
    kind_id          int NOT NULL,
    concurrency_key  varchar(470) NOT NULL,
    key_limit        int NOT NULL,
    retries_used     int NOT NULL DEFAULT 0,
    recoveries       int NOT NULL DEFAULT 0,
    unreadable_since datetime(6),
    waiting          boolean NOT NULL DEFAULT false
        COMMENT 'Its key had no room: it is looked at again when another task of its key gives it up',
    KEY ${prefix}blocked_seq (seq),
    KEY ${prefix}blocked_waiting (waiting, seq),
    KEY ${prefix}blocked_key (concurrency_key, waiting, seq),
    KEY ${prefix}blocked_queue (queue_id, task_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'BLOCKED tasks: their key has no room, or nobody has looked yet whether it has';

CREATE TABLE ${prefix}key_hold (
    id              bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    task_id         bigint NOT NULL,
    concurrency_key varchar(470) NOT NULL,
    ended           boolean NOT NULL DEFAULT false
        COMMENT 'Given up: goes as soon as the next task of the key has been looked for',
    KEY ${prefix}key_hold_task (task_id),
    KEY ${prefix}key_hold_key (concurrency_key, ended),
    KEY ${prefix}key_hold_ended (ended, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Which tasks hold their keys: those that are QUEUED, RUNNING or wait for a retry';

CREATE TABLE ${prefix}key_lock (
    id int NOT NULL PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Who has locked its one row gives keys to tasks';

INSERT INTO ${prefix}key_lock (id) VALUES (1);

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
