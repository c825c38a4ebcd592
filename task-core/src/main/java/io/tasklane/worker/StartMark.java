package io.tasklane.worker;

import io.tasklane.store.TaskProgress;

/**
 * Commits that a body starts which may do so only once. While it cannot be known whether that is committed, the body does not
 * start: the same is written once more, until the database has answered.
 */
final class StartMark {

    private final TaskProgress progress;

    StartMark(TaskProgress progress) {
        this.progress = progress;
    }

    /** Returns whether it is committed; if not, the task is not to be run here any more. */
    boolean commit(RunningTask task) {
        DatabaseWait wait = new DatabaseWait(task, "to write that %s starts".formatted(task));
        while (!task.isCancellationRequested()) {
            try {
                return this.progress.start(task.leased().lease());
            } catch (RuntimeException ex) {
                if (!this.progress.isUnreachable(ex)) {
                    throw ex;
                }
                wait.pause(ex);
            }
        }
        return false;
    }
}
