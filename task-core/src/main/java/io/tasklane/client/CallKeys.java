package io.tasklane.client;

import io.tasklane.TaskException;
import io.tasklane.TaskRequest;
import io.tasklane.handler.KeyExpression;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskKeying;
import io.tasklane.store.TaskKey;
import io.tasklane.store.TaskKey.Hold;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides the keys of tasks: what the call says, else what the annotation makes of the arguments. */
final class CallKeys {

    private CallKeys() {}

    /** So many tasks of a fair key are QUEUED at a time: enough to keep slots busy, and what others may have to wait for. */
    static final int FAIR_WINDOW = 8;

    /** Returns the key of a task that this application does not know. */
    static @Nullable TaskKey key(String task, @Nullable String given) {
        return given != null ? scoped(task, TaskKeying.DEFAULT, given) : null;
    }

    /**
     * Returns the key of a task, null for none.
     *
     * @param given what the call says, or null
     * @param queue queue of the task, within which fair keys take turns
     * @param arguments values by parameter name
     * @throws TaskException if there can be no key of these arguments
     */
    static @Nullable TaskKey key(
            TaskDefinition definition,
            @Nullable String given,
            String queue,
            Supplier<Map<String, @Nullable Object>> arguments) {
        TaskKeying keying = definition.keying();
        if (given != null) {
            return scoped(definition.name(), keying, given);
        }
        String key = keying.expression() != null ? evaluate(definition, keying.expression(), arguments.get()) : null;
        if (key != null && keying.fair()) {
            return new TaskKey("fair:" + queue + ":" + key, FAIR_WINDOW, Hold.UNTIL_CLAIMED);
        }
        return key != null ? scoped(definition.name(), keying, key) : null;
    }

    private static @Nullable String evaluate(
            TaskDefinition definition, KeyExpression expression, Map<String, @Nullable Object> arguments) {
        try {
            Object value = expression.evaluate(arguments);
            return value != null ? TaskRequest.requireValidKey(value.toString()) : null;
        } catch (RuntimeException ex) {
            throw new TaskException(
                    "The %s '%s' of task '%s' is no key with these arguments, the task is not enqueued: %s"
                            .formatted(
                                    definition.keying().fair() ? "fairKey" : "concurrencyKey",
                                    expression,
                                    definition.name(),
                                    ex.getMessage()),
                    ex);
        }
    }

    private static TaskKey scoped(String task, TaskKeying keying, String key) {
        String scope = keying.group() != null ? "group:" + keying.group() : "task:" + task;
        return new TaskKey(
                scope + ":" + key, keying.limit(), keying.skipsWaiting() ? Hold.UNTIL_RETRY : Hold.UNTIL_ENDED);
    }
}
