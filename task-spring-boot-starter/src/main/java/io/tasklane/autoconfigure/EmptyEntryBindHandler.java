package io.tasklane.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.core.env.Environment;

/**
 * Makes an entry of a queue, a task or a container exist that is empty: {@code high:} arrives as empty text, and from Boot 4.1
 * {@code high: {}} as well, which 4.0 drops as it reads the file. Boot 4.0 finds no queue in empty text; later versions see
 * one, but no longer what other property sources say about it.
 */
class EmptyEntryBindHandler extends AbstractBindHandler {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("tasklane");

    private static final Set<Class<?>> ENTRIES = Set.of(
            TasklaneProperties.Queue.class, TasklaneProperties.TaskOverrides.class, TasklaneProperties.Container.class);

    private final Environment environment;

    EmptyEntryBindHandler(BindHandler parent, Environment environment) {
        super(parent);
        this.environment = environment;
    }

    @Override
    public @Nullable Object onSuccess(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
        Object bound = isEmptyEntry(name, target, context) ? bindOthers(name, target, context) : result;
        return super.onSuccess(name, target, context, bound);
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) throws Exception {
        if (error instanceof ConverterNotFoundException && isEmptyEntry(name, target, context)) {
            return bindOthers(name, target, context);
        }
        return super.onFailure(name, target, context, error);
    }

    private static boolean isEmptyEntry(ConfigurationPropertyName name, Bindable<?> target, BindContext context) {
        return PREFIX.isAncestorOf(name)
                && ENTRIES.contains(target.getType().toClass())
                && "".equals(value(name, context));
    }

    // Not the property of the context: after a failure Boot 4.0 has forgotten it.
    private static @Nullable Object value(ConfigurationPropertyName name, BindContext context) {
        for (ConfigurationPropertySource source : context.getSources()) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property.getValue();
            }
        }
        return null;
    }

    private Object bindOthers(ConfigurationPropertyName name, Bindable<?> target, BindContext context) {
        List<ConfigurationPropertySource> sources = new ArrayList<>();
        context.getSources().forEach(source -> sources.add(source.filter(candidate -> !candidate.equals(name))));
        return new Binder(sources, new PropertySourcesPlaceholdersResolver(this.environment))
                .bindOrCreate(name, target, BindHandler.DEFAULT);
    }
}
