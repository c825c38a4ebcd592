-- Which workers run a queue's tasks, how many of them the whole cluster runs, and what single workers are told to stop.

ALTER TABLE ${prefix}queue ADD COLUMN tags text;
COMMENT ON COLUMN ${prefix}queue.tags IS 'Expressions of which one must match a tag of a worker, separated by commas; null is every worker, empty none';

ALTER TABLE ${prefix}queue ADD COLUMN max_running integer;
COMMENT ON COLUMN ${prefix}queue.max_running IS 'Most RUNNING tasks in the whole cluster; null is no limit';

ALTER TABLE ${prefix}queue ADD COLUMN reserved_slots integer;
COMMENT ON COLUMN ${prefix}queue.reserved_slots IS 'Slots that other queues of the same container leave free for it';

ALTER TABLE ${prefix}worker ADD COLUMN tags text;
COMMENT ON COLUMN ${prefix}worker.tags IS 'Its tags but for worker_id, separated by commas';

ALTER TABLE ${prefix}worker ADD COLUMN containers text;
COMMENT ON COLUMN ${prefix}worker.containers IS 'Names of its containers, separated by commas';

ALTER TABLE ${prefix}worker ADD COLUMN stopped_queues text;
COMMENT ON COLUMN ${prefix}worker.stopped_queues IS 'Queues that it is told not to consume, separated by commas';

ALTER TABLE ${prefix}worker ADD COLUMN stopped_containers text;
COMMENT ON COLUMN ${prefix}worker.stopped_containers IS 'Containers that it is told to stop, separated by commas';

ALTER TABLE ${prefix}running ADD COLUMN counted boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN ${prefix}running.counted IS 'Counts against the max_running of its queue';

CREATE INDEX ${prefix}running_counted ON ${prefix}running (queue_id) WHERE counted;
