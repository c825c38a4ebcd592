package io.tasklane;

/** Code that calls a {@link Task @Task} method which returns nothing. */
@FunctionalInterface
public interface TaskCall {

    /**
     * Calls the task method.
     *
     * @throws Exception whatever the code throws; nothing collected is then written
     */
    void run() throws Exception;
}
