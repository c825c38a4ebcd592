package io.tasklane.handler;

import io.tasklane.TaskHandle;
import org.jspecify.annotations.Nullable;

/** Takes a call to a task method: what the enqueueing half of the proxy hands its arguments to. */
@FunctionalInterface
public interface TaskSubmitter {

    /**
     * Enqueues the task, or collects it where a collecting scope is open on this thread.
     *
     * @param definition the called task
     * @param arguments arguments of the call, one per parameter, injected ones ignored
     * @return the handle
     */
    TaskHandle<?> submit(TaskDefinition definition, @Nullable Object[] arguments);
}
