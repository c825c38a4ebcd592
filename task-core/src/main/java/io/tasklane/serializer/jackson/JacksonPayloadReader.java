package io.tasklane.serializer.jackson;

import io.tasklane.TaskPayloadException;
import io.tasklane.handler.TaskParameter;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads the arguments of one payload, each by its declared type and straight from the text, so that numbers stay exact. */
final class JacksonPayloadReader {

    private final JsonMapper mapper;

    private final ObjectReader untyped;

    JacksonPayloadReader(JsonMapper mapper) {
        this.mapper = mapper;
        this.untyped = mapper.readerForMapOf(Object.class)
                .with(
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    @Nullable
    Object[] read(String task, List<TaskParameter> parameters, String payload) {
        @Nullable Object[] arguments = new Object[parameters.size()];
        boolean[] seen = new boolean[parameters.size()];
        try (JsonParser parser = this.mapper.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new TaskPayloadException("The payload of task '%s' is not a JSON object".formatted(task));
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                int index = indexOf(parameters, parser.currentName());
                parser.nextToken();
                if (index < 0) {
                    parser.skipChildren();
                } else {
                    arguments[index] = readArgument(task, parameters.get(index), parser);
                    seen[index] = true;
                }
            }
            if (parser.nextToken() != null) {
                throw new TaskPayloadException("The payload of task '%s' goes on after its object".formatted(task));
            }
        } catch (JacksonException ex) {
            throw new TaskPayloadException(
                    "The payload of task '%s' is not valid JSON: %s".formatted(task, reason(ex)), ex);
        }
        for (int i = 0; i < arguments.length; i++) {
            if (!seen[i] && !parameters.get(i).injected()) {
                arguments[i] = absent(task, parameters.get(i));
            }
        }
        return arguments;
    }

    /** Reads arguments without types, numbers as exact as they are written. */
    Map<String, @Nullable Object> read(String task, String payload) {
        Map<String, @Nullable Object> arguments;
        try {
            arguments = this.untyped.readValue(payload);
        } catch (JacksonException ex) {
            throw new TaskPayloadException(
                    "The payload of task '%s' is no JSON object: %s".formatted(task, reason(ex)), ex);
        }
        if (arguments == null) {
            throw new TaskPayloadException("The payload of task '%s' is not a JSON object".formatted(task));
        }
        return arguments;
    }

    /** What JSON null is for the type: null, the default of a primitive type, an empty Optional. */
    private @Nullable Object absent(String task, TaskParameter parameter) {
        try {
            return readerFor(parameter.type()).readValue("null");
        } catch (RuntimeException ex) {
            throw unreadable(task, parameter, ex);
        }
    }

    private @Nullable Object readArgument(String task, TaskParameter parameter, JsonParser parser) {
        try {
            return readerFor(parameter.type()).readValue(parser);
        } catch (RuntimeException ex) {
            throw unreadable(task, parameter, ex);
        }
    }

    private static TaskPayloadException unreadable(String task, TaskParameter parameter, RuntimeException cause) {
        return new TaskPayloadException(
                "Argument '%s' of task '%s' cannot be read as %s: %s"
                        .formatted(parameter.name(), task, parameter.type().getTypeName(), reason(cause)),
                cause);
    }

    /** What went wrong, without the position in a payload that nobody sees. */
    static String reason(RuntimeException failure) {
        return failure instanceof JacksonException json ? json.getOriginalMessage() : failure.toString();
    }

    private ObjectReader readerFor(Type type) {
        return this.mapper.readerFor(this.mapper.constructType(type));
    }

    private static int indexOf(List<TaskParameter> parameters, @Nullable String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (!parameters.get(i).injected() && parameters.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
