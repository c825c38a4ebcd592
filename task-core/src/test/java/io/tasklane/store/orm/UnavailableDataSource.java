package io.tasklane.store.orm;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A database that is away. */
final class UnavailableDataSource extends AbstractDataSource {

    @Override
    public Connection getConnection() throws SQLException {
        throw new SQLException("away");
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }
}
