package io.tasklane.store.jdbc;

import io.tasklane.QueueSettings;
import io.tasklane.TaskQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table queue. */
record QueueRow(int id, TaskQueue queue) {

    static QueueRow read(SqlRow row) throws SQLException {
        QueueSettings settings = new QueueSettings(
                row.integerOrNull("concurrency"),
                row.integerOrNull("retries"),
                row.integerOrNull("default_priority"),
                millis(row.numberOrNull("backoff_initial_ms")),
                row.decimalOrNull("backoff_multiplier"),
                millis(row.numberOrNull("backoff_max_ms")),
                row.decimalOrNull("backoff_jitter"));
        TaskQueue.State state = row.flag("paused") ? TaskQueue.State.PAUSED : TaskQueue.State.ACTIVE;
        return new QueueRow(row.integer("id"), new TaskQueue(row.text("name"), state, settings));
    }

    /** Values to insert. */
    static @Nullable Object[] values(String name, String key, QueueSettings settings) {
        List<@Nullable Object> values = new ArrayList<>(List.of(name, key));
        addTo(values, settings);
        return values.toArray();
    }

    /** Values to update. */
    static @Nullable Object[] values(QueueSettings settings, int id) {
        List<@Nullable Object> values = new ArrayList<>();
        addTo(values, settings);
        values.add(id);
        return values.toArray();
    }

    private static void addTo(List<@Nullable Object> values, QueueSettings settings) {
        values.add(settings.concurrency());
        values.add(settings.retries());
        values.add(settings.defaultPriority());
        values.add(millis(settings.backoffInitial()));
        values.add(settings.backoffMultiplier());
        values.add(millis(settings.backoffMax()));
        values.add(settings.backoffJitter());
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration != null ? duration.toMillis() : null;
    }

    private static @Nullable Duration millis(@Nullable Long millis) {
        return millis != null ? Duration.ofMillis(millis) : null;
    }
}
