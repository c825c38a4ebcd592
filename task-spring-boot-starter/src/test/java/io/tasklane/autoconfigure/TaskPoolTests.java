package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TaskPoolTests {

    private final HikariConfig config = new HikariConfig();

    @Test
    void decision6_aConnectionBesideThePoolHasItsCredentials() throws SQLException {
        this.config.setJdbcUrl("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
        this.config.setUsername("ada");
        this.config.setPassword("secret");
        this.config.setMaximumPoolSize(1);
        this.config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(this.config)) {
            HikariTaskPool tasks = new HikariTaskPool(pool);
            assertThat(tasks.size()).hasValue(1);
            try (Connection only = pool.getConnection()) {
                DataSource beside = tasks.unpooled();
                assertThat(beside).isNotNull();
                try (Connection further = beside.getConnection()) {
                    assertThat(further.getMetaData().getUserName()).isEqualTo("ADA");
                    assertThat(further.getMetaData().getURL())
                            .isEqualTo(only.getMetaData().getURL());
                }
            }
        }
    }

    @Test
    void decision6_withoutKnownCredentialsThereIsNone() {
        this.config.setDataSource(new org.h2.jdbcx.JdbcDataSource());
        assertThat(unpooled()).isNull();
    }

    @Test
    void decision6_aSessionThatThePoolPreparesCanOnlyBeHadFromIt() {
        this.config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
        this.config.setConnectionInitSql("set schema public");
        assertThat(unpooled()).isNull();
    }

    @Test
    void decision6_aDatabaseOfTheConnectionsOwnCannotBeReachedByAnother() {
        this.config.setJdbcUrl("jdbc:h2:mem:");
        assertThat(unpooled()).isNull();
    }

    private DataSource unpooled() {
        HikariDataSource pool = new HikariDataSource();
        this.config.copyStateTo(pool);
        return new HikariTaskPool(pool).unpooled();
    }
}
