package io.tasklane;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The running attempt of a task. A parameter of this type is injected into a task method and is not part of the payload;
 * elsewhere {@link #current()} tells.
 */
public interface TaskContext {

    /** Id of the task. */
    TaskId id();

    /** Name of the task, as stored. */
    String task();

    /** Queue from which the task was claimed. */
    String queue();

    /** 1 plus the number of retries used; recoveries do not count. */
    int attempt();

    /** How often the task was put back because its worker died. */
    int recoveries();

    /**
     * Whether this worker no longer owns the task: it was declared dead, or cut off for too long, or the task went on after its
     * timeout. Another worker may run the task now; what this attempt returns or throws is discarded.
     */
    boolean isLeaseLost();

    /**
     * Whether the task should stop soon: it was cancelled, its timeout has passed, the lease is lost, or the worker shuts down
     * and has waited long enough. Its thread is interrupted at the same time.
     */
    boolean isCancellationRequested();

    /**
     * Returns the context of the task that runs on this thread.
     *
     * @throws IllegalStateException outside a task
     */
    static TaskContext current() {
        TaskContext context = TaskContextHolder.get();
        if (context == null) {
            throw new IllegalStateException(
                    "No task runs on thread '" + Thread.currentThread().getName()
                            + "'; TaskContext.current() works on the thread that runs the task");
        }
        return context;
    }

    /** Whether a task runs on this thread. */
    static boolean isPresent() {
        return TaskContextHolder.get() != null;
    }

    /**
     * Runs a body with this context as the current one: for workers, and for tasks that hand work to other threads.
     *
     * @param context context to set
     * @param body what to run
     * @param <T> type of its result
     * @return what the body returns
     * @throws Exception what the body throws
     */
    static <T extends @Nullable Object> T within(TaskContext context, Callable<T> body) throws Exception {
        TaskContext previous = TaskContextHolder.get();
        TaskContextHolder.set(context);
        try {
            return body.call();
        } finally {
            TaskContextHolder.set(previous);
        }
    }
}
