package io.tasklane.benchmark.peer;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Runs the statements of {@link BareSql}, each in a transaction of its own. */
final class BareStore implements AutoCloseable {

    private final BareSql sql;

    private final HikariDataSource pool;

    BareStore(BareSql sql, HikariDataSource pool) {
        this.sql = sql;
        this.pool = pool;
    }

    Connection connection() throws SQLException {
        return this.pool.getConnection();
    }

    void insert(Connection connection, int number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.sql.insertOne())) {
            // Ids begin at 1, as those of sequences do.
            statement.setLong(1, number + 1L);
            statement.setString(2, BareTask.payload(number));
            statement.executeUpdate();
        }
    }

    void insertAll(int from, int to) throws SQLException {
        Long[] ids = new Long[to - from];
        String[] payloads = new String[to - from];
        for (int number = from; number < to; number++) {
            ids[number - from] = number + 1L;
            payloads[number - from] = BareTask.payload(number);
        }
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(this.sql.insertMany())) {
            statement.setArray(1, connection.createArrayOf("bigint", ids));
            statement.setArray(2, connection.createArrayOf("text", payloads));
            statement.executeUpdate();
        }
    }

    List<BareTask> claim(Connection connection, int limit) throws SQLException {
        List<BareTask> tasks = new ArrayList<>(limit);
        try (PreparedStatement statement = connection.prepareStatement(this.sql.claim())) {
            statement.setInt(1, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tasks.add(BareTask.claimed(rows.getLong(1), rows.getString(2)));
                }
            }
        }
        return tasks;
    }

    void complete(Connection connection, List<BareTask> tasks) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(this.sql.complete())) {
            statement.setArray(1, numbers(connection, tasks, BareTask::id));
            statement.setArray(2, numbers(connection, tasks, BareTask::started));
            statement.setArray(3, numbers(connection, tasks, BareTask::finished));
            statement.executeUpdate();
        }
    }

    private static Array numbers(Connection connection, List<BareTask> tasks, ToLongFunction<BareTask> value)
            throws SQLException {
        Long[] numbers = new Long[tasks.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = value.applyAsLong(tasks.get(i));
        }
        return connection.createArrayOf("bigint", numbers);
    }

    @Override
    public void close() {
        this.pool.close();
    }
}
