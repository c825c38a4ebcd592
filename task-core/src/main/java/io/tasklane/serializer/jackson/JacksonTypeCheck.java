package io.tasklane.serializer.jackson;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.json.JsonMapper;

/** Finds types whose values can be written, but never be read back. Looks at elements, keys and values, not at properties. */
final class JacksonTypeCheck {

    private final JsonMapper mapper;

    JacksonTypeCheck(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** What is wrong with a type, null for nothing. */
    @Nullable
    String problem(Type type) {
        try {
            return problem(this.mapper.constructType(type), this.mapper._deserializationContext());
        } catch (RuntimeException ex) {
            return JacksonPayloadReader.reason(ex);
        }
    }

    private static @Nullable String problem(JavaType type, DeserializationContext context) {
        if (type.isMapLikeType()) {
            context.findKeyDeserializer(type.getKeyType(), null);
        }
        JavaType content = type.getContentType();
        if (content != null) {
            String problem = problem(content, context);
            if (problem != null) {
                return problem;
            }
        }
        ValueDeserializer<?> deserializer = context.findRootValueDeserializer(type);
        String name = type.getRawClass().getSimpleName();
        if (deserializer instanceof AbstractDeserializer) {
            return "%s is abstract, and nothing says which class to read; say it with @JsonTypeInfo and @JsonSubTypes"
                    .formatted(name);
        }
        if (deserializer instanceof BeanDeserializerBase bean
                && !bean.getValueInstantiator().canInstantiate()) {
            return "%s has neither a constructor without parameters nor one that Jackson can use; annotate one with @JsonCreator"
                    .formatted(name);
        }
        return null;
    }
}
