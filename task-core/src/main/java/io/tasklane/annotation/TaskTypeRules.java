package io.tasklane.annotation;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.channels.Channel;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.stream.BaseStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.util.ClassUtils;

/** Which types can never be stored as JSON and read back. */
final class TaskTypeRules {

    private static final List<Class<?>> LIVE = List.of(
            InputStream.class,
            OutputStream.class,
            Reader.class,
            Writer.class,
            Channel.class,
            BaseStream.class,
            Thread.class,
            ThreadGroup.class,
            ThreadLocal.class,
            ClassLoader.class,
            Class.class,
            Executor.class,
            Future.class,
            Lock.class,
            Connection.class,
            DataSource.class,
            BeanFactory.class,
            ApplicationEvent.class);

    private static final List<String> LIVE_NAMES = List.of(
            "java.util.concurrent.CompletionStage",
            "org.springframework.web.multipart.MultipartFile",
            "org.springframework.core.io.InputStreamSource",
            "jakarta.servlet.ServletRequest",
            "jakarta.servlet.ServletResponse",
            "jakarta.persistence.EntityManager");

    private static final List<String> REACTIVE = List.of(
            "org.reactivestreams.Publisher", "kotlinx.coroutines.flow.Flow", "io.reactivex.rxjava3.core.Single");

    private TaskTypeRules() {}

    /**
     * Looks at a type and at the types inside it.
     *
     * @return what is wrong, null for nothing
     */
    static @Nullable String problem(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return "the type variable %s has no value in this class".formatted(variable.getName());
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
        if (Flow.Publisher.class.isAssignableFrom(type) || isNamed(type, REACTIVE)) {
            return "%s is reactive: what it will emit cannot be stored".formatted(type.getSimpleName());
        }
        if (LIVE.stream().anyMatch(live -> live.isAssignableFrom(type)) || isNamed(type, LIVE_NAMES)) {
            return "%s cannot be stored as JSON and read back".formatted(type.getSimpleName());
        }
        if (type.isInterface() && type.isAnnotationPresent(FunctionalInterface.class)) {
            return "%s is code, which cannot be stored as JSON".formatted(type.getSimpleName());
        }
        return null;
    }

    private static boolean isNamed(Class<?> type, List<String> names) {
        return ClassUtils.getAllInterfacesForClassAsSet(type).stream().anyMatch(named(names))
                || named(names).test(type)
                || (type.getSuperclass() != null && isNamed(type.getSuperclass(), names));
    }

    private static Predicate<Class<?>> named(List<String> names) {
        return type -> names.contains(type.getName());
    }
}
