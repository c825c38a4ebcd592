package io.tasklane.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The current row of a result, by column name. */
final class SqlRow {

    private final ResultSet rows;

    private final TaskSqlDialect dialect;

    SqlRow(ResultSet rows, TaskSqlDialect dialect) {
        this.rows = rows;
        this.dialect = dialect;
    }

    int integer(String column) throws SQLException {
        return this.rows.getInt(column);
    }

    @Nullable
    Integer integerOrNull(String column) throws SQLException {
        int value = this.rows.getInt(column);
        return this.rows.wasNull() ? null : value;
    }

    long number(String column) throws SQLException {
        return this.rows.getLong(column);
    }

    @Nullable
    Long numberOrNull(String column) throws SQLException {
        long value = this.rows.getLong(column);
        return this.rows.wasNull() ? null : value;
    }

    double decimal(String column) throws SQLException {
        return this.rows.getDouble(column);
    }

    @Nullable
    Double decimalOrNull(String column) throws SQLException {
        double value = this.rows.getDouble(column);
        return this.rows.wasNull() ? null : value;
    }

    boolean flag(String column) throws SQLException {
        return this.rows.getBoolean(column);
    }

    String text(String column) throws SQLException {
        return this.rows.getString(column);
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return this.rows.getString(column);
    }

    Instant time(String column) throws SQLException {
        Instant value = this.dialect.readTime(this.rows, column);
        if (value == null) {
            throw new SQLException("Column " + column + " is null");
        }
        return value;
    }

    @Nullable
    Instant timeOrNull(String column) throws SQLException {
        return this.dialect.readTime(this.rows, column);
    }
}
