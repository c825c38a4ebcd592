package io.tasklane.store;

import org.jspecify.annotations.Nullable;

/** What the run of one task reads and writes by itself, beside the exchanges of its worker. */
public interface TaskProgress {

    /**
     * Commits that the body of a task is about to start, which it may do only once. The task is never put back from then on:
     * whatever outcome but success is written for it, and if its worker dies, it ends in FAILED. May be called again as long
     * as it is not known whether it did so.
     *
     * @param lease ownership of the task
     * @return false if the lease is no longer the current one: the body must not start
     */
    boolean start(TaskLease lease);

    /**
     * Reads the arguments of a claimed task that were too large to come with the claim.
     *
     * @param lease ownership of the task
     * @return the arguments as text, or null if there is no such task any more
     */
    @Nullable
    String payload(TaskLease lease);

    /**
     * Whether the database could not be reached, or left in the middle, so that the same call may succeed later.
     *
     * @param failure what this store, or a transaction on its database, has thrown
     */
    boolean isUnreachable(Throwable failure);
}
