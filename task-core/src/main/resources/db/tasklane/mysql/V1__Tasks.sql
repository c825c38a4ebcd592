-- Tables of Tasklane on MySQL 8.0.1 and MariaDB 10.6, and later.
-- A task is one immutable row, and one narrow row that moves from table to table with its state, so that claiming never
-- walks past tasks that are not to be claimed.

CREATE TABLE ${prefix}queue (
    id                 int NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name               varchar(100) NOT NULL,
    name_lower         varchar(100) NOT NULL COMMENT 'Refuses two names that differ only in case',
    paused             boolean NOT NULL DEFAULT false,
    concurrency        int,
    retries            int,
    default_priority   int,
    backoff_initial_ms bigint,
    backoff_multiplier double,
    backoff_max_ms     bigint,
    backoff_jitter     double,
    CONSTRAINT ${prefix}queue_name UNIQUE (name),
    CONSTRAINT ${prefix}queue_name_lower UNIQUE (name_lower)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Queues and their settings; null is not set: each node puts its own defaults behind it';

INSERT INTO ${prefix}queue (name, name_lower) VALUES ('default', 'default');

CREATE TABLE ${prefix}queue_source (
    queue_id      int NOT NULL,
    application   varchar(255) NOT NULL,
    hash          varchar(64) NOT NULL,
    number        int NOT NULL,
    applied_at    datetime(6) NOT NULL,
    superseded_at datetime(6),
    PRIMARY KEY (queue_id, application, hash)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Which configuration entries applications have applied to a queue; the one without superseded_at is the last';

CREATE TABLE ${prefix}kind (
    id   int NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name varchar(255) NOT NULL,
    CONSTRAINT ${prefix}kind_name UNIQUE (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Names of tasks';

CREATE TABLE ${prefix}worker (
    id           bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    application  varchar(255) NOT NULL,
    host         varchar(255) NOT NULL,
    pid          bigint NOT NULL,
    queues       text NOT NULL COMMENT 'Names of the queues that it consumes, separated by commas',
    concurrency  int NOT NULL,
    running      int NOT NULL,
    started_at   datetime(6) NOT NULL,
    heartbeat_at datetime(6) NOT NULL,
    dead_at      datetime(6) COMMENT 'When it was declared dead; null while it is alive'
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Workers, one row per application instance, written at each heartbeat';

CREATE TABLE ${prefix}id_block (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Always empty; its counter numbers blocks of 1000 ids of tasks';

CREATE TABLE ${prefix}task (
    id         bigint NOT NULL PRIMARY KEY,
    queue_id   int NOT NULL,
    kind_id    int NOT NULL,
    priority   int NOT NULL,
    retries    int NOT NULL,
    created_at datetime(6) NOT NULL,
    headers    mediumtext,
    payload    longtext NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Tasks: what was enqueued. Never updated; the state is the table in which the id also stands';

CREATE TABLE ${prefix}ready (
    queue_id         int NOT NULL,
    band             int NOT NULL COMMENT 'Negated priority, so that ascending is most urgent first',
    seq              bigint NOT NULL AUTO_INCREMENT,
    task_id          bigint NOT NULL,
    kind_id          int NOT NULL,
    retries_used     int NOT NULL DEFAULT 0,
    recoveries       int NOT NULL DEFAULT 0,
    ready_at         datetime(6) NOT NULL,
    unreadable_since datetime(6),
    suspect          boolean NOT NULL DEFAULT false
        COMMENT 'Was claimed ahead by a worker that died, and may have been the cause: claimed one at a time',
    PRIMARY KEY (queue_id, band, seq),
    KEY ${prefix}ready_seq (seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'QUEUED tasks in the order in which they are claimed: most urgent band, then oldest seq';

CREATE TABLE ${prefix}running (
    task_id          bigint NOT NULL PRIMARY KEY,
    worker_id        bigint NOT NULL,
    token            bigint NOT NULL,
    queue_id         int NOT NULL,
    band             int NOT NULL,
    seq              bigint NOT NULL,
    kind_id          int NOT NULL,
    retries_used     int NOT NULL,
    recoveries       int NOT NULL,
    ready_at         datetime(6) NOT NULL,
    claimed_at       datetime(6) NOT NULL,
    unreadable_since datetime(6),
    suspect          boolean NOT NULL,
    ahead            boolean NOT NULL COMMENT 'Claimed ahead of a free slot: may not have started yet'
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'RUNNING tasks; worker_id and token are the lease';

CREATE TABLE ${prefix}due (
    run_at           datetime(6) NOT NULL,
    task_id          bigint NOT NULL,
    queue_id         int NOT NULL,
    band             int NOT NULL,
    kind_id          int NOT NULL,
    retries_used     int NOT NULL DEFAULT 0,
    recoveries       int NOT NULL DEFAULT 0,
    unreadable_since datetime(6),
    PRIMARY KEY (run_at, task_id),
    CONSTRAINT ${prefix}due_task UNIQUE (task_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'SCHEDULED tasks: delayed, or waiting for a retry';
CREATE INDEX ${prefix}due_queue ON ${prefix}due (queue_id, run_at, task_id);

CREATE TABLE ${prefix}finished (
    task_id      bigint NOT NULL PRIMARY KEY,
    queue_id     int NOT NULL,
    kind_id      int NOT NULL,
    state        smallint NOT NULL COMMENT '1 SUCCEEDED, 2 FAILED, 3 CANCELLED, 4 EXPIRED',
    retries_used int NOT NULL,
    recoveries   int NOT NULL,
    worker_id    bigint,
    started_at   datetime(6),
    finished_at  datetime(6) NOT NULL,
    result       mediumtext
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Tasks that have ended';
CREATE INDEX ${prefix}finished_list ON ${prefix}finished (queue_id, state, finished_at, task_id);

CREATE TABLE ${prefix}attempt (
    task_id       bigint NOT NULL,
    number        int NOT NULL,
    outcome       smallint NOT NULL COMMENT '1 RETRIED, 2 FAILED, 3 RELEASED, 4 POSTPONED, 5 LOST',
    worker_id     bigint NOT NULL,
    retries_used  int NOT NULL COMMENT 'As of the end of the attempt',
    recoveries    int NOT NULL,
    started_at    datetime(6),
    finished_at   datetime(6) NOT NULL,
    error_class   varchar(500),
    error_message mediumtext,
    error_stack   mediumtext,
    PRIMARY KEY (task_id, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Attempts that did not succeed';

CREATE VIEW ${prefix}tasks AS
SELECT t.id, k.name AS task, q.name AS queue, s.state, t.priority, t.retries,
       t.retries + 1 AS max_attempts, s.retries_used, s.recoveries, t.created_at, s.run_at, s.ready_at, s.worker_id,
       s.claimed_at, s.started_at, s.finished_at, s.result, t.headers, t.payload
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

CREATE VIEW ${prefix}attempts AS
SELECT task_id, number,
       CASE outcome WHEN 1 THEN 'RETRIED' WHEN 2 THEN 'FAILED' WHEN 3 THEN 'RELEASED' WHEN 4 THEN 'POSTPONED'
                    WHEN 5 THEN 'LOST' END AS outcome,
       worker_id, started_at, finished_at, error_class, error_message, error_stack
FROM ${prefix}attempt
UNION ALL
SELECT f.task_id, 1 + (SELECT count(*) FROM ${prefix}attempt a WHERE a.task_id = f.task_id), 'SUCCEEDED',
       f.worker_id, f.started_at, f.finished_at, NULL, NULL, NULL
FROM ${prefix}finished f
WHERE f.state = 1;
