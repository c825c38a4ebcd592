package io.tasklane.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Opens a new connection each time, with the credentials of that moment. */
final class UnpooledDataSource extends AbstractDataSource {

    // Each connection to such a URL is a database of its own.
    private static final Pattern PRIVATE_H2 = Pattern.compile("jdbc:h2:mem:(;.*)?");

    private final Supplier<DataSource> connections;

    private UnpooledDataSource(Supplier<DataSource> connections) {
        this.connections = connections;
    }

    /**
     * Returns what opens connections.
     *
     * @param url JDBC URL
     * @param connections opens them
     * @return null if the database of this URL cannot be reached by another connection
     */
    static @Nullable DataSource of(String url, Supplier<DataSource> connections) {
        return PRIVATE_H2.matcher(url).matches() ? null : new UnpooledDataSource(connections);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return this.connections.get().getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return this.connections.get().getConnection(username, password);
    }
}
