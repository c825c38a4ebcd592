package io.tasklane.client;

import io.tasklane.TaskError;
import io.tasklane.TaskExecutionException;
import io.tasklane.TaskHandle;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.TaskWaitTimeoutException;
import io.tasklane.store.StoredTask;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Handle of a task that is stored, or will be. */
final class StoredTaskHandle<T> implements TaskHandle<T> {

    private final TaskId id;

    private final TaskResults results;

    private final PollingWait wait;

    private final Consumer<TaskId> waitingAllowed;

    StoredTaskHandle(TaskId id, TaskResults results, PollingWait wait, Consumer<TaskId> waitingAllowed) {
        this.id = id;
        this.results = results;
        this.wait = wait;
        this.waitingAllowed = waitingAllowed;
    }

    @Override
    public TaskId id() {
        return this.id;
    }

    @Override
    public Optional<TaskState> state() {
        return this.results.state(this.id);
    }

    @Override
    public boolean isReady() {
        return state().map(TaskState::isFinished).orElse(false);
    }

    @Override
    public boolean isSucceeded() {
        return state().filter(TaskState.SUCCEEDED::equals).isPresent();
    }

    @Override
    public boolean isFailed() {
        return state().filter(TaskState.FAILED::equals).isPresent();
    }

    @Override
    public @Nullable T get(Duration timeout) {
        this.waitingAllowed.accept(this.id);
        if (!this.wait.until(this::isReady, timeout)) {
            throw new TaskWaitTimeoutException(this.id, timeout);
        }
        // Pruned between the two looks: it ended, but nobody can say how any more.
        StoredTask task = this.results.find(this.id).orElseThrow(() -> new TaskWaitTimeoutException(this.id, timeout));
        if (task.state() != TaskState.SUCCEEDED) {
            throw new TaskExecutionException(this.id, task.state(), task.error());
        }
        return value(task);
    }

    @Override
    public Optional<T> result() {
        return this.results.find(this.id).map(this::value);
    }

    @Override
    public Optional<TaskError> error() {
        return this.results
                .find(this.id)
                .filter(task -> task.state() != TaskState.SUCCEEDED && task.state() != TaskState.RUNNING)
                .map(StoredTask::error);
    }

    @SuppressWarnings("unchecked") // the caller names T, as it names the type of any stored value
    private @Nullable T value(StoredTask task) {
        return (@Nullable T) this.results.result(task);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredTaskHandle<?> handle && this.id.equals(handle.id);
    }

    @Override
    public int hashCode() {
        return this.id.hashCode();
    }

    @Override
    public String toString() {
        return "TaskHandle[" + this.id + "]";
    }
}
