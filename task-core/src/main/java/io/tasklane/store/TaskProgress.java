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
     * Writes that a task has succeeded, in the transaction of the application on this store's database that is open on this
     * thread. It is not committed by this.
     *
     * @param completion a success, guarded by its lease
     * @return false if the lease is no longer the current one, or the task was cancelled: the transaction must be rolled back
     * @throws io.tasklane.TaskTransactionException if there is no such transaction
     */
    boolean succeedInTransaction(TaskCompletion completion);

    /**
     * Tells what has become of a lease: to find out whether a transaction has committed in which its task was completed.
     * Neither sees what the caller's transaction has written, nor waits for any other.
     *
     * @param lease ownership of the task
     */
    LeaseState leaseState(TaskLease lease);

    /**
     * Whether the database could not be reached, or left in the middle, so that the same call may succeed later.
     *
     * @param failure what this store, or a transaction on its database, has thrown
     */
    boolean isUnreachable(Throwable failure);

    /** What has become of a lease. */
    enum LeaseState {
        /** It is the current one, and no transaction is about to change that. */
        HELD,
        /** It is the current one, but a transaction that has not ended yet may be about to change that. */
        CHANGING,
        /** Its task has succeeded on its worker. */
        SUCCEEDED,
        /** It is no longer the current one. */
        GONE
    }
}
