-- Pauses of queues whose tasks fail.

ALTER TABLE ${prefix}queue ADD COLUMN auto_pause_failures integer;
ALTER TABLE ${prefix}queue ADD COLUMN auto_pause_rate double;
ALTER TABLE ${prefix}queue ADD COLUMN auto_pause_attempts integer;
ALTER TABLE ${prefix}queue ADD COLUMN auto_pause_duration_ms bigint;
