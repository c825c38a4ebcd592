-- Work that one worker at a time does for all.

CREATE TABLE ${prefix}maintenance (
    name       varchar(100) NOT NULL PRIMARY KEY,
    worker_id  bigint,
    held_until datetime(6)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Which worker maintains these tables for all; held as long as that worker lives, and at most until held_until';

INSERT INTO ${prefix}maintenance (name) VALUES ('maintenance');
