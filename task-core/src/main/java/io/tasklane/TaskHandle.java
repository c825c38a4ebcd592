package io.tasklane;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows one task. What it tells is read from the database at each call, on the caller's connection.
 *
 * <p>A task method that has a result declares {@code TaskHandle<T>}: its caller gets the handle of the enqueued task, its
 * body returns the value in {@link #of}.
 *
 * @param <T> type of the result
 */
public interface TaskHandle<T> {

    /** Id of the task, known as soon as it is enqueued. */
    TaskId id();

    /** State of the task; empty while it is not stored yet, after it was pruned, and for an unknown id. */
    Optional<TaskState> state();

    /** Whether the task has ended, in whichever way. */
    boolean isReady();

    /** Whether the task ended in {@link TaskState#SUCCEEDED}. */
    boolean isSucceeded();

    /** Whether the task ended in {@link TaskState#FAILED}. */
    boolean isFailed();

    /**
     * Waits for the end of the task. The database is asked after 10 ms, then in growing steps up to once a second, on the
     * caller's connection: a transaction that sees one moment only (REPEATABLE READ, the default of MySQL and MariaDB, and
     * SERIALIZABLE) may never see the end. Wait outside transactions.
     *
     * @param timeout how long to wait at most; zero asks once
     * @return the result, null for a task without one
     * @throws TaskWaitTimeoutException if the task has not ended in time; it goes on
     * @throws TaskExecutionException if the task failed, was cancelled or expired; tells the remote class, message and stack
     * @throws IllegalStateException inside a worker thread, where waiting could block the very slot that is waited for, and
     *     inside the transaction that enqueued the task, which no worker can see yet
     */
    @Nullable
    T get(Duration timeout);

    /** Result of a succeeded task; empty while there is none, and for a null result. */
    Optional<T> result();

    /** Error of a failed task, or of the last try of one that waits for its retry. */
    Optional<TaskError> error();

    /**
     * Returns a value from the body of a task.
     *
     * @param value the result, written as JSON; may be null
     * @param <T> type of the result
     * @return a handle that has ended and has no id: {@link #id()} throws {@link IllegalStateException}
     */
    static <T> TaskHandle<T> of(@Nullable T value) {
        return new CompletedTaskHandle<>(value);
    }
}
