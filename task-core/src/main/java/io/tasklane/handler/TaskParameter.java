package io.tasklane.handler;

import java.lang.reflect.Type;

/**
 * One parameter of a task method.
 *
 * @param name its name in the payload
 * @param type its declared type, type variables resolved against the bean's class
 * @param injected whether the worker supplies it ({@link io.tasklane.TaskContext}), so that it is no payload
 */
public record TaskParameter(String name, Type type, boolean injected) {}
