package io.tasklane.autoconfigure;

import io.tasklane.actuate.health.FailureLimits;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** The checked configuration, for all auto-configurations. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TasklaneProperties.class)
class TasklaneSettingsConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EmptyEntryBindHandlerAdvisor tasklaneEmptyEntryBindHandlerAdvisor(Environment environment) {
        return new EmptyEntryBindHandlerAdvisor(environment);
    }

    @Bean
    TasklaneSettings tasklaneSettings(TasklaneProperties properties, Environment environment) {
        new UnknownPropertyReporter(environment).report();
        return new TasklaneSettingsResolver(environment, Runtime.version().feature()).resolve(properties);
    }

    @Bean
    FailureLimits taskFailureLimits(TasklaneSettings settings) {
        return settings.failures();
    }
}
