package io.tasklane.worker;

import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;

/**
 * A task that ended and is to be written.
 *
 * @param task the task
 * @param completion what to write
 * @param tries how often writing it has failed; the answer to one of these tries may only have been lost
 * @param alone whether it is written alone, because a batch with it was refused for its data
 * @param weight how many characters its result or its error has
 */
record EndedTask(RunningTask task, TaskCompletion completion, int tries, boolean alone, int weight) {

    EndedTask(RunningTask task, TaskCompletion completion) {
        this(task, completion, 0, false, weight(completion.outcome()));
    }

    EndedTask failed() {
        return new EndedTask(this.task, this.completion, this.tries + 1, this.alone, this.weight);
    }

    EndedTask isolated() {
        return new EndedTask(this.task, this.completion, this.tries + 1, true, this.weight);
    }

    EndedTask replaced(TaskCompletion other) {
        return new EndedTask(this.task, other, this.tries, true, this.weight);
    }

    private static int weight(TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Succeeded succeeded) {
            return succeeded.result() != null ? succeeded.result().length() : 0;
        }
        if (outcome instanceof TaskOutcome.Retried retried) {
            return retried.error().stack().length();
        }
        return outcome instanceof TaskOutcome.Failed failed
                ? failed.error().stack().length()
                : 0;
    }
}
