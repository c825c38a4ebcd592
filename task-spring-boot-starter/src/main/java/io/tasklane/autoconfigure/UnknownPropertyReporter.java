package io.tasklane.autoconfigure;

import java.util.Comparator;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Warns of properties below {@code tasklane} that do not exist, each with the nearest name that does. Environment
 * variables are left out: their names do not tell a dash from a dot.
 */
final class UnknownPropertyReporter {

    private static final Log logger = LogFactory.getLog(UnknownPropertyReporter.class);

    private final Environment environment;

    UnknownPropertyReporter(Environment environment) {
        this.environment = environment;
    }

    /** Writes one warning per unknown property. */
    void report() {
        for (ConfigurationProperty property : unknown()) {
            logger.warn("Unknown property '%s' (%s) has no effect; did you mean '%s'?"
                    .formatted(
                            property.getName(),
                            property.getOrigin() != null ? property.getOrigin() : "of unknown origin",
                            KnownProperties.nearest(property.getName())));
        }
    }

    private List<ConfigurationProperty> unknown() {
        try {
            Binder.get(this.environment)
                    .bind(
                            "tasklane",
                            Bindable.of(TasklaneProperties.class),
                            new NoUnboundElementsBindHandler(
                                    new EmptyEntryBindHandler(BindHandler.DEFAULT, this.environment),
                                    UnknownPropertyReporter::hasExactNames));
        } catch (BindException ex) {
            if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
                return unbound.getUnboundProperties().stream()
                        .sorted(Comparator.comparing(ConfigurationProperty::getName))
                        .toList();
            }
            // A value that does not bind fails the start-up by itself, with Boot's own report.
        }
        return List.of();
    }

    private static boolean hasExactNames(ConfigurationPropertySource source) {
        return !(source.getUnderlyingSource() instanceof PropertySource<?> underlying)
                || !underlying.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }
}
