package io.tasklane.store.orm;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.TaskPosition;
import java.time.Instant;
import java.util.Set;

/** The tables that a task can stand in, each with the keys of its order. In the order of a list. */
enum TaskTable {
    RUNNING(RunningTask.class, "claimedAt", "taskId", true),
    QUEUED(ReadyTask.class, "band", "seq", false),
    BLOCKED(BlockedTask.class, "taskId", "seq", false),
    SCHEDULED(DueTask.class, "runAt", "taskId", false),
    FINISHED(FinishedTask.class, "finishedAt", "taskId", true);

    private final Class<? extends PlacedTask> type;

    private final String firstKey;

    private final String secondKey;

    private final boolean descending;

    TaskTable(Class<? extends PlacedTask> type, String firstKey, String secondKey, boolean descending) {
        this.type = type;
        this.firstKey = firstKey;
        this.secondKey = secondKey;
        this.descending = descending;
    }

    Class<? extends PlacedTask> type() {
        return this.type;
    }

    String firstKey() {
        return this.firstKey;
    }

    String secondKey() {
        return this.secondKey;
    }

    boolean descending() {
        return this.descending;
    }

    /** Part of the list that is in this table. */
    TaskPosition.Section section() {
        return TaskPosition.Section.valueOf(name());
    }

    /** Whether tasks in one of these states stand in this table; no states are all states. */
    boolean has(Set<TaskState> states) {
        return states.isEmpty() || states.stream().anyMatch(state -> TaskPosition.Section.of(state) == section());
    }

    /** Place in the list of a row of id, first and second key. */
    TaskPosition position(String queue, Object[] row) {
        TaskId id = new TaskId((Long) row[0]);
        return switch (this) {
            case RUNNING -> TaskPosition.running((Instant) row[1], id);
            case QUEUED -> TaskPosition.queued(queue, -(Integer) row[1], (Long) row[2]);
            case BLOCKED -> TaskPosition.blocked(id, (Long) row[2]);
            case SCHEDULED -> TaskPosition.scheduled((Instant) row[1], id);
            case FINISHED -> TaskPosition.finished((Instant) row[1], id);
        };
    }

    /** Value of the first key at a place of the list. */
    Object first(TaskPosition position) {
        return switch (this) {
            case QUEUED -> (int) position.first();
            case BLOCKED -> position.first();
            default -> position.time();
        };
    }

    /** Value of the second key at a place of the list. */
    long second(TaskPosition position) {
        return this.descending ? -position.second() : position.second();
    }
}
