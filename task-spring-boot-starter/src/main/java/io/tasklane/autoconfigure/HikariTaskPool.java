package io.tasklane.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import java.util.OptionalInt;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A pool of HikariCP. */
final class HikariTaskPool implements TaskPool {

    private final HikariDataSource pool;

    HikariTaskPool(HikariDataSource pool) {
        this.pool = pool;
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of(this.pool.getMaximumPoolSize());
    }

    /** Credentials are read for each connection, as they may be exchanged while the application runs. */
    @Override
    public @Nullable DataSource unpooled() {
        boolean knowable = this.pool.getJdbcUrl() != null
                && this.pool.getCredentialsProvider() == null
                && this.pool.getCredentialsProviderClassName() == null
                // A session prepared by the application's SQL can only be had from the pool.
                && this.pool.getConnectionInitSql() == null;
        return knowable ? UnpooledDataSource.of(this.pool.getJdbcUrl(), this::open) : null;
    }

    private DataSource open() {
        DriverManagerDataSource dataSource = new DriverManagerDataSource(this.pool.getJdbcUrl());
        Properties properties = new Properties();
        properties.putAll(this.pool.getDataSourceProperties());
        dataSource.setConnectionProperties(properties);
        dataSource.setUsername(this.pool.getUsername());
        dataSource.setPassword(this.pool.getPassword());
        dataSource.setCatalog(this.pool.getCatalog());
        dataSource.setSchema(this.pool.getSchema());
        return dataSource;
    }
}
