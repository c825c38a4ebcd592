package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tasklane.autoconfigure.TasklaneAnnotationAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneJacksonAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneJdbcAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneMemoryAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneNotifyAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneOrmAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneWorkerAutoConfiguration;
import io.tasklane.store.QueueStore;
import io.tasklane.test.TestDatabase;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Starts hosts, and proves that Tasklane works in them. */
final class Hosts {

    private static final Class<?>[] TASKLANE = {
        TasklaneAnnotationAutoConfiguration.class,
        TasklaneAutoConfiguration.class,
        TasklaneJacksonAutoConfiguration.class,
        TasklaneJdbcAutoConfiguration.class,
        TasklaneMemoryAutoConfiguration.class,
        TasklaneNotifyAutoConfiguration.class,
        TasklaneOrmAutoConfiguration.class,
        TasklaneWorkerAutoConfiguration.class
    };

    private Hosts() {}

    /** Returns a host without a data source, and without a transaction manager. */
    static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TASKLANE))
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        TaskExecutionAutoConfiguration.class,
                        TaskSchedulingAutoConfiguration.class,
                        DataSourceInitializationAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        PersistenceExceptionTranslationAutoConfiguration.class))
                .withBean(Confirmed.class, () -> new Confirmed())
                .withBean(Confirmations.class)
                .withPropertyValues("tasklane.queues.email=", "spring.application.name=shop");
    }

    /** Returns a host with the data source and the transaction manager of Boot. */
    static ApplicationContextRunner boot() {
        return bare().withConfiguration(AutoConfigurations.of(
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                TransactionAutoConfiguration.class,
                TransactionManagerCustomizationAutoConfiguration.class));
    }

    /** Returns the properties of an empty H2 database. */
    static String[] h2() {
        return new String[] {"spring.datasource.url=jdbc:h2:mem:%s".formatted(UUID.randomUUID())};
    }

    /** Returns the properties of a database. */
    static String[] of(TestDatabase database) {
        return new String[] {
            "spring.datasource.url=" + database.url(),
            "spring.datasource.username=" + database.username(),
            "spring.datasource.password=" + database.password()
        };
    }

    /** Returns the properties that have Boot create the table of orders. */
    static String[] schema() {
        return new String[] {"spring.sql.init.mode=always", "spring.sql.init.schema-locations=classpath:host/schema.sql"
        };
    }

    /** Proves that tasks commit and roll back with the business rows of a host, and are run. */
    static void prove(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        Orders orders = context.getBean(Orders.class);

        assertThatExceptionOfType(Orders.CardRefused.class).isThrownBy(() -> orders.placeAndFail("lost"));
        assertThat(orders.count()).isZero();
        assertThat(tasks(context)).isZero();

        orders.place("kept");
        assertThat(orders.count()).isEqualTo(1);
        assertThat(tasks(context)).isEqualTo(1);
        await().untilAsserted(() -> assertThat(succeeded(context)).isEqualTo(1));
        assertThat(context.getBean(Confirmed.class).names()).containsExactly("kept");
        assertThatHostIsIntact(context);
    }

    /** Proves that Tasklane has neither replaced nor doubled what Boot or the host defines. */
    static void assertThatHostIsIntact(AssertableApplicationContext context) {
        assertThat(context.getBeanNamesForType(Executor.class)).containsExactly("applicationTaskExecutor");
        assertThat(context).doesNotHaveBean(Clock.class).hasSingleBean(JsonMapper.class);
    }

    /** Counts all tasks. */
    static long tasks(ApplicationContext context) {
        return context.getBean(QueueStore.class).statistics().stream()
                .flatMap(queue -> queue.tasks().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Counts the tasks that have succeeded. */
    static long succeeded(ApplicationContext context) {
        return context.getBean(QueueStore.class).statistics().stream()
                .mapToLong(queue -> queue.count(io.tasklane.TaskState.SUCCEEDED))
                .sum();
    }
}
