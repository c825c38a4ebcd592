package io.tasklane;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.SimpleReflectiveProcessor;

/** Registers what a native image needs to call a task method and to bind its arguments and its result as JSON. */
class TaskReflectiveProcessor extends SimpleReflectiveProcessor {

    private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

    @Override
    public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
        super.registerReflectionHints(hints, element);
        if (element instanceof Method method) {
            for (Type parameter : method.getGenericParameterTypes()) {
                if (parameter != TaskContext.class) {
                    this.bindings.registerReflectionHints(hints, parameter);
                }
            }
            if (method.getReturnType() != void.class) {
                this.bindings.registerReflectionHints(hints, method.getGenericReturnType());
            }
        }
    }
}
