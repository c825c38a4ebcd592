package io.tasklane;

import java.util.Collection;
import java.util.List;

/**
 * Enqueues tasks: by calling their methods, or by name.
 *
 * <p>Every method joins the caller's transaction; without one the tasks are written and committed before the method
 * returns. Calls made by a lambda are collected on this thread and written when the lambda returns normally. If it
 * throws, nothing is written; a checked exception arrives wrapped in a {@link TaskException}. A call inside a transaction
 * or savepoint that the lambda itself begins is written at once in that transaction. Calls on other threads are not
 * collected.
 */
public interface TaskDispatch {

    /**
     * Enqueues the one task that {@code call} calls.
     *
     * @param call code that calls exactly one task method
     * @return the handle of the task
     * @throws TaskException if {@code call} called no task, or more than one; nothing is written then
     */
    TaskHandle<Void> enqueue(TaskCall call);

    /**
     * Enqueues the one task that {@code call} calls and whose handle it returns.
     *
     * @param call code that calls exactly one task method
     * @param <T> type of the task's result
     * @return the handle of the task
     * @throws TaskException if {@code call} called no task, or more than one; nothing is written then
     */
    <T> TaskHandle<T> enqueue(TaskSupplier<T> call);

    /**
     * Enqueues a task by name, whether or not this application can run it.
     *
     * @param request what to run, with which arguments
     * @return the handle of the task
     * @throws NoSuchQueueException if the queue exists neither here nor in the database
     * @throws TaskPayloadException if an argument cannot be written as JSON, or the payload is too large
     */
    TaskHandle<?> enqueue(TaskRequest request);

    /**
     * Enqueues many tasks by name in one bulk insert: all of them or, when one is invalid, none.
     *
     * @param requests what to run; may be empty
     * @return one handle per request, in the same order
     */
    List<TaskHandle<?>> enqueueAll(Collection<TaskRequest> requests);

    /**
     * Enqueues all tasks that {@code calls} calls in one bulk insert: all of them or, when it throws, none. A batch
     * inside a batch joins it.
     *
     * @param calls code that calls any number of task methods
     * @return one handle per call, in the order of the calls
     */
    List<TaskHandle<?>> batch(TaskCall calls);
}
