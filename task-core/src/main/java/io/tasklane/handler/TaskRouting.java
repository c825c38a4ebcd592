package io.tasklane.handler;

import io.tasklane.TaskRequest;
import io.tasklane.TaskRoute;
import io.tasklane.TaskRouter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.util.ConcurrentLruCache;
import org.springframework.util.function.SingletonSupplier;

/**
 * What stands between a call and the annotation of a task: overrides before routes before routers; of routes and of routers the
 * first that matches. Thread-safe.
 */
public final class TaskRouting {

    /** Nothing is overridden or routed. */
    public static final TaskRouting NONE = new TaskRouting(Map.of(), List.of(), List::of);

    private static final int REMEMBERED = 1_000;

    private final Map<String, TaskOverride> overrides;

    private final List<TaskRouteRule> rules;

    private final Supplier<List<TaskRouter>> routers;

    private final ConcurrentLruCache<String, TaskOverride> configured =
            new ConcurrentLruCache<>(REMEMBERED, this::configure);

    /**
     * Creates the routing.
     *
     * @param overrides what applies to single tasks, by their names
     * @param rules where tasks go, the first match wins
     * @param routers asked in this order; they themselves are asked for once, at the first enqueue, as they may need beans that
     *     enqueue
     */
    public TaskRouting(
            Map<String, TaskOverride> overrides, List<TaskRouteRule> rules, Supplier<List<TaskRouter>> routers) {
        this.overrides = Map.copyOf(overrides);
        this.rules = List.copyOf(rules);
        this.routers = SingletonSupplier.of(() -> List.copyOf(routers.get()));
    }

    /** Returns what the configuration says about a task. */
    public TaskOverride configured(String task) {
        return this.overrides.isEmpty() && this.rules.isEmpty() ? TaskOverride.NONE : this.configured.get(task);
    }

    private TaskOverride configure(String task) {
        TaskOverride own = this.overrides.getOrDefault(task, TaskOverride.NONE);
        for (TaskRouteRule rule : this.rules) {
            if (rule.tasks().matches(task)) {
                return own.over(rule.route().queue(), rule.route().priority());
            }
        }
        return own;
    }

    /** Returns what is to be said about a task in front of its annotation. */
    public TaskOverride decide(String task, Supplier<TaskRequest> request) {
        TaskOverride decided = configured(task);
        List<TaskRouter> asked = this.routers.get();
        if (asked.isEmpty() || (decided.queue() != null && decided.priority() != null)) {
            return decided;
        }
        TaskRequest routed = request.get();
        for (TaskRouter router : asked) {
            Optional<TaskRoute> route = Objects.requireNonNull(
                    router.route(routed), () -> router + " returned null instead of an empty Optional");
            if (route.isPresent()) {
                return decided.over(route.get().queue(), route.get().priority());
            }
        }
        return decided;
    }
}
