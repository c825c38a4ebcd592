package io.tasklane;

import org.jspecify.annotations.Nullable;

/** The thread's current {@link TaskContext}. */
final class TaskContextHolder {

    private static final ThreadLocal<@Nullable TaskContext> CURRENT = new ThreadLocal<>();

    private TaskContextHolder() {}

    static @Nullable TaskContext get() {
        return CURRENT.get();
    }

    static void set(@Nullable TaskContext context) {
        if (context == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(context);
        }
    }
}
