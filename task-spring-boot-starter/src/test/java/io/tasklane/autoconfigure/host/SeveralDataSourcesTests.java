package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.TaskTransactionException;
import io.tasklane.autoconfigure.TasklaneDataSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class SeveralDataSourcesTests {

    private final ApplicationContextRunner host =
            Hosts.bare().withConfiguration(AutoConfigurations.of(TransactionAutoConfiguration.class));

    @Test
    void withoutAMarkTheStartFailsAndNamesThem() {
        this.host
                .withUserConfiguration(Unmarked.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .satisfies(failure -> assertThat(failure.toString())
                                .contains("NoTaskStoreException", "ordersDb", "archiveDb", "confirm")));
    }

    @Test
    void n1_thePrimaryOneIsTaken() {
        this.host
                .withUserConfiguration(PrimaryOne.class)
                .withBean(JdbcOrders.class)
                .run(context -> {
                    createTable(context.getBean("ordersDb", DataSource.class));
                    Hosts.prove(context);
                    assertThat(hasTasks(context.getBean("ordersDb", DataSource.class)))
                            .isTrue();
                    assertThat(hasTasks(context.getBean("archiveDb", DataSource.class)))
                            .isFalse();
                });
    }

    @Test
    void n1_theMarkedOneIsTakenEvenBesideAPrimaryOne() {
        this.host.withUserConfiguration(MarkedOne.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(hasTasks(context.getBean("ordersDb", DataSource.class))).isTrue();
            assertThat(hasTasks(context.getBean("archiveDb", DataSource.class))).isFalse();
        });
    }

    @Test
    void aCallInATransactionOfTheOtherOneIsRefused() {
        this.host.withUserConfiguration(MarkedOne.class).run(context -> {
            TransactionTemplate archive =
                    new TransactionTemplate(new JdbcTransactionManager(context.getBean("archiveDb", DataSource.class)));

            assertThatThrownBy(() -> archive.executeWithoutResult(
                            status -> context.getBean(Confirmations.class).confirm("elsewhere")))
                    .isInstanceOf(TaskTransactionException.class);

            assertThat(Hosts.tasks(context)).isZero();
        });
    }

    @Test
    void afterTheCommitOfTheOtherOneACallHasATransactionOfItsOwn() {
        this.host
                .withUserConfiguration(MarkedOne.class, ArchiveTransactions.class)
                .run(context -> {
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                            .executeWithoutResult(status -> TransactionSynchronizationManager.registerSynchronization(
                                    new TransactionSynchronization() {
                                        @Override
                                        public void afterCommit() {
                                            context.getBean(Confirmations.class).confirm("archived");
                                        }
                                    }));

                    assertThat(Hosts.tasks(context)).isEqualTo(1);
                });
    }

    private static void createTable(DataSource dataSource) {
        JdbcClient.create(dataSource)
                .sql("create table shop_order (name varchar(100) not null primary key)")
                .update();
    }

    private static boolean hasTasks(DataSource dataSource) {
        return JdbcClient.create(dataSource)
                        .sql("select count(*) from information_schema.tables where lower(table_name) = 'tasklane_task'")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static DataSource database() {
        return DataSourceBuilder.create()
                .url("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()))
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class Unmarked {

        @Bean
        DataSource ordersDb() {
            return database();
        }

        @Bean
        DataSource archiveDb() {
            return database();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class PrimaryOne {

        @Bean
        @Primary
        DataSource ordersDb() {
            return database();
        }

        @Bean
        DataSource archiveDb() {
            return database();
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class MarkedOne {

        @Bean
        @TasklaneDataSource
        DataSource ordersDb() {
            return database();
        }

        @Bean
        @Primary
        DataSource archiveDb() {
            return database();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ArchiveTransactions {

        @Bean
        PlatformTransactionManager archiveTransactions(@Qualifier("archiveDb") DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }
}
