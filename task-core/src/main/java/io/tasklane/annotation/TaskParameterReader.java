package io.tasklane.annotation;

import io.tasklane.TaskContext;
import io.tasklane.TaskHandle;
import io.tasklane.handler.TaskParameter;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.util.ClassUtils;

/** Reads parameters and result of a task method, type variables resolved against the bean's class. */
final class TaskParameterReader {

    private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

    List<TaskParameter> parameters(Method method, Class<?> beanClass, TaskMethodFindings findings) {
        @Nullable String[] found = this.names.getParameterNames(method);
        if (found == null && method.getParameterCount() > 0) {
            findings.problem(
                    "the names of its parameters are not in the class file, and the arguments are stored by them",
                    "Compile with '-parameters'");
        }
        List<TaskParameter> parameters = new ArrayList<>();
        Type[] types = method.getGenericParameterTypes();
        for (int i = 0; i < types.length; i++) {
            Type type = GenericTypeResolver.resolveType(types[i], beanClass);
            String known = found != null ? found[i] : null;
            String name = known != null ? known : "arg" + i;
            boolean injected = type == TaskContext.class;
            String problem = injected ? null : TaskTypeRules.problem(type);
            if (problem != null) {
                findings.problem(
                        "parameter '%s': %s".formatted(name, problem),
                        "Pass data: values, records, collections, or the id of what the task shall load");
            }
            parameters.add(new TaskParameter(name, type, injected));
        }
        return parameters;
    }

    /** The type of the result, null for a task that returns nothing. */
    @Nullable
    Type result(Method method, Class<?> beanClass, TaskMethodFindings findings) {
        if (method.getReturnType() == void.class) {
            return null;
        }
        if (method.getReturnType() != TaskHandle.class) {
            findings.problem(
                    "it returns %s, but its caller gets nothing but a handle, long before there is a result"
                            .formatted(method.getReturnType().getSimpleName()),
                    "Return void, or TaskHandle<%s> and TaskHandle.of(value) in the body"
                            .formatted(boxed(method.getReturnType())));
            return null;
        }
        Type declared = GenericTypeResolver.resolveType(method.getGenericReturnType(), beanClass);
        if (!(declared instanceof ParameterizedType handle)
                || handle.getActualTypeArguments()[0] instanceof WildcardType) {
            findings.problem(
                    "it returns a TaskHandle that does not say of what, so that the result cannot be read",
                    "Name the type of the result, such as TaskHandle<String>");
            return null;
        }
        Type result = handle.getActualTypeArguments()[0];
        String problem = TaskTypeRules.problem(result);
        if (problem != null) {
            findings.problem("its result: " + problem, "Return data");
        }
        return result;
    }

    private static String boxed(Class<?> type) {
        return ClassUtils.resolvePrimitiveIfNecessary(type).getSimpleName();
    }
}
