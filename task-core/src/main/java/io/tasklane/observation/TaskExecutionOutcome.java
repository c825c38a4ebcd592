package io.tasklane.observation;

/** How one execution ended, as told to observations. */
public enum TaskExecutionOutcome {

    /** The body returned. */
    SUCCEEDED("succeeded"),

    /** It failed and is tried again. */
    RETRIED("retried"),

    /** It failed for good. */
    FAILED("failed"),

    /** The task was cancelled while it ran; what it did does not count. */
    CANCELLED("cancelled"),

    /** It was put back before it ended, because the worker stops. */
    RELEASED("released"),

    /** The worker no longer owned the task when it ended; what it did does not count. */
    LOST("lost");

    private final String tag;

    TaskExecutionOutcome(String tag) {
        this.tag = tag;
    }

    /** The value of the tag {@code outcome}. */
    public String tag() {
        return this.tag;
    }
}
