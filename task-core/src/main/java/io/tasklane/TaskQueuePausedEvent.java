package io.tasklane;

import java.time.Duration;

/**
 * A queue was paused because too many of its tasks failed on one node, as its settings {@code auto-pause.*} say. Published as an
 * application event by that node, once for each such pause.
 *
 * @param queue name of the queue
 * @param duration how long the pause lasts
 * @param failures how many attempts failed
 * @param attempts how many attempts were looked at
 * @param task name of the task that failed last
 * @param error what its attempt threw
 */
public record TaskQueuePausedEvent(
        String queue, Duration duration, int failures, int attempts, String task, TaskError error) {}
