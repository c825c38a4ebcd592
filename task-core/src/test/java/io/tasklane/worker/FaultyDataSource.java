package io.tasklane.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source of which whatever commits goes wrong as a test says: each commit, and each statement that is its own transaction.
 */
final class FaultyDataSource extends DelegatingDataSource {

    /** What happens to each of them. */
    volatile Fault fault = (connection, step) -> step.run();

    FaultyDataSource(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, connection, (method, step) -> {
            Object result = method.equals("commit") ? faulty(connection, step) : step.run();
            return result instanceof PreparedStatement statement ? watched(connection, statement) : result;
        });
    }

    private PreparedStatement watched(Connection connection, PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                statement,
                (method, step) -> method.startsWith("execute") && connection.getAutoCommit()
                        ? faulty(connection, step)
                        : step.run());
    }

    private @Nullable Object faulty(Connection connection, Step step) throws SQLException {
        return this.fault.happen(connection, step);
    }

    private static <T> T proxy(Class<T> type, T target, Interception interception) {
        InvocationHandler handler = (proxy, method, arguments) -> interception.call(method.getName(), () -> {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException ex) {
                if (ex.getCause() instanceof SQLException failure) {
                    throw failure;
                }
                throw new IllegalStateException(ex.getCause());
            } catch (IllegalAccessException ex) {
                throw new IllegalStateException(ex);
            }
        });
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What goes wrong with something that commits. */
    interface Fault {

        @Nullable
        Object happen(Connection connection, Step step) throws SQLException;
    }

    /** Something that is done with a connection. */
    interface Step {

        @Nullable
        Object run() throws SQLException;
    }

    private interface Interception {

        @Nullable
        Object call(String method, Step step) throws SQLException;
    }
}
