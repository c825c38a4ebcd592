package io.tasklane.store.jdbc;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.WorkerTags;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of the table queue in which settings are: one for each, named as it; durations are milliseconds. */
final class QueueColumns {

    private QueueColumns() {}

    /** Their names, in the order of {@link #values}. */
    static List<String> names() {
        return QueueSetting.all().stream().map(QueueColumns::name).toList();
    }

    static QueueSettings read(SqlRow row) throws SQLException {
        QueueSettings settings = QueueSettings.NONE;
        for (QueueSetting<?> setting : QueueSetting.all()) {
            settings = read(row, setting, settings);
        }
        return settings;
    }

    private static <T> QueueSettings read(SqlRow row, QueueSetting<T> setting, QueueSettings settings)
            throws SQLException {
        return settings.with(setting, setting.type().cast(value(row, setting)));
    }

    private static @Nullable Object value(SqlRow row, QueueSetting<?> setting) throws SQLException {
        String column = name(setting);
        if (setting.type() == Integer.class) {
            return row.integerOrNull(column);
        }
        if (setting.type() == Double.class) {
            return row.decimalOrNull(column);
        }
        if (setting.type() == WorkerTags.class) {
            String tags = row.textOrNull(column);
            return tags != null ? WorkerTags.parse(tags) : null;
        }
        Long millis = row.numberOrNull(column);
        return millis != null ? Duration.ofMillis(millis) : null;
    }

    static List<@Nullable Object> values(QueueSettings settings) {
        List<@Nullable Object> values = new ArrayList<>();
        for (QueueSetting<?> setting : QueueSetting.all()) {
            values.add(stored(settings.get(setting)));
        }
        return values;
    }

    private static @Nullable Object stored(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis();
        }
        return value instanceof WorkerTags tags ? tags.toText() : value;
    }

    private static String name(QueueSetting<?> setting) {
        String name = setting.name().replace('.', '_').replace('-', '_');
        return setting.type() == Duration.class ? name + "_ms" : name;
    }
}
