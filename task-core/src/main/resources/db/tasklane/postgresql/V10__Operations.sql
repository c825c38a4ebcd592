-- Priorities that a queue allows.

ALTER TABLE ${prefix}queue ADD COLUMN min_priority integer;
ALTER TABLE ${prefix}queue ADD COLUMN max_priority integer;
