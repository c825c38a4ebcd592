package io.tasklane.autoconfigure.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.PayloadUpgrader;
import io.tasklane.QueueSetting;
import io.tasklane.Task;
import io.tasklane.TaskClient;
import io.tasklane.TaskHandle;
import io.tasklane.TaskQueues;
import io.tasklane.TaskRequest;
import io.tasklane.TaskState;
import io.tasklane.autoconfigure.TasklaneAnnotationAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneJacksonAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneJdbcAutoConfiguration;
import io.tasklane.autoconfigure.TasklaneWorkerAutoConfiguration;
import io.tasklane.store.StoredAttempt;
import io.tasklane.store.StoredTask;
import io.tasklane.store.TaskReader;
import io.tasklane.test.TestDatabase;
import io.tasklane.test.TestDatabaseProduct;
import io.tasklane.worker.WorkerContainers;
import io.tasklane.worker.WorkerHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two versions of an application side by side on one database, as while the newer one is rolled out. */
@Timeout(240)
class RollingDeploymentTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

    private TestDatabase database;

    @AfterEach
    void stop() {
        this.applications.forEach(ConfigurableApplicationContext::close);
        this.database.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void r23_decision1_tasksWaitForANodeThatCanRunThem(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        ConfigurableApplicationContext old = start(OldShop.class);
        assertThat(old.getBean(OldMailer.class).welcome("Ada Lovelace").get(PATIENCE))
                .isEqualTo("old: Ada Lovelace");

        ConfigurableApplicationContext producer =
                start(NewShop.class, "tasklane.worker.enabled=false", "tasklane.queues.letters=");
        NewMailer mailer = producer.getBean(NewMailer.class);
        TaskHandle<String> unknown = mailer.goodbye("Ada");
        TaskHandle<String> newer = mailer.welcome("Ada", "Lovelace");
        TaskHandle<?> misfit = producer.getBean(TaskClient.class)
                .enqueue(TaskRequest.named("Mailer.count").argument("number", "many"));

        // The old node meets them all, also in a queue that it did not know at its start, and burns nothing.
        WorkerContainers node = old.getBean(WorkerContainers.class);
        await().atMost(PATIENCE).untilAsserted(() -> {
            WorkerHealth health = node.health();
            assertThat(health.isUp()).isTrue();
            assertThat(health.unknownTasks()).containsExactly("Mailer.goodbye");
            assertThat(health.unreadableTasks()).containsExactlyInAnyOrder("Mailer.welcome", "Mailer.count");
        });
        awaitState(unknown, TaskState.QUEUED);
        awaitState(newer, TaskState.SCHEDULED);
        awaitState(misfit, TaskState.SCHEDULED);
        assertThat(old.getBean(OldMailer.class).welcome("Grace Hopper").get(PATIENCE))
                .isEqualTo("old: Grace Hopper");
        assertThat(node.health().unreadableTasks()).contains("Mailer.welcome");

        start(NewShop.class, "tasklane.queues.letters=");
        assertThat(unknown.get(PATIENCE)).isEqualTo("new: goodbye Ada");
        await().atMost(PATIENCE).until(() -> {
            dueNow();
            return newer.isReady() && misfit.isReady();
        });
        assertThat(newer.result()).contains("new: Ada, Lovelace");
        assertThat(misfit.isSucceeded()).isTrue();
        for (TaskHandle<?> handle : List.of(unknown, newer, misfit)) {
            StoredTask task = stored(handle);
            assertThat(task.retriesUsed()).isZero();
            assertThat(task.recoveries()).isZero();
        }
        assertThat(producer.getBean(TaskReader.class).attempts(newer.id()))
                .isNotEmpty()
                .extracting(StoredAttempt::outcome)
                .containsOnly(StoredAttempt.Outcome.POSTPONED);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void r23_tasksOfOldCodeRunOnNewCode(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        ConfigurableApplicationContext old = start(OldShop.class, "tasklane.worker.enabled=false");
        TaskHandle<String> upgraded = old.getBean(OldMailer.class).welcome("Ada Lovelace");
        TaskHandle<String> renamed = old.getBean(OldMailer.class).post("Ada");
        TaskHandle<?> stuck = old.getBean(TaskClient.class)
                .enqueue(TaskRequest.named("Mailer.count").argument("number", 7).version(7));
        ConfigurableApplicationContext current = start(NewShop.class, "tasklane.queues.letters=");
        assertThat(upgraded.get(PATIENCE)).isEqualTo("new: Ada, Lovelace");
        assertThat(renamed.get(PATIENCE)).isEqualTo("new: letter to Ada");
        awaitState(stuck, TaskState.SCHEDULED);
        assertThat(stored(stuck).error().message()).contains("version 7, newer than version 1");
        assertThat(current.getBean(WorkerContainers.class).health().unreadableTasks())
                .containsExactly("Mailer.count");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void r23_anOldNodeThatRestartsLeavesWhatTheNewOneHasConfigured(TestDatabaseProduct product) {
        this.database = TestDatabase.create(product);
        start(OldShop.class, "tasklane.queues.letters.concurrency=2");
        ConfigurableApplicationContext current = start(NewShop.class, "tasklane.queues.letters.concurrency=5");
        start(OldShop.class, "tasklane.queues.letters.concurrency=2");
        assertThat(current.getBean(TaskQueues.class).get("letters").settings().get(QueueSetting.CONCURRENCY))
                .isEqualTo(5);
    }

    private ConfigurableApplicationContext start(Class<?> application, String... properties) {
        String[] common = {
            "spring.application.name=shop",
            "spring.datasource.url=" + this.database.url(),
            "spring.datasource.username=" + this.database.username(),
            "spring.datasource.password=" + this.database.password()
        };
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties(Stream.concat(Arrays.stream(common), Arrays.stream(properties))
                        .toArray(String[]::new))
                .run();
        this.applications.add(0, context);
        return context;
    }

    /** Spares the half minute and more that a postponed task waits. */
    private void dueNow() {
        JdbcClient.create(this.database.dataSource())
                .sql("update tasklane_due set run_at = '2020-01-01 00:00:00'")
                .update();
    }

    private StoredTask stored(TaskHandle<?> handle) {
        return this.applications
                .get(0)
                .getBean(TaskReader.class)
                .find(handle.id())
                .orElseThrow();
    }

    private void awaitState(TaskHandle<?> handle, TaskState state) {
        await().atMost(PATIENCE)
                .until(() -> handle.state().filter(state::equals).isPresent());
    }

    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        TasklaneAnnotationAutoConfiguration.class,
        TasklaneAutoConfiguration.class,
        TasklaneJacksonAutoConfiguration.class,
        TasklaneJdbcAutoConfiguration.class,
        TasklaneWorkerAutoConfiguration.class
    })
    static class Shop {}

    @Import(OldMailer.class)
    static class OldShop extends Shop {}

    static class OldMailer {

        @Task(name = "Mailer.welcome")
        public TaskHandle<String> welcome(String name) {
            return TaskHandle.of("old: " + name);
        }

        @Task(name = "Mailer.post")
        public TaskHandle<String> post(String to) {
            return TaskHandle.of("old: letter to " + to);
        }

        @Task(name = "Mailer.count")
        public void count(int number) {}
    }

    @Import(NewMailer.class)
    static class NewShop extends Shop {

        @Bean
        PayloadUpgrader welcomeByFirstAndLastName() {
            return PayloadUpgrader.of("Mailer.welcome", 1, arguments -> {
                String[] names = String.valueOf(arguments.remove("name")).split(" ", 2);
                arguments.put("first", names[0]);
                arguments.put("last", names[1]);
            });
        }
    }

    static class NewMailer {

        @Task(name = "Mailer.welcome", version = 2)
        public TaskHandle<String> welcome(String first, String last) {
            return TaskHandle.of("new: " + first + ", " + last);
        }

        @Task(name = "Letters.send", aliases = "Mailer.post")
        public TaskHandle<String> send(String to) {
            return TaskHandle.of("new: letter to " + to);
        }

        @Task(name = "Mailer.goodbye", queue = "letters")
        public TaskHandle<String> goodbye(String to) {
            return TaskHandle.of("new: goodbye " + to);
        }

        @Task(name = "Mailer.count")
        public void count(String number) {}
    }
}
