package io.tasklane.store.jdbc;

import io.tasklane.store.schema.DatabaseProduct;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Finds the dialect at the first use, by what the driver says of the database. */
final class TaskSqlDialects {

    private final JdbcStoreSettings settings;

    private volatile @Nullable TaskSqlDialect found;

    TaskSqlDialects(JdbcStoreSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the dialect of the database behind a connection, the same for all connections of the store.
     *
     * @throws io.tasklane.store.schema.UnsupportedDatabaseException if there is none
     */
    TaskSqlDialect of(Connection connection) throws SQLException {
        TaskSqlDialect dialect = this.found;
        if (dialect == null) {
            dialect = create(connection.getMetaData());
            this.found = dialect;
        }
        return dialect;
    }

    /** Returns the dialect if it has been found. */
    @Nullable
    TaskSqlDialect known() {
        return this.found;
    }

    private TaskSqlDialect create(DatabaseMetaData database) throws SQLException {
        return switch (DatabaseProduct.of(database)) {
            case POSTGRESQL -> new PostgreSqlDialect(this.settings);
            case MYSQL -> new MySqlDialect(this.settings, false);
            case MARIADB ->
                new MySqlDialect(this.settings, database.getDriverName().contains("MariaDB"));
            case H2 -> new H2Dialect(this.settings);
        };
    }
}
