package io.tasklane.client;

import io.tasklane.store.NewTask;
import java.util.Map;
import java.util.function.Function;

/**
 * A task whose place is decided.
 *
 * @param task name of the task
 * @param queue name of an existing queue
 * @param completion writes the payload and makes the task to insert, with these headers
 */
record TaskDraft(String task, String queue, Function<Map<String, String>, NewTask> completion) {

    NewTask complete(Map<String, String> headers) {
        return this.completion.apply(headers);
    }
}
