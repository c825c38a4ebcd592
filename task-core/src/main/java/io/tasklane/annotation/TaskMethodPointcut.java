package io.tasklane.annotation;

import java.lang.reflect.Method;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Matches calls of task methods, through the class or through an interface of it. */
final class TaskMethodPointcut extends StaticMethodMatcherPointcut {

    TaskMethodPointcut() {
        setClassFilter(TaskMethods::isCandidate);
    }

    @Override
    public boolean matches(Method method, Class<?> targetClass) {
        return TaskMethods.isTask(method) || TaskMethods.isTask(AopUtils.getMostSpecificMethod(method, targetClass));
    }
}
