package io.tasklane;

/**
 * Code that calls a {@link Task @Task} method which returns a handle.
 *
 * @param <T> type of the task's result
 */
@FunctionalInterface
public interface TaskSupplier<T> {

    /**
     * Calls the task method.
     *
     * @return the handle that the task method returned
     * @throws Exception whatever the code throws; nothing collected is then written
     */
    TaskHandle<T> get() throws Exception;
}
