package io.tasklane.store.orm;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Remembers prepared statements with their values, so that a test can ask the database for their plans. */
final class RecordingDataSource extends DelegatingDataSource {

    private final List<Statement> statements = new ArrayList<>();

    RecordingDataSource(DataSource target) {
        super(target);
    }

    void clear() {
        this.statements.clear();
    }

    /** Returns the plans of the statements that mention the table. */
    List<String> plans(String table) throws SQLException {
        List<String> plans = new ArrayList<>();
        for (Statement statement : this.statements) {
            if (statement.sql().contains(table)) {
                plans.add(plan(statement));
            }
        }
        return plans;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (!method.getName().equals("prepareStatement")) {
                return result;
            }
            Statement statement = new Statement((String) arguments[0], new ArrayList<>());
            this.statements.add(statement);
            return proxy(PreparedStatement.class, (setter, values) -> {
                if (setter.getName().startsWith("set") && values.length > 1) {
                    statement.setters().add(target -> call(target, setter, values));
                }
                return call(result, setter, values);
            });
        });
    }

    private String plan(Statement statement) throws SQLException {
        try (Connection connection = super.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain " + statement.sql())) {
            for (Setter setter : statement.setters()) {
                setter.set(explain);
            }
            StringBuilder plan = new StringBuilder(statement.sql()).append('\n');
            try (ResultSet lines = explain.executeQuery()) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        } catch (SQLException ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
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

    private record Statement(String sql, List<Setter> setters) {}

    private interface Setter {

        void set(Object target) throws Throwable;
    }

    private interface Call {

        Object invoke(Method method, Object[] arguments) throws Throwable;
    }
}
