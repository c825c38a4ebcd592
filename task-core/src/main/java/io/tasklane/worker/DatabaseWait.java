package io.tasklane.worker;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** The pauses of a task's own thread while the database is away. Tells of them once. */
final class DatabaseWait {

    private static final Log logger = LogFactory.getLog(DatabaseWait.class);

    private final RunningTask task;

    private final String purpose;

    private final LoopBackoff backoff =
            new LoopBackoff(LoopBackoff.LIMIT, () -> ThreadLocalRandom.current().nextDouble());

    private boolean told;

    /**
     * Creates it.
     *
     * @param purpose what is waited for, after "the database is needed"
     */
    DatabaseWait(RunningTask task, String purpose) {
        this.task = task;
        this.purpose = purpose;
    }

    /** Waits a little, longer each time; not at all once the task is told to stop. */
    void pause(Throwable reason) {
        if (!this.told) {
            this.told = true;
            // The node warns of a database that is away, once for all tasks.
            logger.info("The database is needed %s, and is waited for (%s)"
                    .formatted(this.purpose, TaskErrors.line(TaskErrors.of(reason))));
        }
        this.task.pause(this.backoff.nextNanos());
    }
}
