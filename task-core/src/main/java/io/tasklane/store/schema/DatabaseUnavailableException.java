package io.tasklane.store.schema;

import java.sql.SQLException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * The database does not answer when the application starts.
 *
 * @since 0.1.0
 */
public class DatabaseUnavailableException extends CannotGetJdbcConnectionException {

    /**
     * Creates the exception.
     *
     * @param cause what the driver or the pool says
     */
    public DatabaseUnavailableException(SQLException cause) {
        super("Tasklane cannot ask the database for its product: " + cause.getMessage(), cause);
    }
}
