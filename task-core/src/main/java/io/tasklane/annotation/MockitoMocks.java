package io.tasklane.annotation;

import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Recognizes the mocks that tests put in the place of task beans: they keep the annotations, but must run nothing. */
final class MockitoMocks {

    private static final String MOCKITO = "org.mockito.Mockito";

    private MockitoMocks() {}

    static boolean isMockClass(Class<?> type) {
        return type.getName().contains("$MockitoMock$");
    }

    /** Whether the bean is a mock and no spy; by Mockito itself, as a mock may have the very class it mocks. */
    static boolean isMock(Object bean) {
        ClassLoader loader = bean.getClass().getClassLoader();
        if (!ClassUtils.isPresent(MOCKITO, loader)) {
            return false;
        }
        Class<?> mockito = ClassUtils.resolveClassName(MOCKITO, loader);
        Object details = call(mockito, "mockingDetails", null, bean);
        return (boolean) call(ClassUtils.resolveClassName("org.mockito.MockingDetails", loader), "isMock", details)
                && !(boolean) call(ClassUtils.resolveClassName("org.mockito.MockingDetails", loader), "isSpy", details);
    }

    private static Object call(Class<?> type, String name, @Nullable Object target, Object... arguments) {
        Method method = arguments.length == 0
                ? ReflectionUtils.findMethod(type, name)
                : ReflectionUtils.findMethod(type, name, Object.class);
        return Objects.requireNonNull(ReflectionUtils.invokeMethod(Objects.requireNonNull(method), target, arguments));
    }
}
