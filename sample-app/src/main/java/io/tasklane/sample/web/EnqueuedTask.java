package io.tasklane.sample.web;

import io.tasklane.TaskHandle;
import java.util.List;

/**
 * Answer to a call that enqueued a task.
 *
 * @param id id of the task, to ask {@code /api/tasks/{id}} for
 */
record EnqueuedTask(String id) {

    static EnqueuedTask of(TaskHandle<?> handle) {
        return new EnqueuedTask(handle.id().toString());
    }

    static List<EnqueuedTask> of(List<TaskHandle<?>> handles) {
        return handles.stream().map(EnqueuedTask::of).toList();
    }
}
