package io.tasklane.store.jdbc;

import java.util.List;
import java.util.stream.Stream;

/**
 * An index that the migrations create. Any index will do that begins with the same columns.
 *
 * @param table name of the table without the prefix
 * @param unique whether it refuses duplicates
 * @param columns its columns in order
 */
record ExpectedIndex(String table, boolean unique, List<String> columns) {

    private static final List<ExpectedIndex> COMMON = List.of(
            unique("queue", "id"),
            unique("queue", "name"),
            unique("queue", "name_lower"),
            unique("queue_source", "queue_id", "application", "hash"),
            unique("bucket", "queue_id"),
            unique("kind", "id"),
            unique("kind", "name"),
            unique("kind_rate", "kind_id"),
            unique("kind_rate_source", "kind_id", "application"),
            unique("worker", "id"),
            unique("maintenance", "name"),
            unique("task", "id"),
            unique("ready", "queue_id", "band", "seq"),
            unique("running", "task_id"),
            unique("due", "run_at", "task_id"),
            unique("due", "task_id"),
            plain("due", "queue_id", "run_at", "task_id"),
            unique("blocked", "task_id"),
            plain("blocked", "waiting", "seq"),
            plain("blocked", "concurrency_key", "waiting", "seq"),
            plain("blocked", "queue_id", "task_id"),
            unique("key_hold", "id"),
            plain("key_hold", "task_id"),
            plain("key_hold", "concurrency_key", "ended"),
            plain("key_hold", "ended", "id"),
            unique("key_lock", "id"),
            unique("finished", "task_id"),
            plain("finished", "queue_id", "state", "finished_at", "task_id"),
            unique("attempt", "task_id", "number"),
            unique("audit", "id"),
            plain("audit", "done_at", "id"));

    static ExpectedIndex unique(String table, String... columns) {
        return new ExpectedIndex(table, true, List.of(columns));
    }

    static ExpectedIndex plain(String table, String... columns) {
        return new ExpectedIndex(table, false, List.of(columns));
    }

    /** Those of all databases, and the ones that only one has. */
    static List<ExpectedIndex> commonAnd(ExpectedIndex... own) {
        return Stream.concat(COMMON.stream(), Stream.of(own)).toList();
    }
}
