package io.tasklane.worker;

import org.jspecify.annotations.Nullable;

/** How a run of a body ended. */
sealed interface BodyEnd {

    /** What the body, or what had to follow it, threw; null for nothing. */
    default @Nullable Throwable failure() {
        return null;
    }

    /**
     * It returned.
     *
     * @param result the result as text, or null for a task without one
     */
    record Returned(@Nullable String result) implements BodyEnd {}

    /**
     * It returned, and the transaction has committed in which it ran and the task was completed.
     *
     * @param result the result as text, or null for a task without one
     */
    record Committed(@Nullable String result) implements BodyEnd {}

    /**
     * It threw, or what it returned cannot be written.
     *
     * @param failure why
     */
    record Thrown(Throwable failure) implements BodyEnd {}

    /**
     * It returned, but its transaction has not committed, because the database could not be reached.
     *
     * @param failure why
     */
    record Disconnected(Throwable failure) implements BodyEnd {}

    /** Its worker no longer owns the task; what it wrote in its transaction is rolled back. */
    record LeaseLost() implements BodyEnd {}

    /** Its task was cancelled while it ran; what it wrote in its transaction is rolled back. */
    record Cancelled() implements BodyEnd {}

    /** It did not start. */
    record NotStarted() implements BodyEnd {}
}
