package io.tasklane.store.frozen;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Writes down the prepared statements that one thread sends, with their values and effects. */
final class StatementRecorder extends DelegatingDataSource {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    /** Columns whose values differ from run to run. */
    private static final List<String> NEVER_THE_SAME = List.of("oldest_running", "own_transaction");

    private final List<Entry> entries = new ArrayList<>();

    StatementRecorder(DataSource target) {
        super(target);
    }

    /** Says what the next statements do. */
    void remark(String text) {
        this.entries.add(new Entry(text, new ArrayList<>(), true));
    }

    /** The script of all statements so far. */
    String script() {
        StringBuilder script = new StringBuilder();
        for (Entry entry : this.entries) {
            script.append(
                    entry.remark()
                            ? FrozenStatement.remark(entry.text())
                            : new FrozenStatement(
                                            entry.text(),
                                            entry.effect().isEmpty() ? List.of("no rows") : entry.effect())
                                    .format());
        }
        return script.toString();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (method.getName().equals("commit") || method.getName().equals("rollback")) {
                add(method.getName().toUpperCase(Locale.ROOT)).add("done");
            }
            return result instanceof PreparedStatement statement
                    ? new Recording(connection, statement, (String) arguments[0]).proxy()
                    : result;
        });
    }

    private List<String> add(String sql) {
        Entry entry = new Entry(sql, new ArrayList<>(), false);
        this.entries.add(entry);
        return entry.effect();
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException ex) {
            throw ex.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.invoke(method, arguments)));
    }

    private record Entry(String text, List<String> effect, boolean remark) {}

    private interface Call {

        @Nullable
        Object invoke(Method method, @Nullable Object[] arguments) throws Throwable;
    }

    /** One prepared statement. */
    private final class Recording {

        private final Connection connection;

        private final PreparedStatement target;

        private final String sql;

        private final TreeMap<Integer, @Nullable Object> values = new TreeMap<>();

        private final List<String> batch = new ArrayList<>();

        private List<String> effect = List.of();

        Recording(Connection connection, PreparedStatement target, String sql) {
            this.connection = connection;
            this.target = target;
            this.sql = sql.lines()
                    .map(String::stripTrailing)
                    .reduce((a, b) -> a + "\n" + b)
                    .orElseThrow();
        }

        PreparedStatement proxy() {
            return StatementRecorder.proxy(PreparedStatement.class, this::invoke);
        }

        private @Nullable Object invoke(Method method, @Nullable Object[] arguments) throws Throwable {
            String name = method.getName();
            if (name.startsWith("set") && arguments.length > 1) {
                this.values.put((Integer) arguments[0], name.equals("setNull") ? null : arguments[1]);
            } else if (name.equals("addBatch")) {
                this.batch.add(withLiterals());
            } else if (name.startsWith("execute") && !name.equals("executeBatch")) {
                this.effect = add(withLiterals());
            }
            Object result = call(this.target, method, arguments);
            switch (name) {
                case "executeUpdate" -> this.effect.add("updated " + result);
                case "executeBatch" -> {
                    for (int i = 0; i < this.batch.size(); i++) {
                        add(this.batch.get(i)).add("updated " + ((int[]) result)[i]);
                    }
                }
                default -> {}
            }
            if (name.startsWith("execute") && this.connection.getAutoCommit()) {
                add("COMMIT").add("done");
            }
            return result instanceof ResultSet rows && !name.equals("getGeneratedKeys") ? recorded(rows) : result;
        }

        private ResultSet recorded(ResultSet rows) {
            List<String> read = this.effect;
            return StatementRecorder.proxy(ResultSet.class, (method, arguments) -> {
                Object result = call(rows, method, arguments);
                if (method.getName().equals("next") && Boolean.TRUE.equals(result)) {
                    String row = FrozenRow.of(rows);
                    for (String column : NEVER_THE_SAME) {
                        row = row.replaceAll(column + "=[^|]*?(?= \\||$)", column + "=" + FrozenStatement.ANY);
                    }
                    read.add(row);
                }
                return result;
            });
        }

        private String withLiterals() {
            StringBuilder text = new StringBuilder();
            int next = 1;
            for (int i = 0; i < this.sql.length(); i++) {
                char c = this.sql.charAt(i);
                if (c == '?') {
                    text.append(literal(this.values.get(next++)));
                } else {
                    text.append(c);
                }
            }
            return text.toString();
        }

        private static String literal(@Nullable Object value) {
            if (value instanceof String || value instanceof Array) {
                return "'" + value.toString().replace("'", "''") + "'";
            }
            if (value instanceof OffsetDateTime time) {
                return "TIMESTAMP WITH TIME ZONE '%s%s'".formatted(time.format(TIME), "+00:00");
            }
            if (value instanceof LocalDateTime time) {
                return "'" + time.format(TIME) + "'";
            }
            return String.valueOf(value);
        }
    }
}
