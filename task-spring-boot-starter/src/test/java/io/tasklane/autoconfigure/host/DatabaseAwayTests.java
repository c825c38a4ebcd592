package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tasklane.Task;
import io.tasklane.TaskHandle;
import io.tasklane.TaskState;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskReader;
import io.tasklane.store.schema.DatabaseUnavailableException;
import io.tasklane.test.TcpGate;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.worker.WorkerContainers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;

/** A database server that is not there: at the start, and while tasks run. */
@Timeout(120)
class DatabaseAwayTests {

    private TestDatabase database;

    private TcpGate gate;

    @AfterEach
    void close() {
        this.gate.close();
        this.database.close();
    }

    private ApplicationContextRunner host(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        this.gate = new TcpGate(this.database.url());
        return Hosts.boot()
                .withBean(Waiter.class)
                .withPropertyValues(Hosts.of(this.database))
                .withPropertyValues(
                        "spring.datasource.url=" + this.gate.url(),
                        "spring.datasource.hikari.connection-timeout=500",
                        "spring.datasource.hikari.initialization-fail-timeout=-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void atTheStartTheApplicationSaysSo(TestDatabaseProduct product) {
        ApplicationContextRunner host = host(product);
        this.gate.shut();
        host.run(context -> {
            Throwable failure = context.getStartupFailure();
            while (failure != null && !(failure instanceof DatabaseUnavailableException)) {
                failure = failure.getCause();
            }
            assertThat(failure).isNotNull().hasMessageContaining("cannot ask the database for its product");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void guarantee7_duringWorkNothingIsLostAndWorkersResumeByThemselves(TestDatabaseProduct product) {
        host(product).run(context -> {
            Waiter waiter = context.getBean(Waiter.class);
            CountDownLatch latch = waiter.close();
            TaskHandle<String> running = waiter.await("running");
            await().until(() ->
                    running.state().filter(TaskState.RUNNING::equals).isPresent());

            this.gate.shut();
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> waiter.await("refused"))
                    .withMessageContaining("Tasklane: ");
            latch.countDown();
            await().atMost(Duration.ofSeconds(30)).until(() -> storeFails(context));

            this.gate.open();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(DataAccessException.class)
                    .until(running::isReady);
            assertThat(running.get(Duration.ZERO)).isEqualTo("running");
            assertThat(waiter.await("next").get(Duration.ofSeconds(60))).isEqualTo("next");
            StoredTask task =
                    context.getBean(TaskReader.class).find(running.id()).orElseThrow();
            assertThat(task.retriesUsed()).isZero();
            assertThat(Hosts.tasks(context)).as("the refused one left nothing").isEqualTo(2);
            await().atMost(Duration.ofSeconds(30)).until(() -> !storeFails(context));
        });
    }

    private static boolean storeFails(ApplicationContext context) {
        return !context.getBean(WorkerContainers.class).health().storeFailures().isEmpty();
    }

    static class Waiter {

        private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

        CountDownLatch close() {
            CountDownLatch closed = new CountDownLatch(1);
            this.gate.set(closed);
            return closed;
        }

        @Task
        public TaskHandle<String> await(String name) throws InterruptedException {
            this.gate.get().await();
            return TaskHandle.of(name);
        }
    }
}
