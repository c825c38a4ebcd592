package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.test.TestDatabase;
import io.tasklane.worker.NotificationHealth;
import io.tasklane.worker.NotificationHealth.State;
import io.tasklane.worker.TaskNotifier;
import io.tasklane.worker.WorkerContainers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two applications on one database. */
class NotificationHostTests {

    @Test
    void c18_aTaskOfAnApplicationThatOnlyProducesRunsAtOnce() {
        try (TestDatabase database = TestDatabase.postgresql()) {
            ApplicationContextRunner host = host(database);
            host.withPropertyValues("tasklane.defaults.poll-interval=60s").run(worker -> {
                await().until(() -> notifications(worker).state() == State.ALIVE);
                host.withPropertyValues("tasklane.worker.enabled=false").run(producer -> {
                    assertThat(producer).doesNotHaveBean(WorkerContainers.class);
                    producer.getBean(Orders.class).place("ada");

                    await().atMost(Duration.ofSeconds(5)).until(() -> Hosts.succeeded(worker) == 1);
                    assertThat(worker.getBean(Confirmed.class).names()).containsExactly("ada");
                });
            });
        }
    }

    @Test
    void c18_switchedOffATaskRunsByTheNextPoll() {
        try (TestDatabase database = TestDatabase.postgresql()) {
            ApplicationContextRunner host = host(database).withPropertyValues("tasklane.notify.enabled=false");
            host.run(worker -> host.withPropertyValues("tasklane.worker.enabled=false")
                    .run(producer -> {
                        assertThat(producer).doesNotHaveBean(TaskNotifier.class);
                        producer.getBean(Orders.class).place("ada");

                        await().until(() -> Hosts.succeeded(worker) == 1);
                        assertThat(notifications(worker)).isEqualTo(NotificationHealth.OFF);
                        assertThat(listening(worker)).isZero();
                    }));
        }
    }

    private static ApplicationContextRunner host(TestDatabase database) {
        return Hosts.boot()
                .withBean(JdbcOrders.class)
                .withPropertyValues(Hosts.of(database))
                .withPropertyValues(Hosts.schema())
                .withPropertyValues("spring.sql.init.continue-on-error=true");
    }

    private static NotificationHealth notifications(ApplicationContext context) {
        return context.getBean(WorkerContainers.class).health().notifications();
    }

    private static int listening(ApplicationContext context) {
        return context.getBean(JdbcClient.class)
                .sql(
                        "select count(*) from pg_stat_activity where datname = current_database() and query like 'LISTEN%'")
                .query(Integer.class)
                .single();
    }
}
