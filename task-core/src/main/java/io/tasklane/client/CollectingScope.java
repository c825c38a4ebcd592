package io.tasklane.client;

import io.tasklane.TaskHandle;
import io.tasklane.TaskId;
import io.tasklane.store.NewTask;
import java.util.ArrayList;
import java.util.List;

/** The calls that one lambda has made so far. Used by one thread. */
final class CollectingScope {

    private final CallOptions options;

    private final TransactionPosition opened;

    private final List<NewTask> collected = new ArrayList<>();

    private final List<TaskHandle<?>> handles = new ArrayList<>();

    CollectingScope(CallOptions options, TransactionPosition opened) {
        this.options = options;
        this.opened = opened;
    }

    /** Options of the calls inside, those of surrounding scopes included. */
    CallOptions options() {
        return this.options;
    }

    TransactionPosition opened() {
        return this.opened;
    }

    /** Whether a call made there waits for the end of the lambda. */
    boolean collectsAt(TransactionPosition position) {
        return this.opened.isSame(position);
    }

    /** Adds a call that waits. */
    void collect(NewTask task, TaskHandle<?> handle) {
        this.collected.add(task);
        this.handles.add(handle);
    }

    /** Adds a call that was written already. */
    void count(TaskHandle<?> handle) {
        this.handles.add(handle);
    }

    /** Adds the calls of a scope inside this one, to be written with this one's. */
    void join(CollectingScope inner) {
        this.collected.addAll(inner.collected);
        this.handles.addAll(inner.handles);
    }

    /** Adds the calls of a scope inside this one, which were written already. */
    void countAll(CollectingScope inner) {
        this.handles.addAll(inner.handles);
    }

    boolean holds(TaskId id) {
        return this.collected.stream().anyMatch(task -> task.id().equals(id));
    }

    List<NewTask> collected() {
        return this.collected;
    }

    /** One handle per call, in the order of the calls. */
    List<TaskHandle<?>> handles() {
        return this.handles;
    }
}
