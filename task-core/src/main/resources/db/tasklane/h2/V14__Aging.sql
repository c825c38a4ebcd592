-- Tasks that gain priority while they wait.

ALTER TABLE ${prefix}queue ADD COLUMN aging_after_ms bigint;
ALTER TABLE ${prefix}queue ADD COLUMN aging_step integer;
ALTER TABLE ${prefix}queue ADD COLUMN aging_max integer;
