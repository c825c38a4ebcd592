package io.tasklane.actuate.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tasklane.actuate.StubQueueStore;
import io.tasklane.actuate.metrics.TaskEnqueuedMetrics;
import io.tasklane.actuate.metrics.TaskQueueMetrics;
import io.tasklane.actuate.metrics.TaskWorkMetrics;
import io.tasklane.observation.TaskWorkListener;
import io.tasklane.store.TaskCommitListener;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TasklaneMetricsAutoConfigurationTests {

    private final StubQueueStore store = new StubQueueStore().queued("email", 10);

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class,
                    TasklaneStatisticsAutoConfiguration.class,
                    TasklaneMetricsAutoConfiguration.class));

    private final ApplicationContextRunner withStore =
            this.contextRunner.withBean(StubQueueStore.class, () -> this.store);

    @Test
    void gaugesOfAllQueuesAreThereWhenTheApplicationHasStarted() {
        this.withStore.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("tasklane.queue.depth")
                            .tag("queue", "email")
                            .gauge()
                            .value())
                    .isEqualTo(10);
            assertThat(registry.get("tasklane.task.lease.lost").counter().count())
                    .isZero();
        });
    }

    @Test
    void listenersAreOfferedToTheStoreAndToTheWorker() {
        this.withStore.run(context -> {
            assertThat(context.getBeansOfType(TaskCommitListener.class).values())
                    .hasAtLeastOneElementOfType(TaskEnqueuedMetrics.class)
                    .hasAtLeastOneElementOfType(TaskQueueMetrics.class);
            assertThat(context.getBeansOfType(TaskWorkListener.class).values())
                    .hasOnlyElementsOfType(TaskWorkMetrics.class);
        });
    }

    @Test
    void noExecutorBeanThatWouldReplaceTheOneOfTheApplication() {
        this.withStore.run(context -> assertThat(context).doesNotHaveBean(Executor.class));
    }

    @Test
    void databaseThatIsAwayDoesNotKeepTheApplicationFromStarting() {
        this.store.onRead(() -> {
            throw new IllegalStateException("database away");
        });

        this.withStore.run(context -> assertThat(context).hasNotFailed().hasSingleBean(TaskQueueMetrics.class));
    }

    @Test
    void nothingHappensWithoutAStore() {
        this.contextRunner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskQueueMetrics.class));
    }

    @Test
    void nothingHappensWithoutAMeterRegistry() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        TasklaneStatisticsAutoConfiguration.class, TasklaneMetricsAutoConfiguration.class))
                .withBean(StubQueueStore.class, () -> this.store)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskQueueMetrics.class));
    }

    @Test
    void nothingHappensWithoutMicrometer() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        TasklaneStatisticsAutoConfiguration.class, TasklaneMetricsAutoConfiguration.class))
                .withBean(StubQueueStore.class, () -> this.store)
                .withClassLoader(new FilteredClassLoader("io.micrometer.core"))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(TasklaneMetricsAutoConfiguration.class));
    }

    @Test
    void registryOfTheApplicationIsUsed() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        TasklaneStatisticsAutoConfiguration.class, TasklaneMetricsAutoConfiguration.class))
                .withBean(StubQueueStore.class, () -> this.store)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context).hasSingleBean(TaskEnqueuedMetrics.class));
    }
}
