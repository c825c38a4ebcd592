package io.tasklane.autoconfigure;

import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.handler.TaskOverride;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Compares what is configured by name with the tasks that there are, once they are known. What matches none has an effect at most
 * on tasks that are enqueued by name for another application, so that it is a reason to warn and none to fail.
 */
final class RoutingCheck implements SmartInitializingSingleton {

    private static final Log logger = LogFactory.getLog(RoutingCheck.class);

    private final RoutingSettings routing;

    private final TaskHandlerRegistry handlers;

    RoutingCheck(RoutingSettings routing, TaskHandlerRegistry handlers) {
        this.routing = routing;
        this.handlers = handlers;
    }

    /**
     * Compares them.
     *
     * @throws InvalidTasklanePropertiesException if a task cannot have what is configured for it
     */
    @Override
    public void afterSingletonsInstantiated() {
        List<String> names =
                this.handlers.definitions().stream().map(TaskDefinition::name).toList();
        PropertyProblems problems = new PropertyProblems();
        this.routing.overrides().forEach((name, override) -> {
            TaskDefinition task =
                    this.handlers.find(name).map(found -> found.definition()).orElse(null);
            if (task == null || !task.name().equals(name)) {
                warn(RoutingSettings.overrideProperty(name), name, task, names);
            } else {
                check(task, override, problems);
            }
        });
        problems.throwIfAny();
        for (int i = 0; i < this.routing.routes().size(); i++) {
            String property = RoutingSettings.routeProperty(i);
            var tasks = this.routing.routes().get(i).tasks();
            if (names.stream().noneMatch(tasks::matches)) {
                warn(property, tasks.toString(), null, names);
            }
        }
    }

    private static void check(TaskDefinition task, TaskOverride override, PropertyProblems problems) {
        Integer retries = override.retries();
        problems.require(
                !task.startsOnce() || retries == null || retries == 0,
                RoutingSettings.overrideProperty(task.name()) + ".retries",
                retries,
                "the task starts at most once (completion = BEFORE_RUN) and is never tried again; leave it out");
    }

    private static void warn(String property, String name, @Nullable TaskDefinition alias, List<String> names) {
        logger.warn("%s matches no task of this application.%s Names with a dot stand in brackets, as in %s"
                .formatted(property, hint(name, alias, names), RoutingSettings.overrideProperty("Mailer.welcome")));
    }

    private static String hint(String name, @Nullable TaskDefinition alias, List<String> names) {
        if (alias != null) {
            return " '%s' is an earlier name of '%s': use that one.".formatted(name, alias.name());
        }
        return names.stream()
                .min(Comparator.comparingInt(known -> EditDistance.between(known, name)))
                .map(" Did you mean '%s'?"::formatted)
                .orElse("");
    }
}
