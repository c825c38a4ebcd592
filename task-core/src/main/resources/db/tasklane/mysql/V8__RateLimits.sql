-- Rate limits of queues.

ALTER TABLE ${prefix}queue ADD COLUMN rate_limit integer
    COMMENT 'How many tasks all nodes together start in the interval; null is no limit, 0 starts none';

ALTER TABLE ${prefix}queue ADD COLUMN rate_interval_ms bigint;

ALTER TABLE ${prefix}queue ADD COLUMN rate_burst integer;

CREATE TABLE ${prefix}bucket (
    queue_id  integer NOT NULL PRIMARY KEY,
    tokens    double NOT NULL,
    filled_at datetime(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Tokens of queues with a rate limit: each task that is claimed takes one, while the row of the queue is locked';
