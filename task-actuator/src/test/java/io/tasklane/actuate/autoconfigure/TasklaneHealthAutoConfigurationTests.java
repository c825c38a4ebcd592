package io.tasklane.actuate.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.TaskState;
import io.tasklane.actuate.StubQueueStore;
import io.tasklane.actuate.health.FailureLimits;
import io.tasklane.actuate.health.FailureLimits.Severity;
import io.tasklane.actuate.health.TaskFailuresExceededEvent;
import io.tasklane.actuate.health.TasklaneHealthIndicator;
import io.tasklane.store.QueueStore;
import io.tasklane.store.StoreDoctor;
import io.tasklane.store.StoreFinding;
import io.tasklane.store.TaskStore;
import io.tasklane.store.memory.InMemoryTaskStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.PayloadApplicationEvent;

class TasklaneHealthAutoConfigurationTests {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HealthContributorRegistryAutoConfiguration.class,
                    TasklaneStatisticsAutoConfiguration.class,
                    TasklaneHealthAutoConfiguration.class));

    private final ApplicationContextRunner withStore =
            this.contextRunner.withBean(TaskStore.class, () -> new InMemoryTaskStore(InstantSource.system()));

    @Test
    void contributesAsTasks() {
        this.withStore.run(context -> assertThat(
                        context.getBean(HealthContributorRegistry.class).getContributor("tasks"))
                .isInstanceOf(TasklaneHealthIndicator.class));
    }

    @Test
    void c18_allDoctorsAreAsked() {
        StoreFinding first = new StoreFinding("one", "here", "is wrong", "mend it");
        StoreFinding second = new StoreFinding("two", "there", "is wrong too", "mend it too");
        this.withStore
                .withBean("store", StoreDoctor.class, () -> () -> List.of(first))
                .withBean("notification", StoreDoctor.class, () -> () -> List.of(second))
                .run(context -> await().untilAsserted(() -> assertThat(context.getBean(TasklaneHealthIndicator.class)
                                .health()
                                .getDetails()
                                .get("findings"))
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .containsExactlyInAnyOrder(first, second)));
    }

    @Test
    void r30_tooManyFailedTasksAreAnEventOfTheApplication() {
        List<TaskFailuresExceededEvent> events = new CopyOnWriteArrayList<>();
        this.withStore
                .withBean(
                        "queues",
                        QueueStore.class,
                        () -> new StubQueueStore().set("email", Map.of(TaskState.FAILED, 6L), null, 1),
                        definition -> definition.setPrimary(true))
                .withBean(FailureLimits.class, () -> new FailureLimits(5, Map.of(), Severity.OUT_OF_SERVICE))
                .withInitializer(context -> context.addApplicationListener(event -> {
                    if (event instanceof PayloadApplicationEvent<?> payload
                            && payload.getPayload() instanceof TaskFailuresExceededEvent exceeded) {
                        events.add(exceeded);
                    }
                }))
                .run(context -> {
                    TasklaneHealthIndicator indicator = context.getBean(TasklaneHealthIndicator.class);
                    await().until(() -> indicator.health().getStatus().equals(Status.OUT_OF_SERVICE));
                    assertThat(events).containsExactly(new TaskFailuresExceededEvent("email", 6, 5));
                });
    }

    @Test
    void canBeSwitchedOff() {
        this.withStore
                .withPropertyValues("management.health.tasks.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(TasklaneHealthIndicator.class));
    }

    @Test
    void indicatorOfTheApplicationWins() {
        this.withStore
                .withBean("tasksHealthIndicator", HealthIndicator.class, () -> () -> null)
                .run(context -> assertThat(context).doesNotHaveBean(TasklaneHealthIndicator.class));
    }

    @Test
    void nothingHappensWithoutAStore() {
        this.contextRunner.run(
                context -> assertThat(context).hasNotFailed().doesNotHaveBean(TasklaneHealthIndicator.class));
    }

    @Test
    void nothingHappensWithoutHealth() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TasklaneHealthAutoConfiguration.class))
                .withBean(TaskStore.class, () -> new InMemoryTaskStore(InstantSource.system()))
                .withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(TasklaneHealthAutoConfiguration.class));
    }
}
