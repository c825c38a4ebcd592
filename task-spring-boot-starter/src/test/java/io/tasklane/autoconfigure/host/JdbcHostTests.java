package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.autoconfigure.host.datajdbc.Basket;
import io.tasklane.autoconfigure.host.datajdbc.DataJdbcOrders;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.sql.Connection;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionManager;

class JdbcHostTests {

    @ParameterizedTest
    @EnumSource
    void n1_jdbcClient(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product)) {
            Hosts.boot()
                    .withBean(JdbcOrders.class)
                    .withPropertyValues(Hosts.of(database))
                    .withPropertyValues(Hosts.schema())
                    .withClassLoader(new FilteredClassLoader("org.springframework.data", "jakarta.persistence.Entity"))
                    .run(context -> {
                        Hosts.prove(context);
                        assertThat(context.getBean(PlatformTransactionManager.class))
                                .isInstanceOf(JdbcTransactionManager.class);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MODE=PostgreSQL",
                "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "MODE=MySQL",
                "MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                "MODE=MariaDB;DATABASE_TO_LOWER=TRUE",
                "DATABASE_TO_UPPER=FALSE"
            })
    void n1_h2ThatPretendsToBeAnotherDatabase(String settings) {
        Hosts.boot()
                .withBean(JdbcOrders.class)
                .withPropertyValues("spring.datasource.url=jdbc:h2:mem:%s;%s".formatted(UUID.randomUUID(), settings))
                .withPropertyValues(Hosts.schema())
                .run(Hosts::prove);
    }

    @Test
    void n1_springDataJdbcWithAggregatesWithoutTable() {
        Hosts.boot()
                .withConfiguration(AutoConfigurations.of(DataJdbcRepositoriesAutoConfiguration.class))
                .withUserConfiguration(DataJdbcHost.class)
                .withBean(DataJdbcOrders.class)
                .withPropertyValues(Hosts.h2())
                .withPropertyValues(
                        "spring.sql.init.mode=always", "spring.sql.init.schema-locations=classpath:host/basket.sql")
                // With a second module of Spring Data its aggregates would need an annotation.
                .withClassLoader(new WithoutSpringDataJpa())
                .run(Hosts::prove);
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = Basket.class)
    static class DataJdbcHost {}

    @Test
    void n1_poolWithoutAutoCommit() {
        Hosts.boot()
                .withBean(JdbcOrders.class)
                .withPropertyValues(Hosts.h2())
                .withPropertyValues(Hosts.schema())
                .withPropertyValues("spring.datasource.hikari.auto-commit=false")
                .run(Hosts::prove);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB"})
    void n1_repeatableReadAsDefaultIsolation(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product)) {
            Hosts.boot()
                    .withBean(JdbcOrders.class)
                    .withPropertyValues(Hosts.of(database))
                    .withPropertyValues(Hosts.schema())
                    .withPropertyValues("spring.datasource.hikari.transaction-isolation=TRANSACTION_REPEATABLE_READ")
                    .run(context -> {
                        Hosts.prove(context);
                        try (Connection connection =
                                context.getBean(DataSource.class).getConnection()) {
                            assertThat(connection.getTransactionIsolation())
                                    .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
                        }
                    });
        }
    }

    @Test
    void decision11_theFirstCallNeedsNoConnectionButTheCallers() {
        Hosts.boot()
                .withBean(JdbcOrders.class)
                .withPropertyValues(Hosts.h2())
                .withPropertyValues(Hosts.schema())
                .withPropertyValues(
                        "tasklane.worker.enabled=false",
                        "spring.datasource.hikari.maximum-pool-size=2",
                        "spring.datasource.hikari.connection-timeout=500")
                .run(context -> {
                    try (Connection taken = context.getBean(DataSource.class).getConnection()) {
                        assertThat(taken.isValid(1)).isTrue();
                        context.getBean(Orders.class).place("first");
                    }
                    assertThat(Hosts.tasks(context)).isEqualTo(1);
                });
    }

    @Test
    void n1_withoutATransactionManagerEachTaskIsCommittedByItself() {
        Hosts.bare()
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withBean(JdbcOrders.class)
                .withPropertyValues(Hosts.h2())
                .withPropertyValues(Hosts.schema())
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(TransactionManager.class);
                    context.getBean(Orders.class).place("alone");
                    await().untilAsserted(() ->
                            assertThat(context.getBean(Confirmed.class).names()).containsExactly("alone"));
                    Hosts.assertThatHostIsIntact(context);
                });
    }
}
