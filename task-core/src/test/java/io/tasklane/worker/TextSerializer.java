package io.tasklane.worker;

import io.tasklane.TaskPayloadException;
import io.tasklane.handler.TaskParameter;
import io.tasklane.serializer.TaskSerializer;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payload is the text of the only argument. {@code unreadable} cannot be read, the result {@code unwritable} not be written. */
final class TextSerializer implements TaskSerializer {

    @Override
    public String write(String task, List<TaskParameter> parameters, @Nullable Object[] arguments) {
        return String.valueOf(arguments[0]);
    }

    @Override
    public String write(String task, Map<String, @Nullable Object> arguments) {
        return arguments.toString();
    }

    @Override
    public @Nullable Object[] read(String task, List<TaskParameter> parameters, String payload) {
        if (payload.startsWith("unreadable")) {
            throw new TaskPayloadException("Task '" + task + "' has an " + payload + " payload");
        }
        return parameters.stream().map(p -> p.injected() ? null : payload).toArray();
    }

    @Override
    public Map<String, @Nullable Object> read(String task, String payload) {
        return new HashMap<>(Map.of("text", payload));
    }

    @Override
    public String writeResult(String task, Type type, @Nullable Object result) {
        if ("unwritable".equals(result)) {
            throw new TaskPayloadException("Result of '" + task + "' is unwritable");
        }
        return String.valueOf(result);
    }

    @Override
    public @Nullable Object readResult(String task, Type type, String result) {
        return result;
    }
}
