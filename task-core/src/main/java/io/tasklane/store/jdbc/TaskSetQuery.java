package io.tasklane.store.jdbc;

import io.tasklane.TaskState;
import io.tasklane.store.TaskSetChange.Action;
import io.tasklane.store.TaskSetChange.Promote;
import io.tasklane.store.TaskSetChange.Reprioritise;
import io.tasklane.store.TaskSetChange.Requeue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks in one state that a change of many tasks concerns, as SQL: {@code s} is the table of the state, {@code t} the task. */
final class TaskSetQuery {

    private final StringBuilder sql;

    private final List<@Nullable Object> values = new ArrayList<>();

    private TaskSetQuery(String table) {
        this.sql = new StringBuilder(" FROM {p}%s s JOIN {p}task t ON t.id = s.task_id WHERE 1 = 1".formatted(table));
    }

    static TaskSetQuery of(TaskSetScope scope, TaskState state) {
        TaskSetQuery query = new TaskSetQuery(table(state)).and("s.queue_id = ?", scope.queueId());
        if (state.isFinished()) {
            query.and("s.state = ?", TaskCodes.finished(state));
        } else if (state == TaskState.RUNNING) {
            query.and("s.cancelled_at IS NULL");
        }
        query.andThereBy(scope.since(), state);
        String time = state.isFinished() ? "s.finished_at" : "t.created_at";
        query.andUnlessNull(time + " >= ?", scope.from());
        query.andUnlessNull(time + " < ?", scope.before());
        query.andUnlessNull("s.kind_id = ?", scope.kindId());
        query.and(scope.change().action(), scope.since());
        return query;
    }

    private void and(Action action, Instant since) {
        if (action instanceof Requeue requeue) {
            and("t.requeues < ?", requeue.maxRequeues());
        } else if (action instanceof Reprioritise reprioritise) {
            // Not by its band, to which it may have been raised.
            and("t.priority <> ?", reprioritise.priority());
        } else if (action instanceof Promote) {
            and("s.run_at <= ?", since);
        }
    }

    private static String table(TaskState state) {
        return switch (state) {
            case QUEUED -> "ready";
            case SCHEDULED -> "due";
            case RUNNING -> "running";
            case BLOCKED -> "blocked";
            default -> "finished";
        };
    }

    /** Only tasks that were in their state by then, or at least in the queue. */
    private void andThereBy(Instant since, TaskState state) {
        if (state.isFinished()) {
            and("s.finished_at <= ?", since);
        } else if (state == TaskState.QUEUED) {
            // One that got its key meanwhile was BLOCKED when the operation began.
            and("(s.ready_at <= ? OR (t.concurrency_key IS NOT NULL AND t.created_at <= ?))", since, since);
        } else {
            and("t.created_at <= ?", since);
        }
    }

    TaskSetQuery and(String condition, @Nullable Object... bound) {
        this.sql.append(" AND ").append(condition);
        this.values.addAll(Arrays.asList(bound));
        return this;
    }

    private void andUnlessNull(String condition, @Nullable Object value) {
        if (value != null) {
            and(condition, value);
        }
    }

    String select(String columns) {
        return "SELECT " + columns + this.sql;
    }

    String select(String columns, String order) {
        return select(columns) + " ORDER BY " + order + " LIMIT ?";
    }

    @Nullable
    Object[] values() {
        return this.values.toArray();
    }

    @Nullable
    Object[] valuesAnd(int limit) {
        List<@Nullable Object> all = new ArrayList<>(this.values);
        all.add(limit);
        return all.toArray();
    }
}
