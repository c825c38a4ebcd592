package io.tasklane;

import java.time.Duration;
import java.time.Instant;

/** Options for one call, set through {@link TaskClient#with}. Each method returns this object. */
public interface TaskOptions {

    /**
     * Puts the task into this queue.
     *
     * @param name name of an existing queue
     */
    TaskOptions queue(String name);

    /**
     * Sets the priority inside the queue, higher first.
     *
     * @param priority from -2147483647 to 2147483647; 0 is a value like any other
     */
    TaskOptions priority(int priority);

    /**
     * Starts the task no earlier than this after the enqueue, by the database's clock. Replaces {@link #runAt}.
     *
     * @param delay not negative
     */
    TaskOptions delay(Duration delay);

    /**
     * Starts the task no earlier than this. An instant in the past means at once. Replaces {@link #delay}.
     *
     * @param instant compared with the database's clock
     */
    TaskOptions runAt(Instant instant);

    /**
     * Sets how often a failed task is tried again after the first time.
     *
     * @param retries not negative
     */
    TaskOptions retries(int retries);

    /**
     * Sets the key: tasks of the same key run in the order in which they were enqueued, one at a time or as many as
     * {@link Task#maxPerKey()} says. Replaces what {@link Task#concurrencyKey()} makes of the arguments.
     *
     * @param key 1 to 200 characters; blanks at its ends do not count
     * @throws IllegalArgumentException if the key is blank or too long, or has control characters
     */
    TaskOptions concurrencyKey(String key);
}
