package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.autoconfigure.host.datajdbc.Basket;
import io.tasklane.autoconfigure.host.jpa.JpaOrders;
import io.tasklane.autoconfigure.host.jpa.ShopOrder;
import io.tasklane.store.orm.TaskRecordRepository;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

class JpaHostTests {

    private final ApplicationContextRunner host = Hosts.boot()
            .withConfiguration(AutoConfigurations.of(
                    HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class))
            .withUserConfiguration(JpaHost.class)
            .withBean(JpaOrders.class)
            .withPropertyValues("spring.jpa.hibernate.ddl-auto=create");

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ShopOrder.class)
    static class JpaHost {}

    @ParameterizedTest
    @EnumSource
    void n1_jpa(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product)) {
            this.host.withPropertyValues(Hosts.of(database)).run(context -> {
                Hosts.prove(context);
                assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
                assertThat(context.getBeanNamesForType(EntityManagerFactory.class))
                        .containsExactly("entityManagerFactory");
                assertThat(context.getBean(EntityManagerFactory.class)
                                .getMetamodel()
                                .getEntities())
                        .hasSize(1);
                assertThat(context).doesNotHaveBean(Flyway.class);
                assertThat(context.getBean(TaskRecordRepository.class).count((root, query, builder) -> null))
                        .isEqualTo(1);
            });
        }
    }

    @Test
    void n1_ownEntityManagerFactory() {
        this.host
                .withUserConfiguration(OwnEntityManagerFactory.class)
                .withPropertyValues(Hosts.h2())
                .run(context -> {
                    Hosts.prove(context);
                    assertThat(context.getBeanNamesForType(EntityManagerFactory.class))
                            .containsExactly("entityManagerFactory");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnEntityManagerFactory {

        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setPackagesToScan(ShopOrder.class.getPackageName());
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.getJpaPropertyMap().put("hibernate.hbm2ddl.auto", "create");
            return factory;
        }
    }

    @Test
    void n1_anotherModuleOfSpringDataBesideJpa() {
        this.host
                .withConfiguration(AutoConfigurations.of(DataJdbcRepositoriesAutoConfiguration.class))
                .withUserConfiguration(DataJdbcToo.class)
                .withPropertyValues(Hosts.h2())
                .withPropertyValues(
                        "spring.sql.init.mode=always", "spring.sql.init.schema-locations=classpath:host/basket.sql")
                .run(context -> {
                    Hosts.prove(context);
                    assertThat(context).hasSingleBean(JpaOrders.class);
                });
    }

    @Configuration(proxyBeanMethods = false)
    @org.springframework.data.jdbc.repository.config.EnableJdbcRepositories(basePackageClasses = Basket.class)
    static class DataJdbcToo {}

    @Test
    void n16_ownFlyway() {
        this.host
                .withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
                .withPropertyValues(Hosts.h2())
                .withPropertyValues(
                        "spring.flyway.locations=classpath:host/flyway", "spring.jpa.hibernate.ddl-auto=validate")
                .run(context -> {
                    Hosts.prove(context);
                    assertThat(context).hasSingleBean(Flyway.class);
                    assertThat(context.getBean(Flyway.class).info().applied()).hasSize(1);
                });
    }

    @Test
    void n16_liquibase() {
        this.host
                .withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class))
                .withPropertyValues(Hosts.h2())
                .withPropertyValues(
                        "spring.liquibase.change-log=classpath:host/liquibase/changelog.sql",
                        "spring.jpa.hibernate.ddl-auto=validate")
                .run(context -> {
                    Hosts.prove(context);
                    assertThat(context).hasSingleBean(SpringLiquibase.class).doesNotHaveBean(Flyway.class);
                });
    }
}
