-- Priorities that a queue allows.

ALTER TABLE ${prefix}queue ADD COLUMN min_priority integer;
ALTER TABLE ${prefix}queue ADD COLUMN max_priority integer;

-- Operations on many tasks.

ALTER TABLE ${prefix}task ADD COLUMN requeues integer NOT NULL DEFAULT 0
    COMMENT 'How often it was queued again after it had failed, together with others';

-- Who did what.

CREATE TABLE ${prefix}audit (
    id      bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    done_at datetime(6) NOT NULL,
    actor   varchar(255) NOT NULL,
    action  varchar(50) NOT NULL,
    queue   varchar(100),
    detail  text,
    tasks   bigint NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'What operators did to queues and tasks';
CREATE INDEX ${prefix}audit_time ON ${prefix}audit (done_at, id);
