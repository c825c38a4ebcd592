package io.tasklane.annotation;

import io.tasklane.handler.TaskDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The secret that the two halves share: inside it, on this thread, a call of this one task comes from the worker and runs
 * the body instead of enqueueing. The body itself, and whatever it calls, is outside it; advice round the body that calls
 * it once more is inside again.
 */
final class TaskInvocationScope implements AutoCloseable {

    private static final ThreadLocal<@Nullable TaskInvocationScope> CURRENT = new ThreadLocal<>();

    private final TaskDefinition definition;

    private final @Nullable TaskInvocationScope previous;

    private TaskInvocationScope(TaskDefinition definition, @Nullable TaskInvocationScope previous) {
        this.definition = definition;
        this.previous = previous;
    }

    static TaskInvocationScope open(TaskDefinition definition) {
        TaskInvocationScope scope = new TaskInvocationScope(definition, CURRENT.get());
        set(scope);
        return scope;
    }

    static @Nullable TaskInvocationScope current() {
        return CURRENT.get();
    }

    boolean isFor(TaskDefinition called) {
        return this.definition == called || this.definition.equals(called);
    }

    /** Leaves the scope until the result is closed. */
    Suspension suspend() {
        set(null);
        return () -> set(this);
    }

    @Override
    public void close() {
        set(this.previous);
    }

    private static void set(@Nullable TaskInvocationScope scope) {
        if (scope == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(scope);
        }
    }

    /** Enters the scope again when closed. */
    interface Suspension extends AutoCloseable {

        @Override
        void close();
    }
}
