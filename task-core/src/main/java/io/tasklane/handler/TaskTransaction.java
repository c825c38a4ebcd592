package io.tasklane.handler;

import org.jspecify.annotations.Nullable;

/**
 * The transaction of a task that completes in one, as far as its method asks for something.
 *
 * @param isolation isolation level, a constant of Spring's {@code TransactionDefinition}, which starts with -1 for the default
 * @param timeoutSeconds time limit in seconds, -1 for the default
 * @param manager qualifier of the transaction manager that the method asks for, empty for the default one; null if it asks for
 *     none
 */
public record TaskTransaction(
        int isolation, int timeoutSeconds, @Nullable String manager) {

    /** Nothing is asked for. */
    public static final TaskTransaction DEFAULT = new TaskTransaction(-1, -1, null);
}
