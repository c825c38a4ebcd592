package io.tasklane.store.frozen;

import static io.tasklane.store.frozen.FrozenStatement.ANY;
import static io.tasklane.store.frozen.FrozenStatement.BETWEEN_VALUES;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows of a result as text. */
final class FrozenRow {

    private FrozenRow() {}

    /** The current row with all its columns. */
    static String of(ResultSet rows) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            values.add(label(rows, i) + "=" + value(rows, i));
        }
        return String.join(BETWEEN_VALUES, values);
    }

    /**
     * The current row with the columns that a frozen row has: found by their names, as the store reads them, or by their
     * positions where a name comes twice, as Hibernate reads them. What the frozen row does not care about is taken from it.
     */
    static String like(String frozen, ResultSet rows) throws SQLException {
        List<String> labels = new ArrayList<>();
        List<String> anything = new ArrayList<>();
        for (String column : frozen.split(" \\| ")) {
            labels.add(column.substring(0, column.indexOf('=')));
            if (column.endsWith("=" + ANY)) {
                anything.add(labels.get(labels.size() - 1));
            }
        }
        boolean byName = new HashSet<>(labels).size() == labels.size();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            int column = byName ? rows.findColumn(labels.get(i)) : i + 1;
            values.add(label(rows, column) + "=" + (anything.contains(labels.get(i)) ? ANY : value(rows, column)));
        }
        return String.join(BETWEEN_VALUES, values);
    }

    private static String label(ResultSet rows, int column) throws SQLException {
        return rows.getMetaData().getColumnLabel(column).toLowerCase(Locale.ROOT);
    }

    // Times by their instant: as text they depend on the zone of the session.
    private static @Nullable String value(ResultSet rows, int column) throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        String type = metaData.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        if (type.startsWith("timestamp")) {
            OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
            return time != null ? time.toInstant().toString() : null;
        }
        if (metaData.getColumnType(column) == Types.TIMESTAMP) {
            LocalDateTime time = rows.getObject(column, LocalDateTime.class);
            return time != null ? time.toString() : null;
        }
        return rows.getString(column);
    }
}
