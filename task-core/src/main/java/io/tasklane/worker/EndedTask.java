package io.tasklane.worker;

import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;

/**
 * A task that ended, and what came of it.
 *
 * @param task the task
 * @param completion what to write, or what is written
 * @param tries how often writing it has failed; the answer to one of these tries may only have been lost
 * @param alone whether it is written alone, because a batch with it was refused for its data
 * @param written whether it is written already, in the transaction of its body
 * @param weight how many characters its result or its error has, as long as they are kept to be written
 */
record EndedTask(RunningTask task, TaskCompletion completion, int tries, boolean alone, boolean written, int weight) {

    /** One that is to be written. */
    EndedTask(RunningTask task, TaskCompletion completion) {
        this(task, completion, 0, false, false, weight(completion.outcome()));
    }

    /** One whose success is written already. */
    static EndedTask written(RunningTask task, TaskCompletion completion) {
        return new EndedTask(task, completion, 0, false, true, 0);
    }

    EndedTask failed() {
        return new EndedTask(this.task, this.completion, this.tries + 1, this.alone, false, this.weight);
    }

    EndedTask isolated() {
        return new EndedTask(this.task, this.completion, this.tries + 1, true, false, this.weight);
    }

    EndedTask replaced(TaskCompletion other) {
        return new EndedTask(this.task, other, this.tries, true, false, this.weight);
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
