package io.tasklane.autoconfigure;

import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A pool of which only the connection details are known. */
final class ConnectionDetailsTaskPool implements TaskPool {

    private final JdbcConnectionDetails details;

    ConnectionDetailsTaskPool(JdbcConnectionDetails details) {
        this.details = details;
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.empty();
    }

    @Override
    public @Nullable DataSource unpooled() {
        return UnpooledDataSource.of(this.details.getJdbcUrl(), this::open);
    }

    private DataSource open() {
        DriverManagerDataSource dataSource = new DriverManagerDataSource(this.details.getJdbcUrl());
        dataSource.setUsername(this.details.getUsername());
        dataSource.setPassword(this.details.getPassword());
        return dataSource;
    }
}
