package io.tasklane.handler;

import org.jspecify.annotations.Nullable;

/** Runs one task. */
@FunctionalInterface
public interface TaskHandler {

    /**
     * Runs the body on this thread.
     *
     * @param invocation arguments and context
     * @return the result of the task, unwrapped from its handle; null where there is none
     * @throws Throwable what the body throws, unwrapped
     */
    @Nullable
    Object handle(TaskInvocation invocation) throws Throwable;
}
