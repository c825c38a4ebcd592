package io.tasklane.handler;

import org.jspecify.annotations.Nullable;

/**
 * How tasks get their keys, and what these mean.
 *
 * @param expression makes a key of the arguments; null if only calls give keys
 * @param group group whose tasks share their keys; null if they are the task's own
 * @param limit how many tasks of a key may run at a time, at least 1
 * @param skipsWaiting whether a task lets others of its key pass while it waits for a retry
 * @param fair whether the expression makes a fair key, whose tasks only take turns with those of others
 */
public record TaskKeying(
        @Nullable KeyExpression expression, @Nullable String group, int limit, boolean skipsWaiting, boolean fair) {

    /** What holds where nothing is said. */
    public static final TaskKeying DEFAULT = new TaskKeying(null, null, 1, false, false);
}
