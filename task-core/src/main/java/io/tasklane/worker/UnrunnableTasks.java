package io.tasklane.worker;

import io.tasklane.handler.TaskHandlerRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Names of tasks that this node has met and cannot run. Thread-safe. */
final class UnrunnableTasks {

    private final TaskHandlerRegistry handlers;

    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    UnrunnableTasks(TaskHandlerRegistry handlers) {
        this.handlers = handlers;
    }

    /** Returns whether that is news. */
    boolean addUnknown(String task) {
        return this.unknown.add(task);
    }

    /** Returns whether that is news. */
    boolean addUnreadable(String task) {
        return this.unreadable.add(task);
    }

    void readable(String task) {
        if (!this.unreadable.isEmpty()) {
            this.unreadable.remove(task);
        }
    }

    /** Names met without a handler, as far as there is still none. */
    Set<String> unknown() {
        if (this.unknown.isEmpty()) {
            return Set.of();
        }
        return this.unknown.stream()
                .filter(task -> this.handlers.find(task).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    Set<String> unreadable() {
        return Set.copyOf(this.unreadable);
    }
}
