package io.tasklane.autoconfigure;

import io.tasklane.serializer.TaskSerializer;
import io.tasklane.serializer.jackson.JacksonTaskSerializer;
import io.tasklane.serializer.jackson.TasklaneJacksonModule;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/**
 * Auto-configuration for payloads in JSON: a mapper of our own, with the modules of the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(JsonMapper.class)
@Import(TasklaneSettingsConfiguration.class)
public final class TasklaneJacksonAutoConfiguration {

    private static final String FIND_MODULES_PROPERTY = "spring.jackson.find-and-add-modules";

    /** For the application's own mapper too, which may show ids. */
    @Bean
    TasklaneJacksonModule tasklaneJacksonModule() {
        return new TasklaneJacksonModule();
    }

    @Bean
    @ConditionalOnMissingBean(TaskSerializer.class)
    JacksonTaskSerializer taskSerializer(
            ObjectProvider<JacksonModule> modules,
            TasklaneSettings settings,
            Environment environment,
            ResourceLoader resourceLoader) {
        List<JacksonModule> all = new ArrayList<>();
        // Where Boot finds modules on the class path, the application counts on them.
        if (environment.getProperty(FIND_MODULES_PROPERTY, Boolean.class, true)) {
            all.addAll(JsonMapper.Builder.findModules(resourceLoader.getClassLoader()));
        }
        modules.orderedStream().forEach(all::add);
        return new JacksonTaskSerializer(all, settings.tasks().maxPayloadBytes());
    }
}
