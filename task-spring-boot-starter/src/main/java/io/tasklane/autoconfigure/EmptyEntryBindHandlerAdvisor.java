package io.tasklane.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.core.env.Environment;

/** Lets entries of maps below {@code tasklane} be empty. */
class EmptyEntryBindHandlerAdvisor implements ConfigurationPropertiesBindHandlerAdvisor {

    private final Environment environment;

    EmptyEntryBindHandlerAdvisor(Environment environment) {
        this.environment = environment;
    }

    @Override
    public BindHandler apply(BindHandler bindHandler) {
        return new EmptyEntryBindHandler(bindHandler, this.environment);
    }
}
