package io.tasklane.store.jdbc;

import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.TaskQueue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table queue. A pause that is over is none. */
record QueueRow(int id, TaskQueue queue, boolean deleted) {

    static QueueRow read(SqlRow row) throws SQLException {
        Instant until = row.timeOrNull("paused_until");
        boolean paused = row.flag("paused") && (until == null || until.isAfter(row.time("now_at")));
        TaskQueue queue = new TaskQueue(row.text("name"), state(paused), paused ? until : null, QueueColumns.read(row));
        return new QueueRow(row.integer("id"), queue, row.flag("deleted"));
    }

    static TaskQueue.State state(boolean paused) {
        return paused ? TaskQueue.State.PAUSED : TaskQueue.State.ACTIVE;
    }

    /** With the settings of a specification, and its state if it has one. */
    QueueRow with(QueueSpec spec) {
        QueueRow changed = with(spec.settings());
        return spec.state() != null ? changed.with(spec.state(), null) : changed;
    }

    QueueRow with(QueueSettings settings) {
        return new QueueRow(
                this.id,
                new TaskQueue(this.queue.name(), this.queue.state(), this.queue.pausedUntil(), settings),
                this.deleted);
    }

    QueueRow with(TaskQueue.State state, @Nullable Instant pausedUntil) {
        return new QueueRow(
                this.id, new TaskQueue(this.queue.name(), state, pausedUntil, this.queue.settings()), this.deleted);
    }

    /** As a new one of this specification, whatever it was before. */
    QueueRow declared(QueueSpec spec) {
        QueueRow active = new QueueRow(this.id, this.queue, false).with(TaskQueue.State.ACTIVE, null);
        return active.with(spec);
    }

    /** Paused too, for whoever looks at that only. */
    QueueRow asDeleted() {
        return new QueueRow(this.id, with(TaskQueue.State.PAUSED, null).queue(), true);
    }

    /** Values to insert. */
    static @Nullable Object[] values(String key, TaskQueue queue) {
        List<@Nullable Object> values = new ArrayList<>(List.of(queue.name(), key, queue.isPaused()));
        values.addAll(QueueColumns.values(queue.settings()));
        return values.toArray();
    }

    /** Values to update. */
    @Nullable
    Object[] values() {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(this.deleted);
        values.add(this.queue.isPaused());
        values.add(this.queue.pausedUntil());
        values.addAll(QueueColumns.values(this.queue.settings()));
        values.add(this.id);
        return values.toArray();
    }
}
