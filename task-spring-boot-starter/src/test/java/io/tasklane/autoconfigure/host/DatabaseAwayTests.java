package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tasklane.Task;
import io.tasklane.TaskHandle;
import io.tasklane.TaskState;
import io.tasklane.actuate.autoconfigure.TasklaneHealthAutoConfiguration;
import io.tasklane.actuate.autoconfigure.TasklaneStatisticsAutoConfiguration;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskReader;
import io.tasklane.store.schema.DatabaseUnavailableException;
import io.tasklane.test.TcpGate;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.worker.NotificationHealth;
import io.tasklane.worker.WorkerContainers;
import io.tasklane.worker.WorkerHealth;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;

/** A database server that is not there: at the start, and while tasks run. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
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
    void atTheStartTheApplicationWaitsIfItIsToldTo(TestDatabaseProduct product, CapturedOutput output) {
        ApplicationContextRunner host = host(product).withPropertyValues("tasklane.schema.wait-for-database=60s");
        this.gate.shut();
        Thread opener = new Thread(() -> {
            await().atMost(Duration.ofSeconds(50)).until(() -> output.getOut().contains("waits for the database"));
            this.gate.open();
        });
        opener.start();
        host.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Waiter.class).await("late").get(Duration.ofSeconds(60)))
                    .isEqualTo("late");
        });
        assertThat(output.getOut().split("waits for the database")).hasSize(2);
    }

    @Test
    void atTheStartTheApplicationWaitsNoLongerThanItIsToldTo() {
        ApplicationContextRunner host =
                host(TestDatabaseProduct.POSTGRESQL).withPropertyValues("tasklane.schema.wait-for-database=2s");
        this.gate.shut();
        long begin = System.nanoTime();
        host.run(context ->
                assertThat(context).getFailure().hasStackTraceContaining("cannot ask the database for its product"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void rank13_withoutADatabaseTasksAreDownAndTheApplicationLives(TestDatabaseProduct product) {
        ApplicationContextRunner host = host(product)
                .withConfiguration(AutoConfigurations.of(
                        ApplicationAvailabilityAutoConfiguration.class,
                        AvailabilityHealthContributorAutoConfiguration.class,
                        AvailabilityProbesAutoConfiguration.class,
                        HealthContributorRegistryAutoConfiguration.class,
                        HealthEndpointAutoConfiguration.class,
                        TasklaneStatisticsAutoConfiguration.class,
                        TasklaneHealthAutoConfiguration.class))
                .withPropertyValues("management.health.db.enabled=false");
        host.run(context -> {
            started(context);
            assertThat(status(context, "tasks")).isEqualTo(Status.UP);
            this.gate.shut();
            assertThat(status(context, "tasks")).isEqualTo(Status.DOWN);
            assertThat(status(context, "liveness")).isEqualTo(Status.UP);
            assertThat(status(context, "readiness")).isEqualTo(Status.UP);
            this.gate.open();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(status(context, "tasks")).isEqualTo(Status.UP));
        });
        host.withPropertyValues("management.endpoint.health.group.readiness.include=readinessState,tasks")
                .run(context -> {
                    started(context);
                    assertThat(status(context, "readiness")).isEqualTo(Status.UP);
                    this.gate.shut();
                    assertThat(status(context, "readiness")).isEqualTo(Status.DOWN);
                    assertThat(status(context, "liveness")).isEqualTo(Status.UP);
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void guarantee7_anOutageIsOneWarningInTheLog(TestDatabaseProduct product, CapturedOutput output) {
        host(product).run(context -> {
            assertThat(context.getBean(Waiter.class).await("before").get(Duration.ofSeconds(30)))
                    .isEqualTo("before");
            boolean notifies = product == TestDatabaseProduct.POSTGRESQL;
            await().atMost(Duration.ofSeconds(30)).until(() -> !notifies || hears(context));
            int before = output.getAll().length();

            this.gate.shut();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> health(context).storeFailures().size() >= 3 && !hears(context));
            this.gate.open();

            await().atMost(Duration.ofSeconds(60)).until(() -> !storeFails(context) && hears(context) == notifies);
            assertThat(output.getAll().substring(before).lines())
                    .filteredOn(line -> line.matches(".* (WARN|ERROR) .* (io\\.tasklane|i\\.t)\\..*"))
                    .singleElement()
                    .asString()
                    .contains("The task store cannot be reached");
        });
    }

    private static boolean hears(ApplicationContext context) {
        return health(context).notifications().state() == NotificationHealth.State.ALIVE;
    }

    /** As Boot says when an application has started. */
    private static void started(ApplicationContext context) {
        AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    }

    private static Status status(ApplicationContext context, String path) {
        return context.getBean(HealthEndpoint.class).healthForPath(path).getStatus();
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
        return !health(context).storeFailures().isEmpty();
    }

    private static WorkerHealth health(ApplicationContext context) {
        return context.getBean(WorkerContainers.class).health();
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
