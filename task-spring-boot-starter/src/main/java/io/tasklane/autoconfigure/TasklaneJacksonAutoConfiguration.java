package io.tasklane.autoconfigure;

import io.tasklane.serializer.TaskSerializer;
import io.tasklane.serializer.jackson.JacksonTaskSerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/**
 * Auto-configuration for payloads in JSON: a mapper of our own, with the modules of the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnMissingBean(TaskSerializer.class)
@Import(TasklaneSettingsConfiguration.class)
public final class TasklaneJacksonAutoConfiguration {

    @Bean
    JacksonTaskSerializer taskSerializer(ObjectProvider<JacksonModule> modules, TasklaneSettings settings) {
        return new JacksonTaskSerializer(
                modules.orderedStream().toList(), settings.tasks().maxPayloadBytes());
    }
}
