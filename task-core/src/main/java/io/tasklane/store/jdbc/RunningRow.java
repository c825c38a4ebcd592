package io.tasklane.store.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table running. */
record RunningRow(
        long taskId,
        long worker,
        long token,
        int queueId,
        int band,
        long seq,
        int kindId,
        int retriesUsed,
        int recoveries,
        Instant readyAt,
        Instant claimedAt,
        @Nullable Instant unreadableSince,
        boolean suspect,
        boolean ahead,
        boolean started,
        @Nullable Instant cancelledAt) {

    /** Where it was claimed from. */
    ReadyPlace place() {
        return new ReadyPlace(this.queueId, this.band, this.seq);
    }

    boolean isCancelled() {
        return this.cancelledAt != null;
    }

    static RunningRow read(SqlRow row) throws SQLException {
        return new RunningRow(
                row.number("task_id"),
                row.number("worker_id"),
                row.number("token"),
                row.integer("queue_id"),
                row.integer("band"),
                row.number("seq"),
                row.integer("kind_id"),
                row.integer("retries_used"),
                row.integer("recoveries"),
                row.time("ready_at"),
                row.time("claimed_at"),
                row.timeOrNull("unreadable_since"),
                row.flag("suspect"),
                row.flag("ahead"),
                row.flag("started"),
                row.timeOrNull("cancelled_at"));
    }
}
