package io.tasklane.store.orm;

import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskCursor;
import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPage;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.TaskPosition;
import io.tasklane.store.TaskSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Finds tasks through Hibernate, beside any transaction of the caller. Goes from table to table until the page is
 * full. Of what has ended, the index holds each queue and state apart: there the keys are merged first, and then loaded.
 *
 * @since 0.1.0
 */
public final class HibernateTaskSearch implements TaskSearch {

    private static final String LOAD_FINISHED =
            "from FinishedTask t join fetch t.task join fetch t.queue join fetch t.kind where t.taskId in (:ids)";

    private final TaskPersistenceUnit unit;

    private final int textSearchLimit;

    /**
     * Creates the search without touching the database.
     *
     * @param unit where to read
     */
    public HibernateTaskSearch(TaskPersistenceUnit unit) {
        this(unit, TaskFilter.TEXT_SEARCH_LIMIT);
    }

    HibernateTaskSearch(TaskPersistenceUnit unit, int textSearchLimit) {
        this.unit = unit;
        this.textSearchLimit = textSearchLimit;
    }

    @Override
    public TaskPage find(TaskFilter filter, TaskPageRequest page) {
        TaskCursor after = TaskCursor.of(page, filter);
        return this.unit.read(session -> TaskSelection.resolve(filter, session)
                .map(selection -> page(session, selection, after, page.size()))
                .orElseGet(() -> new TaskPage(List.of(), null, false)));
    }

    private TaskPage page(Session session, TaskSelection selection, @Nullable TaskCursor after, int size) {
        long oldest = after != null ? after.oldest() : oldest(session, selection);
        TaskPosition start = after != null ? after.position() : null;
        List<TaskKeys.Key> keys = new ArrayList<>();
        for (TaskTable table : TaskTable.values()) {
            int missing = size + 1 - keys.size();
            boolean passed = start != null && table.section().compareTo(start.section()) < 0;
            if (missing > 0 && !passed && table.has(selection.states())) {
                TaskPosition inTable = start != null && start.section() == table.section() ? start : null;
                keys.addAll(new TableSearch(session, selection, oldest).keys(table, inTable, missing));
            }
        }
        boolean more = keys.size() > size;
        List<TaskKeys.Key> shown = more ? keys.subList(0, size) : keys;
        String next = more ? new TaskCursor(shown.get(size - 1).position(), oldest).format() : null;
        return new TaskPage(load(session, shown), next, oldest > 0);
    }

    /** Smallest id among the newest tasks that a text search looks at; 0 if it looks at all. */
    private long oldest(Session session, TaskSelection selection) {
        if (selection.text() == null) {
            return 0;
        }
        List<Long> newest = new ArrayList<>();
        for (TaskTable table : TaskTable.values()) {
            if (table.has(selection.states())) {
                newest.addAll(new TableSearch(session, selection, 0).newest(table, this.textSearchLimit + 1));
            }
        }
        newest.sort(Comparator.reverseOrder());
        return newest.size() > this.textSearchLimit ? newest.get(this.textSearchLimit - 1) : 0;
    }

    private static List<StoredTask> load(Session session, List<TaskKeys.Key> keys) {
        List<Long> ids = keys.stream()
                .filter(key -> key.row() == null)
                .map(TaskKeys.Key::id)
                .toList();
        Map<Long, PlacedTask> loaded = new HashMap<>();
        if (!ids.isEmpty()) {
            session.createSelectionQuery(LOAD_FINISHED, FinishedTask.class)
                    .setParameterList("ids", ids)
                    .list()
                    .forEach(row -> loaded.put(row.id().value(), row));
        }
        return keys.stream()
                .map(key -> key.row() != null ? key.row() : loaded.get(key.id()))
                .map(PlacedTask::stored)
                .toList();
    }

    /** Looks for the keys of one selection in one table. */
    private record TableSearch(Session session, TaskSelection selection, long oldest) {

        List<TaskKeys.Key> keys(TaskTable table, @Nullable TaskPosition after, int limit) {
            return switch (table) {
                case QUEUED -> queued(after, limit);
                case FINISHED -> finished(after, limit);
                default -> keys(table).list(this.session, "", after, limit);
            };
        }

        List<Long> newest(TaskTable table, int limit) {
            TaskKeys keys = within(table).kind(this.selection.kind());
            if (table == TaskTable.FINISHED) {
                keys.states(this.selection.finishedStates());
            }
            return keys.newest(this.session, limit);
        }

        /** One queue after the other. */
        private List<TaskKeys.Key> queued(@Nullable TaskPosition after, int limit) {
            List<TaskKeys.Key> found = new ArrayList<>();
            for (QueueEntity queue : this.selection.queues()) {
                int order = after != null ? queue.name().compareTo(after.queue()) : 1;
                if (order >= 0 && found.size() < limit) {
                    TaskPosition inQueue = order == 0 ? after : null;
                    found.addAll(restricted(new TaskKeys(TaskTable.QUEUED).queue(queue))
                            .list(this.session, queue.name(), inQueue, limit - found.size()));
                }
            }
            return found;
        }

        /** One page for each queue and state, because the index holds these apart, merged into one. */
        private List<TaskKeys.Key> finished(@Nullable TaskPosition after, int limit) {
            List<TaskKeys.Key> found = new ArrayList<>();
            for (QueueEntity queue : this.selection.queues()) {
                for (TaskState state : this.selection.finishedStates()) {
                    found.addAll(restricted(new TaskKeys(TaskTable.FINISHED)
                                    .queue(queue)
                                    .state(state))
                            .list(this.session, "", after, limit));
                }
            }
            found.sort(Comparator.comparing(TaskKeys.Key::position));
            return found.subList(0, Math.min(limit, found.size()));
        }

        private TaskKeys keys(TaskTable table) {
            return restricted(within(table));
        }

        private TaskKeys within(TaskTable table) {
            TaskKeys keys = new TaskKeys(table);
            return this.selection.everyQueue()
                    ? keys
                    : keys.queue(this.selection.queues().get(0));
        }

        private TaskKeys restricted(TaskKeys keys) {
            return keys.kind(this.selection.kind()).text(this.selection.text(), this.oldest);
        }
    }
}
