package io.tasklane.store;

import io.tasklane.TaskError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one attempt produced. */
public sealed interface TaskOutcome {

    /**
     * The body returned: the task ends in SUCCEEDED.
     *
     * @param result the result as text, or null for a task without one
     */
    record Succeeded(@Nullable String result) implements TaskOutcome {}

    /**
     * The body failed and is tried again: SCHEDULED, with one retry used. It goes to the back of its priority. Its key stays held,
     * unless it lets others pass while it waits.
     *
     * @param error what it threw
     * @param delay wait until the next try, at most a thousand years
     */
    record Retried(TaskError error, Duration delay) implements TaskOutcome {

        public Retried {
            delay = StorableTimes.boundedWait(delay);
        }
    }

    /**
     * The body failed for good: the task ends in FAILED.
     *
     * @param error what it threw
     */
    record Failed(TaskError error) implements TaskOutcome {}

    /**
     * The task was not, or not wholly, run: QUEUED again in its old place, no retry used. One that may start only once, and
     * has, ends in FAILED instead.
     *
     * @param recovery whether it counts as a recovery, because the task itself is ending the JVM
     */
    record Released(boolean recovery) implements TaskOutcome {}

    /**
     * The task was cancelled while this worker held it: it ends in CANCELLED.
     */
    record Cancelled() implements TaskOutcome {}

    /**
     * This node cannot read the payload: SCHEDULED again, no retry used; {@code unreadableSince} is set the first time.
     *
     * @param error why
     * @param delay wait until the next try
     */
    record Postponed(TaskError error, Duration delay) implements TaskOutcome {}
}
