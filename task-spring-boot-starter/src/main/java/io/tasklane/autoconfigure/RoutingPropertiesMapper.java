package io.tasklane.autoconfigure;

import io.tasklane.InvalidQueueSettingException;
import io.tasklane.NamePattern;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.RateLimit;
import io.tasklane.TaskRequest;
import io.tasklane.TaskRoute;
import io.tasklane.autoconfigure.TasklaneProperties.Route;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.handler.TaskOverride;
import io.tasklane.handler.TaskRouteRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the properties of tasks and of routes into what applies to tasks. */
final class RoutingPropertiesMapper {

    private final PropertyProblems problems;

    RoutingPropertiesMapper(PropertyProblems problems) {
        this.problems = problems;
    }

    /** Returns the settings, without those that cannot work. */
    RoutingSettings map(TasklaneProperties properties) {
        Map<String, TaskOverride> overrides = new LinkedHashMap<>();
        properties.getTasks().forEach((name, task) -> overrides.put(name, override(name, task)));
        List<TaskRouteRule> routes = new ArrayList<>();
        for (int i = 0; i < properties.getRoutes().size(); i++) {
            TaskRouteRule rule = rule(
                    RoutingSettings.routeProperty(i), properties.getRoutes().get(i));
            if (rule != null) {
                routes.add(rule);
            }
        }
        return new RoutingSettings(overrides, routes);
    }

    private TaskOverride override(String name, TasklaneProperties.TaskOverrides task) {
        String property = RoutingSettings.overrideProperty(name);
        try {
            TaskRequest.requireValidName(name);
        } catch (IllegalArgumentException ex) {
            this.problems.add(property, null, String.valueOf(ex.getMessage()));
        }
        if (task.getQueue() != null) {
            QueueNames.check(this.problems, property + ".queue", task.getQueue());
        }
        checkPriority(property, task.getPriority());
        checkRetrying(property, task);
        this.problems.require(
                task.getDelay() == null || !task.getDelay().isNegative(),
                property + ".delay",
                task.getDelay(),
                "use 0s or more");
        this.problems.require(
                task.getTimeout() == null
                        || !task.getTimeout().isNegative() && !task.getTimeout().isZero(),
                property + ".timeout",
                task.getTimeout(),
                "use more than 0s");
        return new TaskOverride(
                task.getQueue(),
                task.getPriority(),
                task.getRetries(),
                backoff(task.getBackoff()),
                task.getDelay(),
                task.getTimeout(),
                rateLimit(property, task));
    }

    // The rules are those of a queue.
    private @Nullable RateLimit rateLimit(String property, TasklaneProperties.TaskOverrides task) {
        this.problems.require(
                task.getRateLimit() != null || task.getRateInterval() == null && task.getRateBurst() == null,
                property,
                null,
                "sets rate-interval or rate-burst without rate-limit: set that too");
        try {
            return RateLimit.of(QueueSettings.NONE
                    .with(QueueSetting.RATE_LIMIT, task.getRateLimit())
                    .with(QueueSetting.RATE_INTERVAL, task.getRateInterval())
                    .with(QueueSetting.RATE_BURST, task.getRateBurst()));
        } catch (InvalidQueueSettingException ex) {
            this.problems.add(property + "." + ex.setting(), null, "allowed: " + ex.allowed());
            return null;
        }
    }

    // The rules are those of a queue.
    private void checkRetrying(String property, TasklaneProperties.TaskOverrides task) {
        TasklaneProperties.Backoff backoff = task.getBackoff();
        try {
            QueueSettings unused = QueueSettings.NONE
                    .with(QueueSetting.RETRIES, task.getRetries())
                    .with(QueueSetting.BACKOFF_INITIAL, backoff.getInitial())
                    .with(QueueSetting.BACKOFF_MULTIPLIER, backoff.getMultiplier())
                    .with(QueueSetting.BACKOFF_MAX, backoff.getMax())
                    .with(QueueSetting.BACKOFF_JITTER, backoff.getJitter());
        } catch (InvalidQueueSettingException ex) {
            this.problems.add(property + "." + ex.setting(), null, "allowed: " + ex.allowed());
        }
    }

    private static TaskBackoff backoff(TasklaneProperties.Backoff backoff) {
        return new TaskBackoff(backoff.getInitial(), backoff.getMultiplier(), backoff.getMax(), backoff.getJitter());
    }

    private @Nullable TaskRouteRule rule(String property, Route route) {
        NamePattern tasks = pattern(property, route);
        this.problems.require(
                route.getQueue() != null || route.getPriority() != null,
                property,
                null,
                "leads nowhere: give it a queue, a priority or both");
        if (route.getQueue() != null) {
            QueueNames.check(this.problems, property + ".queue", route.getQueue());
        }
        checkPriority(property, route.getPriority());
        // With a problem none of the settings is used.
        return tasks == null || this.problems.any()
                ? null
                : new TaskRouteRule(tasks, new TaskRoute(route.getQueue(), route.getPriority()));
    }

    private @Nullable NamePattern pattern(String property, Route route) {
        String task = route.getTask();
        String pattern = route.getPattern();
        if (task != null && pattern == null) {
            return NamePattern.glob(task);
        }
        if (pattern == null || task != null) {
            this.problems.add(
                    property,
                    null,
                    "give either 'task', a name in which * stands for any characters and ? for one, or 'pattern', a"
                            + " regular expression");
            return null;
        }
        try {
            return NamePattern.regex(pattern);
        } catch (IllegalArgumentException ex) {
            this.problems.add(property + ".pattern", null, String.valueOf(ex.getMessage()));
            return null;
        }
    }

    private void checkPriority(String property, @Nullable Integer priority) {
        try {
            QueueSettings unused = QueueSettings.NONE.with(QueueSetting.DEFAULT_PRIORITY, priority);
        } catch (InvalidQueueSettingException ex) {
            this.problems.add(property + ".priority", priority, "use " + ex.allowed());
        }
    }
}
