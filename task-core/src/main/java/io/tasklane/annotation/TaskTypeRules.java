package io.tasklane.annotation;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Which types can never be stored as JSON and read back. */
final class TaskTypeRules {

    /** By name, as most of them need not be on the class path; a class also counts for those it extends. */
    private static final Set<String> LIVE = Set.of(
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.io.Reader",
            "java.io.Writer",
            "java.nio.channels.Channel",
            "java.util.stream.BaseStream",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.lang.ClassLoader",
            "java.lang.Class",
            "java.util.concurrent.Executor",
            "java.util.concurrent.Future",
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.locks.Lock",
            "java.sql.Connection",
            "javax.sql.DataSource",
            "jakarta.persistence.EntityManager",
            "jakarta.servlet.ServletRequest",
            "jakarta.servlet.ServletResponse",
            "org.springframework.beans.factory.BeanFactory",
            "org.springframework.context.ApplicationEvent",
            "org.springframework.core.io.InputStreamSource");

    private static final Set<String> REACTIVE = Set.of(
            "java.util.concurrent.Flow$Publisher",
            "org.reactivestreams.Publisher",
            "io.reactivex.rxjava3.core.SingleSource",
            "io.reactivex.rxjava3.core.CompletableSource",
            "io.reactivex.rxjava3.core.MaybeSource",
            "kotlinx.coroutines.flow.Flow");

    private TaskTypeRules() {}

    /**
     * Looks at a type and at the types inside it.
     *
     * @return what is wrong, null for nothing
     */
    static @Nullable String problem(Type type) {
        if (type instanceof TypeVariable<?>) {
            return "its type has a variable without a value in this class";
        }
        if (type instanceof Class<?> raw) {
            return raw.isArray() ? problem(raw.getComponentType()) : problemOf(raw);
        }
        if (type instanceof GenericArrayType array) {
            return problem(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return firstProblem(wildcard.getUpperBounds());
        }
        if (type instanceof ParameterizedType parameterized) {
            String problem = problem(parameterized.getRawType());
            return problem != null ? problem : firstProblem(parameterized.getActualTypeArguments());
        }
        return null;
    }

    private static @Nullable String firstProblem(Type[] types) {
        for (Type type : types) {
            String problem = problem(type);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable String problemOf(Class<?> type) {
        if (isAny(REACTIVE, type)) {
            return "%s is reactive: what it will emit cannot be stored".formatted(type.getSimpleName());
        }
        if (isAny(LIVE, type)) {
            return "%s cannot be stored as JSON and read back".formatted(type.getSimpleName());
        }
        if (type.isInterface() && type.isAnnotationPresent(FunctionalInterface.class)) {
            return "%s is code, which cannot be stored as JSON".formatted(type.getSimpleName());
        }
        return null;
    }

    private static boolean isAny(Set<String> names, Class<?> type) {
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            if (names.contains(current.getName())) {
                return true;
            }
        }
        return ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                .anyMatch(named -> names.contains(named.getName()));
    }
}
