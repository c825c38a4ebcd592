package io.tasklane.client;

import io.tasklane.TaskId;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The collecting scopes that are open on each thread, innermost first. */
final class CollectingScopes {

    private final ThreadLocal<@Nullable Deque<CollectingScope>> open = new ThreadLocal<>();

    /** The innermost scope of this thread, or null. */
    @Nullable
    CollectingScope current() {
        Deque<CollectingScope> scopes = this.open.get();
        return scopes != null ? scopes.peek() : null;
    }

    void push(CollectingScope scope) {
        Deque<CollectingScope> scopes = this.open.get();
        if (scopes == null) {
            scopes = new ArrayDeque<>();
            this.open.set(scopes);
        }
        scopes.push(scope);
    }

    void pop() {
        Deque<CollectingScope> scopes = this.open.get();
        if (scopes != null) {
            scopes.pop();
            if (scopes.isEmpty()) {
                this.open.remove();
            }
        }
    }

    /** Whether the task waits for the end of a lambda on this thread. */
    boolean holds(TaskId id) {
        Deque<CollectingScope> scopes = this.open.get();
        return scopes != null && scopes.stream().anyMatch(scope -> scope.holds(id));
    }
}
