-- Priorities that a queue allows.

ALTER TABLE ${prefix}queue ADD COLUMN min_priority integer;
ALTER TABLE ${prefix}queue ADD COLUMN max_priority integer;

-- Operations on many tasks.

ALTER TABLE ${prefix}task ADD COLUMN requeues integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN ${prefix}task.requeues IS 'How often it was queued again after it had failed, together with others';

-- Who did what.

CREATE TABLE ${prefix}audit (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    done_at timestamptz NOT NULL,
    actor   varchar(255) NOT NULL,
    action  varchar(50) NOT NULL,
    queue   varchar(100),
    detail  text,
    tasks   bigint NOT NULL
);
CREATE INDEX ${prefix}audit_time ON ${prefix}audit (done_at, id);
COMMENT ON TABLE ${prefix}audit IS 'What operators did to queues and tasks';
