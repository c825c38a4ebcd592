package io.tasklane;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the body of a task returns: a value, not a stored task. */
record CompletedTaskHandle<T>(@Nullable T value) implements TaskHandle<T> {

    @Override
    public TaskId id() {
        throw new IllegalStateException("TaskHandle.of(value) carries a result and has no id;"
                + " the id is on the handle that the caller of the task method gets");
    }

    @Override
    public Optional<TaskState> state() {
        return Optional.of(TaskState.SUCCEEDED);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean isSucceeded() {
        return true;
    }

    @Override
    public boolean isFailed() {
        return false;
    }

    @Override
    public @Nullable T get(Duration timeout) {
        return this.value;
    }

    @Override
    public Optional<T> result() {
        return Optional.ofNullable(this.value);
    }

    @Override
    public Optional<TaskError> error() {
        return Optional.empty();
    }
}
