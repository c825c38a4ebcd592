package io.tasklane.annotation;

import io.tasklane.Task;
import java.lang.reflect.Method;
import java.util.Set;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/** Which methods are tasks: the one answer for the proxies and for the handlers. */
final class TaskMethods {

    private TaskMethods() {}

    /** Whether a class can have task methods at all; a cheap look. */
    static boolean isCandidate(Class<?> type) {
        return AnnotationUtils.isCandidateClass(type, Task.class);
    }

    static boolean isTask(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, Task.class);
    }

    static Set<Method> select(Class<?> type) {
        return MethodIntrospector.selectMethods(type, (Method method) -> isTask(method));
    }
}
