package io.tasklane.worker;

import io.tasklane.store.TaskCompletion;

/**
 * A task that ended and is to be written.
 *
 * @param task the task
 * @param completion what to write
 * @param tries how often writing it has failed; the answer to one of these tries may only have been lost
 * @param alone whether it is written alone, because a batch with it was refused for its data
 */
record EndedTask(RunningTask task, TaskCompletion completion, int tries, boolean alone) {

    EndedTask(RunningTask task, TaskCompletion completion) {
        this(task, completion, 0, false);
    }

    EndedTask failed() {
        return new EndedTask(this.task, this.completion, this.tries + 1, this.alone);
    }

    EndedTask isolated() {
        return new EndedTask(this.task, this.completion, this.tries + 1, true);
    }

    EndedTask replaced(TaskCompletion other) {
        return new EndedTask(this.task, other, this.tries, true);
    }
}
