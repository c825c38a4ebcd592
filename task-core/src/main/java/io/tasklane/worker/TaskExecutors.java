package io.tasklane.worker;

import java.util.concurrent.Executor;

/** The executors of an application on which tasks may run, by name. They stay the application's: nobody here ends them. */
@FunctionalInterface
public interface TaskExecutors {

    /** There are none. */
    TaskExecutors NONE = name -> {
        throw new IllegalArgumentException(
                "There is no executor '%s': no executors of the application are known".formatted(name));
    };

    /**
     * Returns an executor. Asked for when a container starts.
     *
     * @param name its name
     * @throws RuntimeException if there is none of this name
     */
    Executor get(String name);
}
