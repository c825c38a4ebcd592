package io.tasklane;

import org.jspecify.annotations.Nullable;

/**
 * Wraps each execution of a task: to set a tenant, logging or security context. Beans of this type are applied in their
 * order, the first one outermost. Inside, {@link TaskContext#current()} is the running task.
 *
 * <p>With {@link Completion#IN_TRANSACTION} the transaction begins after the innermost one, so that it finds the tenant that an
 * interceptor has set, and has committed when {@link Next#proceed} returns: what an interceptor throws then is logged, what it
 * returns instead of the result is ignored, and what it writes is not part of the transaction. With
 * {@link Completion#BEFORE_RUN} the task counts as started before the outermost one.
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
