package io.tasklane.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** H2 inside this JVM: a database comes into being with its first connection. */
final class H2Server implements TestDatabaseServer {

    @Override
    public void createDatabase(String name) {
        // Nothing to do before the first connection.
    }

    @Override
    public void dropDatabase(String name) {
        try (Connection connection = DriverManager.getConnection(urlOf(name), username(), password());
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException ex) {
            throw new IllegalStateException("Cannot drop " + name, ex);
        }
    }

    @Override
    public String urlOf(String database) {
        return "jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1";
    }

    @Override
    public String username() {
        return "sa";
    }

    @Override
    public String password() {
        return "";
    }
}
