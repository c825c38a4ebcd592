-- Tasks whose body starts at most once.

ALTER TABLE ${prefix}running ADD COLUMN started boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN ${prefix}running.started IS 'Its body may start only once, and may have started: never put back';
