package io.tasklane.worker;

import io.tasklane.RetryTaskException;
import io.tasklane.TaskError;
import io.tasklane.TaskPayloadException;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.retry.RetryBackoff;
import io.tasklane.retry.RetrySchedule;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskOutcome;
import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Decides what becomes of a task that failed, or whose payload cannot be read here. */
public final class TaskFailurePolicy {

    private static final Log logger = LogFactory.getLog(TaskFailurePolicy.class);

    private static final Duration FIRST_POSTPONEMENT = Duration.ofSeconds(30);

    private static final Duration LONGEST_POSTPONEMENT = Duration.ofMinutes(10);

    private final QueueRegistry queues;

    private final RetrySchedule schedule;

    private final Duration unreadableTimeout;

    private final int maxRecoveries;

    /**
     * Creates the policy.
     *
     * @param queues back-off settings of queues and the defaults
     * @param schedule turns a back-off into a wait
     * @param unreadableTimeout how long a task with an unreadable payload is kept for a node that can read it
     * @param maxRecoveries how often a task is put back without using up a retry
     */
    public TaskFailurePolicy(
            QueueRegistry queues, RetrySchedule schedule, Duration unreadableTimeout, int maxRecoveries) {
        this.queues = queues;
        this.schedule = schedule;
        this.unreadableTimeout = unreadableTimeout;
        this.maxRecoveries = maxRecoveries;
    }

    /** The body, or writing its result, failed. */
    TaskOutcome failed(LeasedTask task, TaskDefinition definition, Throwable failure) {
        Throwable reported =
                failure instanceof RetryTaskException && failure.getCause() != null ? failure.getCause() : failure;
        TaskError error = TaskErrors.of(reported);
        if (task.retriesUsed() >= retries(task, definition) || !isRetryable(definition, failure)) {
            return new TaskOutcome.Failed(error);
        }
        return new TaskOutcome.Retried(error, delay(task, definition, failure));
    }

    /** Whether a task whose transaction the database has left is put back, without end if it is always to blame for that. */
    boolean mayBePutBack(LeasedTask task) {
        return task.recoveries() < this.maxRecoveries;
    }

    /** How often a task may be tried again, whoever enqueued it. */
    static int retries(LeasedTask task, TaskDefinition definition) {
        return definition.startsOnce() ? 0 : task.retries();
    }

    /** The payload does not fit the parameters that this node knows. */
    TaskOutcome unreadable(LeasedTask task, Throwable failure) {
        Duration elapsed = task.unreadableSince() == null
                ? Duration.ZERO
                : Duration.between(task.unreadableSince(), task.claimedAt());
        if (task.unreadableSince() != null && elapsed.compareTo(this.unreadableTimeout) >= 0) {
            return new TaskOutcome.Failed(TaskErrors.of(new TaskPayloadException(
                    "No node could read the payload of task '%s' for %s, the time that tasklane.worker.unreadable-timeout gives it: %s"
                            .formatted(task.task(), this.unreadableTimeout, TaskErrors.line(TaskErrors.of(failure))),
                    failure)));
        }
        Duration delay = elapsed.isNegative() ? FIRST_POSTPONEMENT : elapsed.plus(FIRST_POSTPONEMENT);
        return new TaskOutcome.Postponed(
                TaskErrors.of(failure), delay.compareTo(LONGEST_POSTPONEMENT) > 0 ? LONGEST_POSTPONEMENT : delay);
    }

    private static boolean isRetryable(TaskDefinition definition, Throwable failure) {
        if (failure instanceof RetryTaskException) {
            return definition.failures().noRetryFor().stream().noneMatch(type -> type.isInstance(failure));
        }
        return definition.failures().isRetryable(failure);
    }

    private Duration delay(LeasedTask task, TaskDefinition definition, Throwable failure) {
        if (failure instanceof RetryTaskException asked) {
            return asked.delay();
        }
        int retry = task.retriesUsed() + 1;
        RetryBackoff backoff = this.queues.backoff(definition.backoff(), task.queue());
        try {
            Duration delay = this.schedule.delay(retry, backoff);
            return delay.isNegative() ? Duration.ZERO : delay;
        } catch (RuntimeException ex) {
            logger.error(
                    "The retry schedule %s failed for task '%s'; it is tried again after the longest wait, %s"
                            .formatted(this.schedule.getClass().getName(), task.task(), backoff.max()),
                    ex);
            return backoff.max();
        }
    }
}
