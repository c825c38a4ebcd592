package io.tasklane.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server reached through JDBC.
 *
 * @param adminUrl URL of any database of the server, from which databases are created and dropped
 * @param username a user with the right to create databases
 * @param password the password, possibly empty
 */
record JdbcServer(String adminUrl, String username, String password) implements TestDatabaseServer {

    private static final Pattern URL = Pattern.compile("(jdbc:(\\w+)://[^/]+/)([^?]*)(\\?.*)?");

    JdbcServer {
        if (!URL.matcher(adminUrl).matches()) {
            throw new IllegalArgumentException("Not of the form jdbc:product://host/database: " + adminUrl);
        }
    }

    /** Return the server named by system properties or environment variables, once it has answered. */
    static JdbcServer fromOutside(String product) throws SQLException {
        String prefix = "TASKLANE_TEST_" + product;
        String url = setting(prefix + "_URL");
        if (url == null) {
            throw new IllegalStateException(prefix + "_URL is not set");
        }
        String username = setting(prefix + "_USER");
        String password = setting(prefix + "_PASSWORD");
        JdbcServer server = new JdbcServer(url, (username != null) ? username : "", (password != null) ? password : "");
        server.execute("SELECT 1");
        return server;
    }

    @Override
    public void createDatabase(String name) {
        executeUnchecked("CREATE DATABASE " + name);
    }

    @Override
    public void dropDatabase(String name) {
        // A connection that a test left open keeps PostgreSQL from dropping the database, but not MariaDB.
        String force = this.adminUrl.startsWith("jdbc:postgresql:") ? " WITH (FORCE)" : "";
        executeUnchecked("DROP DATABASE IF EXISTS " + name + force);
    }

    @Override
    public String urlOf(String database) {
        Matcher matcher = URL.matcher(this.adminUrl);
        return matcher.replaceFirst("$1" + database + ((matcher.matches() && matcher.group(4) != null) ? "$4" : ""));
    }

    private static @Nullable String setting(String name) {
        return System.getProperty(name, System.getenv(name));
    }

    private void executeUnchecked(String sql) {
        try {
            execute(sql);
        } catch (SQLException ex) {
            throw new IllegalStateException("Failed on " + this.adminUrl + ": " + sql, ex);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(this.adminUrl, this.username, this.password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
