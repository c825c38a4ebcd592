-- Which workers run a queue's tasks, how many of them the whole cluster runs, and what single workers are told to stop.

ALTER TABLE ${prefix}queue ADD COLUMN tags text
    COMMENT 'Expressions of which one must match a tag of a worker, separated by commas; null is every worker, empty none';

ALTER TABLE ${prefix}queue ADD COLUMN max_running int
    COMMENT 'Most RUNNING tasks in the whole cluster; null is no limit';

ALTER TABLE ${prefix}queue ADD COLUMN reserved_slots int
    COMMENT 'Slots that other queues of the same container leave free for it';

ALTER TABLE ${prefix}worker ADD COLUMN tags text
    COMMENT 'Its tags but for worker_id, separated by commas';

ALTER TABLE ${prefix}worker ADD COLUMN containers text
    COMMENT 'Names of its containers, separated by commas';

ALTER TABLE ${prefix}worker ADD COLUMN stopped_queues text
    COMMENT 'Queues that it is told not to consume, separated by commas';

ALTER TABLE ${prefix}worker ADD COLUMN stopped_containers text
    COMMENT 'Containers that it is told to stop, separated by commas';
