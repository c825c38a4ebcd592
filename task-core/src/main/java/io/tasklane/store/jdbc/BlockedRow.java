package io.tasklane.store.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table blocked. */
record BlockedRow(
        long taskId,
        int queueId,
        int band,
        long seq,
        int kindId,
        String key,
        int limit,
        int retriesUsed,
        int recoveries,
        @Nullable Instant unreadableSince,
        boolean waiting) {

    static BlockedRow read(SqlRow row) throws SQLException {
        return new BlockedRow(
                row.number("task_id"),
                row.integer("queue_id"),
                row.integer("band"),
                row.number("seq"),
                row.integer("kind_id"),
                row.text("concurrency_key"),
                row.integer("key_limit"),
                row.integer("retries_used"),
                row.integer("recoveries"),
                row.timeOrNull("unreadable_since"),
                row.flag("waiting"));
    }

    /** Its row in ready, at the back. */
    @Nullable
    Object[] ready(Instant now) {
        return new @Nullable Object[] {
            this.queueId,
            this.band,
            this.taskId,
            this.kindId,
            this.retriesUsed,
            this.recoveries,
            now,
            this.unreadableSince
        };
    }
}
