package io.tasklane.handler;

import io.tasklane.NamePattern;
import io.tasklane.TaskRoute;

/**
 * Where a configuration sends tasks.
 *
 * @param tasks the names of the tasks
 * @param route where they go
 */
public record TaskRouteRule(NamePattern tasks, TaskRoute route) {}
