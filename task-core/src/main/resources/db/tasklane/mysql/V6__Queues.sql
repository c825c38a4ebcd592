-- Pauses that end by themselves, and queues that are deleted.

ALTER TABLE ${prefix}queue ADD COLUMN paused_until datetime(6)
    COMMENT 'When a pause ends by itself; null is never';

ALTER TABLE ${prefix}queue ADD COLUMN deleted boolean NOT NULL DEFAULT false
    COMMENT 'Deleted, and paused so that nothing is claimed; the row stays for its tasks, and for a queue of this name to come';
