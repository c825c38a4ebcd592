-- Queues whose concurrency is a range: its least number.

ALTER TABLE ${prefix}queue ADD COLUMN min_concurrency integer;
