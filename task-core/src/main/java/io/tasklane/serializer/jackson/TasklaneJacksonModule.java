package io.tasklane.serializer.jackson;

import io.tasklane.TaskId;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Ids of tasks as strings: as numbers they could exceed what JavaScript counts exactly. */
public final class TasklaneJacksonModule extends SimpleModule {

    /** Creates the module. */
    public TasklaneJacksonModule() {
        super("tasklane");
        addSerializer(TaskId.class, ToStringSerializer.instance);
        addDeserializer(TaskId.class, new TaskIdDeserializer());
        addKeyDeserializer(TaskId.class, new TaskIdKeyDeserializer());
    }

    private static final class TaskIdDeserializer extends FromStringDeserializer<TaskId> {

        TaskIdDeserializer() {
            super(TaskId.class);
        }

        @Override
        protected TaskId _deserialize(String text, DeserializationContext context) {
            return TaskId.of(text);
        }
    }

    private static final class TaskIdKeyDeserializer extends KeyDeserializer {

        @Override
        public Object deserializeKey(String text, DeserializationContext context) {
            return TaskId.of(text);
        }
    }
}
