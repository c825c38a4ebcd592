-- Tables of Tasklane on PostgreSQL 13 and later.
-- A task is one immutable row, and one narrow row that moves from table to table with its state, so that claiming never
-- walks past tasks that are not to be claimed.

CREATE TABLE ${prefix}queue (
    id                 integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name               varchar(100) NOT NULL,
    name_lower         varchar(100) NOT NULL,
    paused             boolean NOT NULL DEFAULT false,
    concurrency        integer,
    retries            integer,
    default_priority   integer,
    backoff_initial_ms bigint,
    backoff_multiplier double precision,
    backoff_max_ms     bigint,
    backoff_jitter     double precision,
    CONSTRAINT ${prefix}queue_name UNIQUE (name),
    CONSTRAINT ${prefix}queue_name_lower UNIQUE (name_lower)
);
COMMENT ON TABLE ${prefix}queue IS 'Queues and their settings; null is not set: each node puts its own defaults behind it';
COMMENT ON COLUMN ${prefix}queue.name_lower IS 'Refuses two names that differ only in case';

INSERT INTO ${prefix}queue (name, name_lower) VALUES ('default', 'default');

CREATE TABLE ${prefix}queue_source (
    queue_id      integer NOT NULL,
    application   varchar(255) NOT NULL,
    hash          varchar(64) NOT NULL,
    number        integer NOT NULL,
    applied_at    timestamptz NOT NULL,
    superseded_at timestamptz,
    PRIMARY KEY (queue_id, application, hash)
);
COMMENT ON TABLE ${prefix}queue_source IS 'Which configuration entries applications have applied to a queue; the one without superseded_at is the last';

CREATE TABLE ${prefix}kind (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name varchar(255) NOT NULL,
    CONSTRAINT ${prefix}kind_name UNIQUE (name)
);
COMMENT ON TABLE ${prefix}kind IS 'Names of tasks';

CREATE TABLE ${prefix}worker (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application  varchar(255) NOT NULL,
    host         varchar(255) NOT NULL,
    pid          bigint NOT NULL,
    queues       text NOT NULL,
    concurrency  integer NOT NULL,
    running      integer NOT NULL,
    started_at   timestamptz NOT NULL,
    heartbeat_at timestamptz NOT NULL,
    dead_at      timestamptz
) WITH (fillfactor = 50);
COMMENT ON TABLE ${prefix}worker IS 'Workers, one row per application instance, written at each heartbeat';
COMMENT ON COLUMN ${prefix}worker.queues IS 'Names of the queues that it consumes, separated by commas';
COMMENT ON COLUMN ${prefix}worker.dead_at IS 'When it was declared dead; null while it is alive';

CREATE SEQUENCE ${prefix}id_seq INCREMENT BY 1000;
COMMENT ON SEQUENCE ${prefix}id_seq IS 'Ids of tasks: each value is the first of a block of 1000';

CREATE TABLE ${prefix}task (
    id         bigint NOT NULL PRIMARY KEY,
    queue_id   integer NOT NULL,
    kind_id    integer NOT NULL,
    priority   integer NOT NULL,
    retries    integer NOT NULL,
    created_at timestamptz NOT NULL,
    headers    text,
    payload    text NOT NULL
);
COMMENT ON TABLE ${prefix}task IS 'Tasks: what was enqueued. Never updated; the state is the table in which the id also stands';

CREATE SEQUENCE ${prefix}ready_seq;
CREATE TABLE ${prefix}ready (
    queue_id         integer NOT NULL,
    band             integer NOT NULL,
    seq              bigint NOT NULL DEFAULT nextval('${prefix}ready_seq'),
    task_id          bigint NOT NULL,
    kind_id          integer NOT NULL,
    retries_used     integer NOT NULL DEFAULT 0,
    recoveries       integer NOT NULL DEFAULT 0,
    ready_at         timestamptz NOT NULL,
    unreadable_since timestamptz,
    suspect          boolean NOT NULL DEFAULT false,
    PRIMARY KEY (queue_id, band, seq)
) WITH (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0.2,
    autovacuum_vacuum_cost_delay = 0
);
ALTER SEQUENCE ${prefix}ready_seq OWNED BY ${prefix}ready.seq;
COMMENT ON TABLE ${prefix}ready IS 'QUEUED tasks in the order in which they are claimed: most urgent band, then oldest seq';
COMMENT ON COLUMN ${prefix}ready.band IS 'Negated priority, so that ascending is most urgent first';
COMMENT ON COLUMN ${prefix}ready.suspect IS 'Was claimed ahead by a worker that died, and may have been the cause: claimed one at a time';

CREATE TABLE ${prefix}floor (
    queue_id   integer NOT NULL,
    band       integer NOT NULL,
    version    bigint NOT NULL,
    since      bigint NOT NULL,
    seq        bigint NOT NULL,
    lowered_at timestamptz NOT NULL,
    PRIMARY KEY (queue_id, band)
) WITH (fillfactor = 50);
COMMENT ON TABLE ${prefix}floor IS 'How far back workers must look for tasks that were put back in their old place';
COMMENT ON COLUMN ${prefix}floor.version IS 'Counts the times that tasks were put back';
COMMENT ON COLUMN ${prefix}floor.seq IS 'Lowest place of those put back after the version in the column since';

CREATE TABLE ${prefix}running (
    task_id          bigint NOT NULL PRIMARY KEY,
    worker_id        bigint NOT NULL,
    token            bigint NOT NULL,
    queue_id         integer NOT NULL,
    band             integer NOT NULL,
    seq              bigint NOT NULL,
    kind_id          integer NOT NULL,
    retries_used     integer NOT NULL,
    recoveries       integer NOT NULL,
    ready_at         timestamptz NOT NULL,
    claimed_at       timestamptz NOT NULL,
    unreadable_since timestamptz,
    suspect          boolean NOT NULL,
    ahead            boolean NOT NULL
) WITH (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0.2,
    autovacuum_vacuum_cost_delay = 0
);
COMMENT ON TABLE ${prefix}running IS 'RUNNING tasks; worker_id and token are the lease';
COMMENT ON COLUMN ${prefix}running.ahead IS 'Claimed ahead of a free slot: may not have started yet';

CREATE TABLE ${prefix}due (
    run_at           timestamptz NOT NULL,
    task_id          bigint NOT NULL,
    queue_id         integer NOT NULL,
    band             integer NOT NULL,
    kind_id          integer NOT NULL,
    retries_used     integer NOT NULL DEFAULT 0,
    recoveries       integer NOT NULL DEFAULT 0,
    unreadable_since timestamptz,
    PRIMARY KEY (run_at, task_id),
    CONSTRAINT ${prefix}due_task UNIQUE (task_id)
) WITH (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000
);
CREATE INDEX ${prefix}due_queue ON ${prefix}due (queue_id, run_at, task_id);
COMMENT ON TABLE ${prefix}due IS 'SCHEDULED tasks: delayed, or waiting for a retry';

CREATE TABLE ${prefix}finished (
    task_id      bigint NOT NULL PRIMARY KEY,
    queue_id     integer NOT NULL,
    kind_id      integer NOT NULL,
    state        smallint NOT NULL,
    retries_used integer NOT NULL,
    recoveries   integer NOT NULL,
    worker_id    bigint,
    started_at   timestamptz,
    finished_at  timestamptz NOT NULL,
    result       text
);
CREATE INDEX ${prefix}finished_list ON ${prefix}finished (queue_id, state, finished_at, task_id);
COMMENT ON TABLE ${prefix}finished IS 'Tasks that have ended';
COMMENT ON COLUMN ${prefix}finished.state IS '1 SUCCEEDED, 2 FAILED, 3 CANCELLED, 4 EXPIRED';

CREATE TABLE ${prefix}attempt (
    task_id       bigint NOT NULL,
    number        integer NOT NULL,
    outcome       smallint NOT NULL,
    worker_id     bigint NOT NULL,
    retries_used  integer NOT NULL,
    recoveries    integer NOT NULL,
    started_at    timestamptz,
    finished_at   timestamptz NOT NULL,
    error_class   varchar(500),
    error_message text,
    error_stack   text,
    PRIMARY KEY (task_id, number)
);
COMMENT ON TABLE ${prefix}attempt IS 'Attempts that did not succeed';
COMMENT ON COLUMN ${prefix}attempt.outcome IS '1 RETRIED, 2 FAILED, 3 RELEASED, 4 POSTPONED, 5 LOST';
COMMENT ON COLUMN ${prefix}attempt.retries_used IS 'As of the end of the attempt';

CREATE VIEW ${prefix}tasks AS
SELECT t.id, k.name AS task, q.name AS queue, s.state, t.priority, t.retries,
       t.retries + 1::bigint AS max_attempts, s.retries_used, s.recoveries, t.created_at, s.run_at, s.ready_at, s.worker_id,
       s.claimed_at, s.started_at, s.finished_at, s.result, t.headers, t.payload
FROM (
    SELECT task_id, queue_id, kind_id, 'QUEUED' AS state, retries_used, recoveries, NULL::timestamptz AS run_at, ready_at,
           NULL::bigint AS worker_id, NULL::timestamptz AS claimed_at, NULL::timestamptz AS started_at,
           NULL::timestamptz AS finished_at, NULL::text AS result
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
COMMENT ON VIEW ${prefix}tasks IS 'All tasks with their state by name: SELECT * FROM ${prefix}tasks WHERE id = 42';

CREATE VIEW ${prefix}attempts AS
SELECT task_id, number,
       CASE outcome WHEN 1 THEN 'RETRIED' WHEN 2 THEN 'FAILED' WHEN 3 THEN 'RELEASED' WHEN 4 THEN 'POSTPONED'
                    WHEN 5 THEN 'LOST' END AS outcome,
       worker_id, started_at, finished_at, error_class, error_message, error_stack
FROM ${prefix}attempt
UNION ALL
SELECT f.task_id, 1 + (SELECT count(*)::integer FROM ${prefix}attempt a WHERE a.task_id = f.task_id), 'SUCCEEDED',
       f.worker_id, f.started_at, f.finished_at, NULL, NULL, NULL
FROM ${prefix}finished f
WHERE f.state = 1;
COMMENT ON VIEW ${prefix}attempts IS 'All attempts of all tasks, the one that succeeded included';
