package io.tasklane.store.orm;

import io.tasklane.TaskState;
import io.tasklane.store.TaskFilter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * A filter whose names are resolved to the ids in the tables.
 *
 * @param queues queues to look in, ordered by name
 * @param everyQueue whether these are all queues
 * @param kind id of the task name, null for any
 * @param states states, empty for any
 * @param text text in the payload, null for any
 */
record TaskSelection(
        List<QueueEntity> queues,
        boolean everyQueue,
        @Nullable Integer kind,
        Set<TaskState> states,
        @Nullable String text) {

    /** Resolves a filter; empty if it names a queue or a task that no row can have. */
    static Optional<TaskSelection> resolve(TaskFilter filter, Session session) {
        List<QueueEntity> queues = session.createSelectionQuery("from QueueEntity", QueueEntity.class).list().stream()
                .filter(queue -> filter.queue() == null || filter.queue().equals(queue.name()))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
        Integer kind = null;
        if (filter.task() != null) {
            KindEntity found = session.createSelectionQuery("from KindEntity where name = :name", KindEntity.class)
                    .setParameter("name", filter.task())
                    .uniqueResult();
            if (found == null) {
                return Optional.empty();
            }
            kind = found.id();
        }
        boolean none = queues.isEmpty();
        return none
                ? Optional.empty()
                : Optional.of(new TaskSelection(queues, filter.queue() == null, kind, filter.states(), filter.text()));
    }

    /** End states to look for. */
    List<TaskState> finishedStates() {
        return List.of(TaskState.values()).stream()
                .filter(TaskState::isFinished)
                .filter(state -> this.states.isEmpty() || this.states.contains(state))
                .toList();
    }
}
