package io.tasklane.store;

import java.util.List;

/** Told of tasks once the transaction that inserted them has committed: to wake workers, and to count. */
@FunctionalInterface
public interface TaskCommitListener {

    /**
     * Called on the thread that committed, after the commit. Must be quick, and must not throw: the caller's work is done.
     *
     * @param tasks what was inserted, never empty
     */
    void committed(List<NewTask> tasks);
}
