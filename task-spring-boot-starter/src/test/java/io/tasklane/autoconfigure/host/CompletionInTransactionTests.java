package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.Completion;
import io.tasklane.Task;
import io.tasklane.autoconfigure.TasklaneDataSource;
import io.tasklane.autoconfigure.host.jpa.JpaOrders;
import io.tasklane.autoconfigure.host.jpa.ShopOrder;
import io.tasklane.test.ResourcelessTransactionManager;
import io.tasklane.test.TcpGate;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tasks that complete in the transactions of the host, with the transaction managers that a host may have. */
class CompletionInTransactionTests {

    @ParameterizedTest
    @EnumSource
    void n2_n3_jdbc(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product)) {
            jdbc(database).withBean(Shipments.class).run(CompletionInTransactionTests::prove);
        }
    }

    @ParameterizedTest
    @EnumSource
    void n2_n3_jpa(TestDatabaseProduct product) {
        try (TestDatabase database = TestDatabase.create(product)) {
            jpa(database).withBean(Shipments.class).run(CompletionInTransactionTests::prove);
        }
    }

    @Test
    void guarantee5_aCommitThatNeverArrivedUsesNoRetryOfAJdbcHost() {
        try (TestDatabase database = TestDatabase.create(TestDatabaseProduct.POSTGRESQL)) {
            breakBeforeCommit(database, jdbc(database));
        }
    }

    @Test
    void guarantee5_aCommitThatNeverArrivedUsesNoRetryOfAJpaHost() {
        try (TestDatabase database = TestDatabase.create(TestDatabaseProduct.POSTGRESQL)) {
            breakBeforeCommit(database, jpa(database));
        }
    }

    private static void breakBeforeCommit(TestDatabase database, ApplicationContextRunner host) {
        try (TcpGate gate = new TcpGate(database.url())) {
            host.withBean(Deliveries.class)
                    .withPropertyValues("spring.datasource.url=" + gate.url())
                    // The gate has to see each COMMIT as text.
                    .withPropertyValues("spring.datasource.hikari.data-source-properties.prepareThreshold=0")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        gate.breakBefore("insert into shop_order", "COMMIT");
                        context.getBean(Deliveries.class).deliver("kept");
                        await().atMost(Duration.ofSeconds(60))
                                .untilAsserted(() ->
                                        assertThat(Hosts.succeeded(context)).isEqualTo(2));
                        assertThat(gate.isSprung()).isTrue();
                        assertThat(context.getBean(Orders.class).count()).isEqualTo(1);
                        assertThat(JdbcClient.create(database.dataSource())
                                        .sql(
                                                "select sum(retries_used) as retries, sum(recoveries) as back from tasklane_finished")
                                        .query()
                                        .singleRow()
                                        .values())
                                .extracting(Number.class::cast)
                                .extracting(Number::intValue)
                                .containsExactly(0, 1);
                    });
        }
    }

    private static ApplicationContextRunner jdbc(TestDatabase database) {
        return Hosts.boot()
                .withBean(JdbcOrders.class)
                .withPropertyValues(Hosts.of(database))
                .withPropertyValues(Hosts.schema());
    }

    private static ApplicationContextRunner jpa(TestDatabase database) {
        return Hosts.boot()
                .withConfiguration(AutoConfigurations.of(
                        HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class))
                .withUserConfiguration(JpaHost.class)
                .withBean(JpaOrders.class)
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=create")
                .withPropertyValues(Hosts.of(database));
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ShopOrder.class)
    static class JpaHost {}

    /** The first try leaves nothing, neither the order nor the confirmation of it. */
    private static void prove(AssertableApplicationContext context) throws Exception {
        assertThat(context).hasNotFailed();
        context.getBean(Shipments.class).ship("kept", null);
        await().untilAsserted(() -> assertThat(Hosts.succeeded(context)).isEqualTo(2));
        assertThat(Hosts.tasks(context)).isEqualTo(2);
        assertThat(context.getBean(Orders.class).count()).isEqualTo(1);
        assertThat(context.getBean(Confirmed.class).names()).containsExactly("kept");
    }

    @Test
    void inMemoryAnyTransactionDoes() {
        Hosts.bare()
                .withBean(ResourcelessTransactionManager.class)
                .withBean(Transactions.class)
                .withPropertyValues("tasklane.store=memory")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Transactions.class).run();
                    await().untilAsserted(
                                    () -> assertThat(Hosts.succeeded(context)).isEqualTo(1));
                    assertThat(context.getBean(Confirmed.class).names()).containsExactly("true");
                });
    }

    @Test
    void decision14_withoutATransactionManagerTheStartFails() {
        ApplicationContextRunner host = Hosts.bare()
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withBean(Transactions.class)
                .withPropertyValues(Hosts.h2());
        host.run(refused("no transaction manager is known to do that", "there are: none", "Define one"));
        host.withPropertyValues("tasklane.worker.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void decision14_withTheTransactionManagerOfAnotherDataSourceTheStartFails() {
        several(ArchiveOnly.class)
                .withBean(Transactions.class)
                .run(refused("no transaction manager is known to do that", "[archiveTransactions]"));
    }

    @Test
    void decision14_withSeveralTransactionManagersAndNoPrimaryOneTheStartFails() {
        several(TwoOfOne.class)
                .withBean(Transactions.class)
                .run(refused("several transaction managers do that: [first, second]", "@Primary"));
    }

    @Test
    void n2_theTransactionManagerOfOurDataSourceIsTakenBesideAPrimaryOneOfAnother() {
        several(OneOfEach.class).withBean(Transactions.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(Transactions.class).run();
            await().untilAsserted(() -> assertThat(Hosts.succeeded(context)).isEqualTo(1));
        });
    }

    @Test
    void decision14_anAnnotationThatTakesAnotherTransactionManagerIsRefused() {
        several(OneOfEach.class)
                .withBean(Elsewhere.class)
                .run(refused("its @Transactional takes bean 'archiveTransactions'", "name that manager"));
        several(OneOfEach.class)
                .withBean(ByName.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static ContextConsumer<AssertableApplicationContext> refused(String... texts) {
        return context -> assertThat(context)
                .getFailure()
                .satisfies(failure ->
                        assertThat(failure.toString()).contains(texts).contains("IN_TRANSACTION"));
    }

    private static ApplicationContextRunner several(Class<?> managers) {
        return Hosts.bare()
                .withConfiguration(AutoConfigurations.of(TransactionAutoConfiguration.class))
                .withUserConfiguration(TwoDataSources.class, managers);
    }

    private static DataSource database() {
        return DataSourceBuilder.create()
                .url("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()))
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDataSources {

        @Bean
        @TasklaneDataSource
        DataSource ordersDb() {
            return database();
        }

        @Bean
        DataSource archiveDb() {
            return database();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ArchiveOnly {

        @Bean
        PlatformTransactionManager archiveTransactions(@Qualifier("archiveDb") DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoOfOne {

        @Bean
        PlatformTransactionManager first(@TasklaneDataSource DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        PlatformTransactionManager second(@TasklaneDataSource DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneOfEach {

        @Bean
        @Primary
        PlatformTransactionManager archiveTransactions(@Qualifier("archiveDb") DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        PlatformTransactionManager ordersTransactions(@TasklaneDataSource DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    static class Transactions {

        private final Confirmed confirmed;

        Transactions(Confirmed confirmed) {
            this.confirmed = confirmed;
        }

        @Task(completion = Completion.IN_TRANSACTION)
        public void run() {
            this.confirmed.names().add(String.valueOf(TransactionSynchronizationManager.isActualTransactionActive()));
        }
    }

    static class Deliveries {

        private final Orders orders;

        Deliveries(Orders orders) {
            this.orders = orders;
        }

        @Task(completion = Completion.IN_TRANSACTION, retries = 1)
        public void deliver(String order) {
            this.orders.place(order);
        }
    }

    static class Elsewhere {

        @Task(completion = Completion.IN_TRANSACTION)
        @Transactional
        public void run() {}
    }

    static class ByName {

        @Task(completion = Completion.IN_TRANSACTION)
        @Transactional("ordersTransactions")
        public void run() {}
    }
}
