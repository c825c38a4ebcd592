package io.tasklane.worker;

import io.tasklane.handler.TaskHandlerRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Tasks that this node has met and cannot run. Thread-safe. */
final class UnrunnableTasks {

    private final TaskHandlerRegistry handlers;

    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    // By version: while a new one is rolled out, this node reads the old payloads, and never the new ones.
    private final Set<Payload> unreadable = ConcurrentHashMap.newKeySet();

    private final Set<Payload> everUnreadable = ConcurrentHashMap.newKeySet();

    UnrunnableTasks(TaskHandlerRegistry handlers) {
        this.handlers = handlers;
    }

    /** Returns whether that is news. */
    boolean addUnknown(String task) {
        return this.unknown.add(task);
    }

    /** Returns whether that is news. */
    boolean addUnreadable(String task, int version) {
        Payload payload = new Payload(task, version);
        this.unreadable.add(payload);
        return this.everUnreadable.add(payload);
    }

    void readable(String task, int version) {
        if (!this.unreadable.isEmpty()) {
            this.unreadable.remove(new Payload(task, version));
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

    /** Names of tasks the last payload of which, in some version, could not be read. */
    Set<String> unreadable() {
        return this.unreadable.stream().map(Payload::task).collect(Collectors.toUnmodifiableSet());
    }

    private record Payload(String task, int version) {}
}
