package io.tasklane.serializer.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.Serializers;

/**
 * Builds the mapper of payloads. It shares nothing with the application's own mapper but its modules: stored payloads
 * must not change because a web response was given another naming strategy.
 */
final class TaskJsonMapperFactory {

    private TaskJsonMapperFactory() {}

    static JsonMapper create(Collection<? extends JacksonModule> modules) {
        return JsonMapper.builder(factory())
                .addModule(new TasklaneJacksonModule())
                .addModules(modules)
                .addModule(new PayloadModule())
                .disable(
                        DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                        DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                // An object without properties is an argument that would arrive empty: say so at the call.
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        // Arguments are read one by one from the middle of the object.
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .deactivateDefaultTyping()
                // Subtypes have declared names; a class name in a payload is never followed.
                .polymorphicTypeValidator(
                        BasicPolymorphicTypeValidator.builder().build())
                .build();
    }

    /** Reads whatever could be written: the size of a payload is limited when it is written. */
    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    private static final class PayloadModule extends SimpleModule {

        PayloadModule() {
            super("tasklane-payload");
        }

        @Override
        public void setupModule(SetupContext context) {
            super.setupModule(context);
            context.addSerializers(new EmptyRecordSerializers());
            context.insertAnnotationIntrospector(new ClassNamesRefused());
        }
    }

    /** Refuses types that would be stored with a class name at the call, as they could never be read back. */
    private static final class ClassNamesRefused extends NopAnnotationIntrospector {

        @Override
        public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            JsonTypeInfo info = annotated.getAnnotation(JsonTypeInfo.class);
            if (info != null && (info.use() == JsonTypeInfo.Id.CLASS || info.use() == JsonTypeInfo.Id.MINIMAL_CLASS)) {
                throw new IllegalArgumentException(
                        "@JsonTypeInfo of %s stores class names, which are never followed; use Id.NAME with @JsonSubTypes"
                                .formatted(annotated.getName()));
            }
            return null;
        }
    }

    /** A record without components is a value of its own, such as an event that only says that something happened. */
    private static final class EmptyRecordSerializers implements Serializers {

        @Override
        public @Nullable ValueSerializer<?> findSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                JsonFormat.Value format) {
            Class<?> raw = type.getRawClass();
            return raw.isRecord() && raw.getRecordComponents().length == 0 ? new EmptyRecordSerializer() : null;
        }
    }

    private static final class EmptyRecordSerializer extends ValueSerializer<Object> {

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            generator.writeStartObject(value);
            generator.writeEndObject();
        }
    }
}
