package io.tasklane;

/** Where a task is in its life. */
public enum TaskState {

    /** Not yet due: delayed, or waiting for a retry. */
    SCHEDULED,

    /** Waits for other tasks. */
    BLOCKED,

    /** Can be claimed by a worker. */
    QUEUED,

    /** Claimed by a worker. */
    RUNNING,

    /** Ended well. */
    SUCCEEDED,

    /** Ended badly: retries used up, or an error that is not retried. The dead letters. */
    FAILED,

    /** Ended by an operator. */
    CANCELLED,

    /** Ended because it was not started in time. */
    EXPIRED;

    /** Whether the task has ended: it never runs again by itself. */
    public boolean isFinished() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED || this == EXPIRED;
    }
}
