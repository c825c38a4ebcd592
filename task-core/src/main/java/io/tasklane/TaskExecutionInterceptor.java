package io.tasklane;

import org.jspecify.annotations.Nullable;

/**
 * Wraps each execution of a task: to set a tenant, logging or security context. Beans of this type are applied in their
 * order, the first one outermost. Inside, {@link TaskContext#current()} is the running task.
 */
@FunctionalInterface
public interface TaskExecutionInterceptor {

    /**
     * Runs the rest of the chain on this thread.
     *
     * @param context the running attempt
     * @param next the rest of the chain, to be called once
     * @return the result of the task, normally that of {@code next}
     * @throws Throwable what the body throws; the attempt fails with what leaves here
     */
    @Nullable
    Object intercept(TaskContext context, Next next) throws Throwable;

    /** The rest of the chain, with the body at its end. */
    @FunctionalInterface
    interface Next {

        /**
         * Runs it.
         *
         * @return the result of the task, null where there is none
         * @throws Throwable what it throws
         */
        @Nullable
        Object proceed() throws Throwable;
    }
}
