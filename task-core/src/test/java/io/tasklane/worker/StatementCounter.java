package io.tasklane.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts the statements that are sent to a database, by their text. */
final class StatementCounter extends DelegatingDataSource {

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    StatementCounter(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return watch(Connection.class, super.getConnection(), "");
    }

    int total() {
        return this.counts.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    Map<String, AtomicInteger> counts() {
        return new TreeMap<>(this.counts);
    }

    private <T> T watch(Class<T> type, T real, String sql) {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        String text = arguments != null && arguments[0] instanceof String given ? given : sql;
                        this.counts
                                .computeIfAbsent(text, key -> new AtomicInteger())
                                .incrementAndGet();
                    }
                    try {
                        return watched(method.invoke(real, arguments), arguments);
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
        return type.cast(proxy);
    }

    private @Nullable Object watched(@Nullable Object result, Object @Nullable [] arguments) {
        String sql = arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : "";
        if (result instanceof PreparedStatement statement) {
            return watch(PreparedStatement.class, statement, sql);
        }
        return result instanceof Statement statement ? watch(Statement.class, statement, sql) : result;
    }
}
