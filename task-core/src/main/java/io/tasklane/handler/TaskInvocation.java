package io.tasklane.handler;

import io.tasklane.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * One call of a handler.
 *
 * @param definition the task
 * @param arguments one value per parameter of the definition, injected ones filled in
 * @param context the running attempt
 */
@SuppressWarnings("ArrayRecordComponent") // passed straight to Method.invoke, never compared
public record TaskInvocation(
        TaskDefinition definition, @Nullable Object[] arguments, TaskContext context) {}
