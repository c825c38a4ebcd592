-- Cancelling tasks.

ALTER TABLE ${prefix}running ADD COLUMN cancelled_at timestamptz;
COMMENT ON COLUMN ${prefix}running.cancelled_at IS 'When it was cancelled; it ends CANCELLED, whatever comes of its run';

COMMENT ON COLUMN ${prefix}attempt.outcome IS '1 RETRIED, 2 FAILED, 3 RELEASED, 4 POSTPONED, 5 LOST, 6 CANCELLED';
COMMENT ON COLUMN ${prefix}attempt.retries_used IS 'As of the end of the attempt; 0 if the task was then retried by hand';

CREATE OR REPLACE VIEW ${prefix}attempts AS
SELECT task_id, number,
       CASE outcome WHEN 1 THEN 'RETRIED' WHEN 2 THEN 'FAILED' WHEN 3 THEN 'RELEASED' WHEN 4 THEN 'POSTPONED'
                    WHEN 5 THEN 'LOST' WHEN 6 THEN 'CANCELLED' END AS outcome,
       worker_id, started_at, finished_at, error_class, error_message, error_stack
FROM ${prefix}attempt
UNION ALL
SELECT f.task_id, 1 + (SELECT count(*)::integer FROM ${prefix}attempt a WHERE a.task_id = f.task_id), 'SUCCEEDED',
       f.worker_id, f.started_at, f.finished_at, NULL, NULL, NULL
FROM ${prefix}finished f
WHERE f.state = 1;
