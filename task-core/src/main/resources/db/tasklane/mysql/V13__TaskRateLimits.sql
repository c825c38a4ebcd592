-- Rate limits of tasks.

CREATE TABLE ${prefix}kind_rate (
    kind_id          integer NOT NULL PRIMARY KEY,
    rate_limit       integer,
    rate_interval_ms bigint NOT NULL,
    rate_burst       integer NOT NULL,
    tokens           double NOT NULL,
    filled_at        datetime(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Rate limits of tasks by name, with their tokens; a claim that has taken such tasks locks the row';

CREATE TABLE ${prefix}kind_rate_source (
    kind_id     integer NOT NULL,
    application varchar(255) NOT NULL,
    applied     varchar(100) NOT NULL,
    PRIMARY KEY (kind_id, application)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Which rate limit applications have applied last to a task';
