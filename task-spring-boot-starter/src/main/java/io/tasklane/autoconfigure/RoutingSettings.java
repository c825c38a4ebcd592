package io.tasklane.autoconfigure;

import io.tasklane.handler.TaskOverride;
import io.tasklane.handler.TaskRouteRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is configured for tasks by their names.
 *
 * @param overrides what applies to single tasks, in the order of the configuration
 * @param routes where tasks go, the first match wins
 */
record RoutingSettings(Map<String, TaskOverride> overrides, List<TaskRouteRule> routes) {

    RoutingSettings {
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
        routes = List.copyOf(routes);
    }

    /** The property of an override. */
    static String overrideProperty(String task) {
        return "tasklane.tasks.\"[%s]\"".formatted(task);
    }

    /** The property of a route. */
    static String routeProperty(int index) {
        return "tasklane.routes[%d]".formatted(index);
    }
}
