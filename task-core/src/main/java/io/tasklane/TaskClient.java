package io.tasklane;

import java.util.function.Consumer;

/** Entry point for producers: enqueues tasks, with options for one call where wanted, and finds them again. */
public interface TaskClient extends TaskDispatch {

    /**
     * Returns a dispatch that applies these options to each task it enqueues. Options win over the annotation, the queue
     * and the defaults; inside a nested {@code with}, inner options win over outer ones.
     *
     * @param options sets the options
     * @return a dispatch to be used at once or kept; immutable
     */
    TaskDispatch with(Consumer<TaskOptions> options);

    /**
     * Returns a handle for a stored task. The id need not exist: the handle is then empty.
     *
     * @param id id of the task
     * @param <T> type of its result; {@link TaskHandle#result()} reads the stored value by the return type that the task
     *     declares in this application, else as plain JSON types
     * @return the handle
     */
    <T> TaskHandle<T> handle(TaskId id);
}
