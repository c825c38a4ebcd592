package io.tasklane.benchmark.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How to reach one database.
 *
 * @param product product of the server
 * @param url the JDBC URL
 * @param username the user name
 * @param password the password, possibly empty
 */
public record Database(Product product, String url, String username, String password) {

    /** Opens a connection outside any pool. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(this.url, this.username, this.password);
    }

    /** Opens a pool of the given size, the same for every peer; the caller closes it. */
    public HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(this.url);
        config.setUsername(this.username);
        config.setPassword(this.password);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    /** Runs statements in a connection of their own, each in a transaction of its own. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the one number that the query gives. */
    public long number(String query) throws SQLException {
        try (Connection connection = connect()) {
            return number(connection, query);
        }
    }

    /** Returns the one text that the query gives. */
    public String text(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Returns the one number that the query gives on this connection. */
    public static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Returns the same database, reached by another host and port. */
    public Database through(int port) {
        return new Database(
                this.product,
                this.url.replaceFirst("//[^/]+/", "//localhost:" + port + "/"),
                this.username,
                this.password);
    }
}
