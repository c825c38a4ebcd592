-- Work that one worker at a time does for all.

CREATE TABLE ${prefix}maintenance (
    name       varchar(100) NOT NULL PRIMARY KEY,
    worker_id  bigint,
    held_until timestamp(6) with time zone
);
COMMENT ON TABLE ${prefix}maintenance IS 'Which worker maintains these tables for all; held as long as that worker lives, and at most until held_until';

INSERT INTO ${prefix}maintenance (name) VALUES ('maintenance');
