package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tasklane.Completion;
import io.tasklane.Task;
import io.tasklane.autoconfigure.host.jpa.ShopOrder;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Listeners whose work is a task, with the transaction managers that a host may have. */
class EventListenerTests {

    static Stream<Named<ApplicationContextRunner>> hosts() {
        ApplicationContextRunner jpa = Hosts.boot()
                .withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
                .withUserConfiguration(JpaHost.class);
        return Stream.of(
                Named.of("JDBC transaction manager", Hosts.boot().withPropertyValues(Hosts.h2())),
                Named.of("JPA transaction manager", jpa.withPropertyValues(Hosts.h2())),
                Named.of(
                        "own transaction manager",
                        Hosts.boot()
                                .withUserConfiguration(OwnTransactionManager.class)
                                .withPropertyValues(Hosts.h2())));
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ShopOrder.class)
    static class JpaHost {}

    @Configuration(proxyBeanMethods = false)
    static class OwnTransactionManager {

        @Bean
        PlatformTransactionManager shopTransactions(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void anEventListenerIsDurable(ApplicationContextRunner host) {
        host.withBean(AtOnce.class).run(context -> {
            assertThatNothingIsLeftOfARollback(context);
            publish(context, "kept", status -> assertThat(Hosts.tasks(context)).isZero());
            awaitRun(context, "at once kept");
        });
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aListenerBeforeTheCommitJoinsTheTransaction(ApplicationContextRunner host) {
        host.withBean(BeforeCommit.class).run(context -> {
            assertThatNothingIsLeftOfARollback(context);
            publish(context, "kept", status -> {});
            awaitRun(context, "before commit kept");
        });
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aListenerAfterTheCommitHasATransactionOfItsOwn(ApplicationContextRunner host) {
        host.withBean(AfterCommit.class).run(context -> {
            assertThatNothingIsLeftOfARollback(context);
            publish(context, "kept", status -> {});
            assertThat(Hosts.tasks(context)).isEqualTo(1);
            awaitRun(context, "after commit kept");
        });
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aListenerAfterTheCommitOfAReadOnlyTransactionHasOneOfItsOwnToo(ApplicationContextRunner host) {
        host.withBean(AfterCommit.class).run(context -> {
            TransactionTemplate reading = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            reading.setReadOnly(true);
            reading.executeWithoutResult(status -> context.publishEvent(new OrderPlaced("read")));
            awaitRun(context, "after commit read");
        });
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aListenerAfterTheCommitMayBeTransactionalWhenItsTransactionIsNew(ApplicationContextRunner host) {
        host.withBean(AfterCommitInANewTransaction.class).run(context -> {
            publish(context, "kept", status -> {});
            awaitRun(context, "true kept");
        });
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aListenerAfterTheCommitMayCompleteInATransaction(ApplicationContextRunner host) {
        host.withBean(AfterCommitCompletingInATransaction.class).run(context -> {
            publish(context, "kept", status -> {});
            awaitRun(context, "true kept");
        });
    }

    private static void assertThatNothingIsLeftOfARollback(ApplicationContext context) {
        assertThatExceptionOfType(Orders.CardRefused.class)
                .isThrownBy(() -> publish(context, "lost", status -> {
                    throw new Orders.CardRefused();
                }));
        assertThat(Hosts.tasks(context)).isZero();
    }

    private static void publish(ApplicationContext context, String order, Consumer<Object> then) {
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            context.publishEvent(new OrderPlaced(order));
            then.accept(status);
        });
    }

    private static void awaitRun(ApplicationContext context, String expected) {
        await().untilAsserted(() -> assertThat(Hosts.succeeded(context)).isEqualTo(1));
        assertThat(List.copyOf(context.getBean(Confirmed.class).names())).containsExactly(expected);
    }

    record OrderPlaced(String name) {}

    static class AtOnce {

        private final Confirmed confirmed;

        AtOnce(Confirmed confirmed) {
            this.confirmed = confirmed;
        }

        @EventListener
        @Task
        public void on(OrderPlaced event) {
            this.confirmed.names().add("at once " + event.name());
        }
    }

    static class BeforeCommit {

        private final Confirmed confirmed;

        BeforeCommit(Confirmed confirmed) {
            this.confirmed = confirmed;
        }

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        @Task
        public void on(OrderPlaced event) {
            this.confirmed.names().add("before commit " + event.name());
        }
    }

    static class AfterCommit {

        private final Confirmed confirmed;

        AfterCommit(Confirmed confirmed) {
            this.confirmed = confirmed;
        }

        @TransactionalEventListener
        @Task
        public void on(OrderPlaced event) {
            this.confirmed.names().add("after commit " + event.name());
        }
    }

    static class AfterCommitCompletingInATransaction {

        private final Confirmed confirmed;

        AfterCommitCompletingInATransaction(Confirmed confirmed) {
            this.confirmed = confirmed;
        }

        @TransactionalEventListener
        @Task(completion = Completion.IN_TRANSACTION)
        public void on(OrderPlaced event) {
            this.confirmed
                    .names()
                    .add(TransactionSynchronizationManager.isActualTransactionActive() + " " + event.name());
        }
    }

    static class AfterCommitInANewTransaction {

        private final Confirmed confirmed;

        AfterCommitInANewTransaction(Confirmed confirmed) {
            this.confirmed = confirmed;
        }

        @TransactionalEventListener
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        @Task
        public void on(OrderPlaced event) {
            this.confirmed
                    .names()
                    .add(TransactionSynchronizationManager.isActualTransactionActive() + " " + event.name());
        }
    }
}
