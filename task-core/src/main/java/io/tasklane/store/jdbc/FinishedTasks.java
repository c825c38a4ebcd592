package io.tasklane.store.jdbc;

import io.tasklane.TaskState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tasks that have ended: finds those that did so long ago, and deletes them. */
final class FinishedTasks {

    private final SqlSession session;

    FinishedTasks(SqlSession session) {
        this.session = session;
    }

    /** Queues and states with tasks to delete, the one with the oldest first. */
    List<Outdated> outdated(Map<TaskState, Duration> ages) throws SQLException {
        List<Integer> states =
                ages.keySet().stream().map(TaskCodes::finished).sorted().toList();
        return this.session
                .list(this.session.dialect().selectOldestFinished(states), row -> {
                    int state = row.integer("state");
                    Duration age = Objects.requireNonNull(ages.get(TaskCodes.state(state)));
                    Instant before = Micros.before(row.time("now_at"), age);
                    Instant oldest = row.timeOrNull("oldest_at");
                    return oldest != null && oldest.isBefore(before)
                            ? new Outdated(row.integer("queue_id"), state, oldest, before)
                            : null;
                })
                .stream()
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Outdated::from))
                .toList();
    }

    /** Adds to a batch, oldest first. Returns what did not fit, or null if all did. */
    @Nullable
    Outdated fill(Batch batch, Outdated group) throws SQLException {
        int wanted = batch.free();
        List<Found> found = this.session.list(
                this.session.dialect().selectFinishedBetween(),
                row -> new Found(row.number("task_id"), row.time("finished_at")),
                group.queueId(),
                group.state(),
                group.from(),
                group.before(),
                wanted);
        found.forEach(task -> batch.tasks.put(task.id(), group));
        return found.size() < wanted
                ? null
                : new Outdated(
                        group.queueId(), group.state(), found.get(wanted - 1).finishedAt(), group.before());
    }

    /** Deletes a batch; returns how many tasks. */
    int delete(Batch batch) throws SQLException {
        if (batch.tasks.isEmpty()) {
            return 0;
        }
        List<Long> ids = lock(batch);
        if (ids.isEmpty()) {
            return 0;
        }
        this.session.update(this.session.dialect().deleteAttempts(), ids);
        this.session.update(this.session.dialect().deleteTasks(), ids);
        return this.session.update(this.session.dialect().deleteFinished(), ids);
    }

    // Found without locks, then locked by id in the order in which everybody locks. Meanwhile a task may have been run
    // once more.
    private List<Long> lock(Batch batch) throws SQLException {
        return this.session
                .list(
                        this.session.dialect().lockFinished(),
                        row -> {
                            Long id = row.number("task_id");
                            Outdated group = Objects.requireNonNull(batch.tasks.get(id));
                            boolean same = row.integer("state") == group.state()
                                    && row.time("finished_at").isBefore(group.before());
                            return same ? id : null;
                        },
                        batch.tasks.keySet())
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /** Tasks of a queue that ended in one state, {@code from} one time on and {@code before} another. */
    record Outdated(int queueId, int state, Instant from, Instant before) {}

    private record Found(long id, Instant finishedAt) {}

    /** Tasks to delete in one transaction. */
    static final class Batch {

        private final int limit;

        private final Map<Long, Outdated> tasks = new HashMap<>();

        Batch(int limit) {
            this.limit = limit;
        }

        boolean isFull() {
            return free() <= 0;
        }

        private int free() {
            return this.limit - this.tasks.size();
        }
    }
}
