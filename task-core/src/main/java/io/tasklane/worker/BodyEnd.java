package io.tasklane.worker;

import org.jspecify.annotations.Nullable;

/** How a run of a body ended. */
sealed interface BodyEnd {

    /** What the body threw, null if it did not. */
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
     * It threw, or what it returned cannot be written.
     *
     * @param failure why
     */
    record Thrown(Throwable failure) implements BodyEnd {}

    /** It did not start. */
    record NotStarted() implements BodyEnd {}
}
