-- Rate limits of queues.

ALTER TABLE ${prefix}queue ADD COLUMN rate_limit integer;
ALTER TABLE ${prefix}queue ADD COLUMN rate_interval_ms bigint;
ALTER TABLE ${prefix}queue ADD COLUMN rate_burst integer;
COMMENT ON COLUMN ${prefix}queue.rate_limit IS 'How many tasks all nodes together start in the interval; null is no limit, 0 starts none';

CREATE TABLE ${prefix}bucket (
    queue_id  integer NOT NULL PRIMARY KEY,
    tokens    double precision NOT NULL,
    filled_at timestamp with time zone NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE ${prefix}bucket IS 'Tokens of queues with a rate limit: each task that is claimed takes one, while the row of the queue is locked';
