package io.tasklane.store.orm;

import io.tasklane.TaskState;
import io.tasklane.store.TaskPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * One query for keys of tasks in one table, put together from conditions. Each of them is one that an index of the table
 * answers in the order of the list, so that a page costs the same wherever it is.
 */
final class TaskKeys {

    private final TaskTable table;

    private final StringBuilder conditions = new StringBuilder("1 = 1");

    private final Map<String, Object> parameters = new LinkedHashMap<>();

    private boolean searchesText;

    TaskKeys(TaskTable table) {
        this.table = table;
    }

    TaskKeys queue(QueueEntity queue) {
        return and("t.queue.id = :queue", "queue", queue.id());
    }

    TaskKeys kind(@Nullable Integer kind) {
        return kind == null ? this : and("t.kind.id = :kind", "kind", kind);
    }

    TaskKeys state(TaskState state) {
        return and("t.state = :state", "state", FinishedTask.number(state));
    }

    TaskKeys states(List<TaskState> states) {
        return and(
                "t.state in (:states)",
                "states",
                states.stream().map(FinishedTask::number).toList());
    }

    /** Only tasks whose payload contains the text, and which are not older than the given id. */
    TaskKeys text(@Nullable String text, long oldest) {
        if (text == null) {
            return this;
        }
        this.searchesText = true;
        String escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        and("d.payload like :text escape '!'", "text", "%" + escaped + "%");
        return oldest == 0 ? this : and("t.taskId >= :oldest", "oldest", oldest);
    }

    /** Returns the first keys after a place of the list, in the order of the list. */
    List<Key> list(Session session, String queue, @Nullable TaskPosition after, int limit) {
        if (after == null) {
            return list(session, queue, "", Map.of(), limit);
        }
        Map<String, Object> place = Map.of("first", this.table.first(after), "second", this.table.second(after));
        if (this.table != TaskTable.QUEUED) {
            // Written so that the index starts at the place, and does not walk up to it.
            String beyond = this.table.descending()
                    ? " and t.%1$s <= :first and (t.%1$s < :first or t.%2$s < :second)"
                    : " and t.%1$s >= :first and (t.%1$s > :first or t.%2$s > :second)";
            return list(session, queue, keyed(beyond), place, limit);
        }
        // A queue has few priorities with many tasks each: first the rest of this one, then the less urgent ones.
        List<Key> keys =
                new ArrayList<>(list(session, queue, keyed(" and t.%1$s = :first and t.%2$s > :second"), place, limit));
        if (keys.size() < limit) {
            Map<String, Object> priority = Map.of("first", this.table.first(after));
            keys.addAll(list(session, queue, keyed(" and t.%1$s > :first"), priority, limit - keys.size()));
        }
        return keys;
    }

    /** Returns the largest ids, which are those of the newest tasks. */
    List<Long> newest(Session session, int limit) {
        String hql = "select t.taskId from %s t where %s order by t.taskId desc"
                .formatted(this.table.type().getSimpleName(), this.conditions);
        SelectionQuery<Long> query = session.createSelectionQuery(hql, Long.class);
        this.parameters.forEach(query::setParameter);
        return query.setMaxResults(limit).list();
    }

    private List<Key> list(Session session, String queue, String beyond, Map<String, Object> place, int limit) {
        String direction = this.table.descending() ? "desc" : "asc";
        String hql = "select t.taskId, t.%1$s, t.%2$s%4$s where %5$s%6$s order by t.%1$s %3$s, t.%2$s %3$s"
                .formatted(this.table.firstKey(), this.table.secondKey(), direction, source(), this.conditions, beyond);
        SelectionQuery<Object[]> query = session.createSelectionQuery(hql, Object[].class);
        this.parameters.forEach(query::setParameter);
        place.forEach(query::setParameter);
        return query.setMaxResults(limit).list().stream()
                .map(row -> new Key(
                        this.table,
                        (Long) row[0],
                        this.table.position(queue, row),
                        row.length > 3 ? (PlacedTask) row[3] : null))
                .toList();
    }

    /** Where to read from; and the rows as a whole, unless the keys of many pages are to be merged first. */
    private String source() {
        String entity = this.table.type().getSimpleName();
        if (this.table == TaskTable.FINISHED) {
            return " from %s t%s".formatted(entity, this.searchesText ? " join t.task d" : "");
        }
        return ", t from %s t join fetch t.task d join fetch t.queue join fetch t.kind".formatted(entity);
    }

    private String keyed(String condition) {
        return condition.formatted(this.table.firstKey(), this.table.secondKey());
    }

    private TaskKeys and(String condition, String parameter, Object value) {
        this.conditions.append(" and ").append(condition);
        this.parameters.put(parameter, value);
        return this;
    }

    /**
     * Where a task is found, and its place in the list.
     *
     * @param row the task, null if it is to be loaded by its id
     */
    record Key(
            TaskTable table,
            long id,
            TaskPosition position,
            @Nullable PlacedTask row) {}
}
