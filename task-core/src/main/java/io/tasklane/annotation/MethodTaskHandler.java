package io.tasklane.annotation;

import io.tasklane.NonRetryableTaskException;
import io.tasklane.TaskHandle;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskHandler;
import io.tasklane.handler.TaskInvocation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * The half that runs. Takes the bean by name at each run, so that lazy, prototype and scoped beans behave as declared, and
 * calls the method through the bean's proxy, so that its other advice applies.
 */
final class MethodTaskHandler implements TaskHandler {

    private final TaskDefinition definition;

    private final BeanFactory beanFactory;

    private final String beanName;

    private final Method method;

    MethodTaskHandler(TaskDefinition definition, BeanFactory beanFactory, String beanName, Method method) {
        this.definition = definition;
        this.beanFactory = beanFactory;
        this.beanName = beanName;
        this.method = method;
    }

    @Override
    public @Nullable Object handle(TaskInvocation invocation) throws Throwable {
        Object bean = this.beanFactory.getBean(this.beanName);
        Method invocable = AopUtils.selectInvocableMethod(this.method, bean.getClass());
        ReflectionUtils.makeAccessible(invocable);
        try (TaskInvocationScope scope = TaskInvocationScope.open(this.definition)) {
            return unwrap(invocable.invoke(bean, invocation.arguments()));
        } catch (InvocationTargetException ex) {
            throw ex.getTargetException();
        }
    }

    private @Nullable Object unwrap(@Nullable Object returned) {
        if (!(returned instanceof TaskHandle<?> handle)) {
            return null;
        }
        if (handle.getClass() != TaskHandle.of(null).getClass()) {
            throw new NonRetryableTaskException(
                    ("%s returned the handle of a task instead of its own result; return TaskHandle.of(value),"
                                    + " and do not wait for other tasks inside a task")
                            .formatted(this.definition.source()));
        }
        return handle.get(Duration.ZERO);
    }

    @Override
    public String toString() {
        return "bean '%s', %s".formatted(this.beanName, this.definition.source());
    }
}
