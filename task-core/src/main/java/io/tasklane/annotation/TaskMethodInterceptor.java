package io.tasklane.annotation;

import io.tasklane.TaskHandle;
import io.tasklane.handler.TaskDefinition;
import io.tasklane.handler.TaskSubmitter;
import java.util.Objects;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/** The half that enqueues. Stands aside for the worker's call. */
final class TaskMethodInterceptor implements MethodInterceptor {

    private final Supplier<? extends TaskSubmitter> submitter;

    private final Supplier<? extends TaskDefinitionSource> definitions;

    TaskMethodInterceptor(
            Supplier<? extends TaskSubmitter> submitter, Supplier<? extends TaskDefinitionSource> definitions) {
        this.submitter = submitter;
        this.definitions = definitions;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Class<?> targetClass = AopUtils.getTargetClass(Objects.requireNonNull(invocation.getThis()));
        TaskDefinition definition = this.definitions.get().definition(invocation.getMethod(), targetClass);
        TaskInvocationScope scope = TaskInvocationScope.current();
        if (scope != null && scope.isFor(definition)) {
            try (TaskInvocationScope.Suspension suspended = scope.suspend()) {
                return invocation.proceed();
            }
        }
        TaskHandle<?> handle = this.submitter.get().submit(definition, invocation.getArguments());
        return definition.resultType() != null ? handle : null;
    }
}
