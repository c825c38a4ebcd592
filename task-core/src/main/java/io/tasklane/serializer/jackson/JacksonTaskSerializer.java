package io.tasklane.serializer.jackson;

import io.tasklane.TaskPayloadException;
import io.tasklane.handler.TaskParameter;
import io.tasklane.serializer.TaskSerializer;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson 3: an object of the arguments by parameter name, dates in ISO form. Uses a mapper of its own, built from
 * the application's modules; names are never translated and no type information is written or followed, apart from the
 * logical names of {@code @JsonSubTypes}.
 */
public final class JacksonTaskSerializer implements TaskSerializer {

    /** Largest payload unless another is given: 1 MB, in bytes of UTF-8. */
    public static final int DEFAULT_MAX_PAYLOAD_BYTES = 1024 * 1024;

    private final JsonMapper mapper;

    private final int maxPayloadBytes;

    private final JacksonPayloadReader reader;

    private final JacksonTypeCheck types;

    /**
     * Creates a serializer.
     *
     * @param modules modules of the application
     * @param maxPayloadBytes largest payload and largest result, in bytes of UTF-8
     */
    public JacksonTaskSerializer(Collection<? extends JacksonModule> modules, int maxPayloadBytes) {
        if (maxPayloadBytes < 1) {
            throw new IllegalArgumentException("The largest payload must be at least 1 byte, not " + maxPayloadBytes);
        }
        this.mapper = TaskJsonMapperFactory.create(modules);
        this.maxPayloadBytes = maxPayloadBytes;
        this.reader = new JacksonPayloadReader(this.mapper);
        this.types = new JacksonTypeCheck(this.mapper);
    }

    @Override
    public String write(String task, List<TaskParameter> parameters, @Nullable Object[] arguments) {
        Map<String, Argument> named = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            TaskParameter parameter = parameters.get(i);
            if (!parameter.injected()) {
                named.put(parameter.name(), new Argument(parameter.type(), arguments[i]));
            }
        }
        return writeObject(task, named);
    }

    @Override
    public String write(String task, Map<String, @Nullable Object> arguments) {
        Map<String, Argument> named = new LinkedHashMap<>();
        arguments.forEach((name, value) -> named.put(name, new Argument(null, value)));
        return writeObject(task, named);
    }

    @Override
    public @Nullable Object[] read(String task, List<TaskParameter> parameters, String payload) {
        return this.reader.read(task, parameters, payload);
    }

    @Override
    public Map<String, @Nullable Object> read(String task, String payload) {
        return this.reader.read(task, payload);
    }

    @Override
    public String writeResult(String task, Type type, @Nullable Object result) {
        LimitedOutput output = new LimitedOutput(this.maxPayloadBytes);
        String what = "The result of task '%s'".formatted(task);
        guarded(what, output, () -> writer(type).writeValue(output, result));
        return output.text();
    }

    @Override
    public @Nullable Object readResult(String task, Type type, String result) {
        try {
            return this.mapper.readerFor(this.mapper.constructType(type)).readValue(result);
        } catch (RuntimeException ex) {
            throw new TaskPayloadException(
                    "The stored result of task '%s' cannot be read as %s: %s"
                            .formatted(task, type.getTypeName(), JacksonPayloadReader.reason(ex)),
                    ex);
        }
    }

    @Override
    public @Nullable String problem(Type type) {
        return this.types.problem(type);
    }

    private String writeObject(String task, Map<String, Argument> arguments) {
        LimitedOutput output = new LimitedOutput(this.maxPayloadBytes);
        JsonGenerator generator = this.mapper.createGenerator(output);
        generator.writeStartObject();
        arguments.forEach((name, argument) -> {
            String what = "Argument '%s' of task '%s'".formatted(name, task);
            guarded(what, output, () -> {
                generator.writeName(name);
                // Writes through to the output, so that the argument that exceeds the limit is the one named.
                writer(argument.type()).writeValue(generator, argument.value());
            });
        });
        guarded("Task '%s'".formatted(task), output, () -> {
            generator.writeEndObject();
            generator.close();
        });
        return output.text();
    }

    private void guarded(String what, LimitedOutput output, Runnable writing) {
        try {
            writing.run();
        } catch (RuntimeException ex) {
            if (output.isExceeded()) {
                throw new TaskPayloadException(
                        ("%s makes the payload larger than %d bytes; store the data elsewhere and pass its id,"
                                        + " or raise the limit")
                                .formatted(what, this.maxPayloadBytes),
                        ex);
            }
            throw new TaskPayloadException(
                    "%s cannot be written as JSON: %s".formatted(what, JacksonPayloadReader.reason(ex)), ex);
        }
    }

    private ObjectWriter writer(@Nullable Type declared) {
        return declared != null ? this.mapper.writerFor(this.mapper.constructType(declared)) : this.mapper.writer();
    }

    /** A value with its declared type, null for the type it has by itself. */
    private record Argument(@Nullable Type type, @Nullable Object value) {}
}
