package io.tasklane.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection and the dialect of its database: binds values and reads rows. Begins and ends no transaction. */
final class SqlSession {

    private static final String END_OF_SETTINGS = ";\n";

    private static final int LENGTHS_TO_THE_DOUBLE = 8;

    private final Connection connection;

    private final TaskSqlDialect dialect;

    private final int timeoutSeconds;

    SqlSession(Connection connection, TaskSqlDialect dialect) {
        this(connection, dialect, 0);
    }

    private SqlSession(Connection connection, TaskSqlDialect dialect, int timeoutSeconds) {
        this.connection = connection;
        this.dialect = dialect;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** The same session, each of whose queries may take this long, where the driver limits statements one by one. */
    SqlSession limitedTo(Duration timeout) {
        return this.dialect.limitsStatements()
                ? new SqlSession(this.connection, this.dialect, Math.toIntExact(timeout.toSeconds()))
                : this;
    }

    TaskSqlDialect dialect() {
        return this.dialect;
    }

    Connection connection() {
        return this.connection;
    }

    /** Current time of the store. */
    Instant now() throws SQLException {
        Instant set = this.dialect.setTime();
        return set != null
                ? set
                : one(this.dialect.selectNow(), row -> row.time("now_at")).orElseThrow();
    }

    /**
     * Reads all rows. A collection among the values stands for an {@code {ids}} of the template. The template may begin with a
     * statement that makes settings, on a line of its own; its result is passed over.
     */
    <T extends @Nullable Object> List<T> list(String template, RowReader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(template, values);
                ResultSet rows = execute(statement, template)) {
            List<T> read = new ArrayList<>();
            SqlRow row = new SqlRow(rows, this.dialect);
            while (rows.next()) {
                read.add(reader.read(row));
            }
            return read;
        }
    }

    private static ResultSet execute(PreparedStatement statement, String template) throws SQLException {
        statement.execute();
        if (template.contains(END_OF_SETTINGS)) {
            statement.getMoreResults();
        }
        return statement.getResultSet();
    }

    /** Reads the first row. */
    <T> Optional<T> one(String template, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        List<T> read = list(template, reader, values);
        return read.isEmpty() ? Optional.empty() : Optional.of(read.get(0));
    }

    /** Changes rows, and returns how many. */
    int update(String template, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(template, values)) {
            return statement.executeUpdate();
        }
    }

    /** Inserts one row, and returns its generated id. */
    long insertWithId(String template, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement =
                this.connection.prepareStatement(this.dialect.sql(template), new String[] {"id"})) {
            bind(statement, values);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    /** Inserts rows in the order of the list. */
    void insertAll(String into, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        String places = "(" + places(rows.get(0).length) + ")";
        if (this.dialect.insertsManyRowsAtOnce()) {
            String sql =
                    this.dialect.sql(into) + " VALUES " + String.join(", ", Collections.nCopies(rows.size(), places));
            try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
                int first = 1;
                for (@Nullable Object[] row : rows) {
                    first = bindFrom(statement, first, row);
                }
                statement.executeUpdate();
            }
            return;
        }
        try (PreparedStatement statement =
                this.connection.prepareStatement(this.dialect.sql(into) + " VALUES " + places)) {
            for (@Nullable Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private PreparedStatement prepare(String template, @Nullable Object[] values) throws SQLException {
        String sql = this.dialect.sql(template);
        List<@Nullable Object> flat = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Collection<?> many) {
                List<@Nullable Object> padded = padded(many);
                sql = sql.replaceFirst("\\{ids}", places(padded.size()));
                flat.addAll(padded);
            } else {
                flat.add(value);
            }
        }
        PreparedStatement statement = this.connection.prepareStatement(sql);
        try {
            if (this.timeoutSeconds > 0) {
                statement.setQueryTimeout(this.timeoutSeconds);
            }
            bind(statement, flat.toArray());
            return statement;
        } catch (SQLException | RuntimeException ex) {
            statement.close();
            throw ex;
        }
    }

    // Few different lengths, so that drivers and servers can keep the statements, and few values more, as each costs
    // time.
    private static List<@Nullable Object> padded(Collection<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("An empty list matches nothing: don't ask");
        }
        List<@Nullable Object> padded = new ArrayList<>(values);
        Object last = padded.get(padded.size() - 1);
        int step = Math.max(1, Integer.highestOneBit(padded.size()) / LENGTHS_TO_THE_DOUBLE);
        while (padded.size() % step != 0) {
            padded.add(last);
        }
        return padded;
    }

    private static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        bindFrom(statement, 1, values);
    }

    private int bindFrom(PreparedStatement statement, int first, @Nullable Object[] values) throws SQLException {
        int index = first;
        for (Object value : values) {
            if (value instanceof Instant instant) {
                this.dialect.bindTime(statement, index, instant);
            } else if (value instanceof SqlArray array) {
                statement.setArray(index, this.connection.createArrayOf(array.type(), array.values()));
            } else {
                statement.setObject(index, value);
            }
            index++;
        }
        return index;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface RowReader<T extends @Nullable Object> {

        T read(SqlRow row) throws SQLException;
    }

    /** An array to bind. */
    record SqlArray(String type, @Nullable Object[] values) {}
}
