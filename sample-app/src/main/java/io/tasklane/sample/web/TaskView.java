package io.tasklane.sample.web;

import io.tasklane.TaskError;
import io.tasklane.TaskHandle;
import org.jspecify.annotations.Nullable;

/**
 * One task as the page shows it.
 *
 * @param id id of the task
 * @param state its state, or UNKNOWN for an id that is not stored
 * @param result what it returned
 * @param error what it threw last
 */
record TaskView(
        String id,
        String state,
        @Nullable Object result,
        @Nullable String error) {

    static TaskView of(TaskHandle<?> handle) {
        return new TaskView(
                handle.id().toString(),
                handle.state().map(Enum::name).orElse("UNKNOWN"),
                handle.result().orElse(null),
                handle.error().map(TaskView::inShort).orElse(null));
    }

    private static String inShort(TaskError error) {
        return error.type().substring(error.type().lastIndexOf('.') + 1) + ": " + error.message();
    }
}
