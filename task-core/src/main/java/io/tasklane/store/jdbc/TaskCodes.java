package io.tasklane.store.jdbc;

import io.tasklane.TaskState;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.TaskKey;
import java.util.List;

/** How states and outcomes stand in the tables; states that are a table of their own have a code in queries only. */
final class TaskCodes {

    static final int SUCCEEDED = 1;

    static final int FAILED = 2;

    static final int CANCELLED = 3;

    /** Of a task that gives up its key when it is claimed. */
    static final int UNTIL_CLAIMED = 3;

    /** All states in which a task has ended. */
    static final List<Integer> ENDED = List.of(SUCCEEDED, FAILED, CANCELLED, 4);

    private TaskCodes() {}

    static TaskState state(int code) {
        return switch (code) {
            case SUCCEEDED -> TaskState.SUCCEEDED;
            case FAILED -> TaskState.FAILED;
            case CANCELLED -> TaskState.CANCELLED;
            case 4 -> TaskState.EXPIRED;
            case 11 -> TaskState.SCHEDULED;
            case 12 -> TaskState.QUEUED;
            case 13 -> TaskState.RUNNING;
            case 14 -> TaskState.BLOCKED;
            default -> throw new IllegalStateException("Unknown state " + code + " in the database");
        };
    }

    /** The code of a state in which a task has ended. */
    static int finished(TaskState state) {
        return switch (state) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case EXPIRED -> 4;
            default -> throw new IllegalArgumentException("A task in state " + state + " has not ended");
        };
    }

    static int of(TaskKey.Hold hold) {
        return switch (hold) {
            case UNTIL_ENDED -> 1;
            case UNTIL_RETRY -> 2;
            case UNTIL_CLAIMED -> UNTIL_CLAIMED;
        };
    }

    static int of(StoredAttempt.Outcome outcome) {
        return switch (outcome) {
            case RETRIED -> 1;
            case FAILED -> 2;
            case RELEASED -> 3;
            case POSTPONED -> 4;
            case LOST -> 5;
            case CANCELLED -> 6;
        };
    }

    static StoredAttempt.Outcome outcome(int code) {
        for (StoredAttempt.Outcome outcome : StoredAttempt.Outcome.values()) {
            if (of(outcome) == code) {
                return outcome;
            }
        }
        throw new IllegalStateException("Unknown outcome " + code + " in the database");
    }
}
