package io.tasklane.annotation;

import io.tasklane.handler.TaskDefinition;
import java.lang.reflect.Method;

/** Tells what a task method says. Used by the half that enqueues and by the half that runs, so that they agree. */
@FunctionalInterface
public interface TaskDefinitionSource {

    /**
     * Returns the definition of a task method.
     *
     * @param method the method, as declared or as inherited
     * @param beanClass class of the bean, without proxies
     * @throws InvalidTaskMethodsException if the method cannot be a task
     */
    TaskDefinition definition(Method method, Class<?> beanClass);
}
