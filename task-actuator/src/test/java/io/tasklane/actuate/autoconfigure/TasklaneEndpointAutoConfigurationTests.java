package io.tasklane.actuate.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskQueues;
import io.tasklane.actuate.endpoint.TaskQueuesEndpoint;
import io.tasklane.actuate.endpoint.TaskWorkersEndpoint;
import io.tasklane.actuate.endpoint.WorkerNodeView;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.queue.TestQueues;
import io.tasklane.store.TaskStore;
import io.tasklane.store.memory.InMemoryTaskStore;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class TasklaneEndpointAutoConfigurationTests {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TasklaneEndpointAutoConfiguration.class))
            .withUserConfiguration(StoreConfiguration.class);

    @Test
    void exposedEndpointsArePresent() {
        this.contextRunner
                .withPropertyValues("management.endpoints.web.exposure.include=taskqueues,taskworkers")
                .run(context -> assertThat(context)
                        .hasSingleBean(TaskQueuesEndpoint.class)
                        .hasSingleBean(TaskWorkersEndpoint.class));
    }

    @Test
    void endpointsThatAreNotExposedAreAbsent() {
        this.contextRunner.run(context -> assertThat(context)
                .doesNotHaveBean(TaskQueuesEndpoint.class)
                .doesNotHaveBean(TaskWorkersEndpoint.class));
    }

    @Test
    void endpointsExposedOverJmxOnlyArePresent() {
        this.contextRunner
                .withPropertyValues("management.endpoints.jmx.exposure.include=*", "spring.jmx.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(TaskQueuesEndpoint.class));
    }

    @Test
    void endpointWithoutAccessIsAbsent() {
        this.contextRunner
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=*", "management.endpoint.taskqueues.access=NONE")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(TaskQueuesEndpoint.class)
                        .hasSingleBean(TaskWorkersEndpoint.class));
    }

    @Test
    void endpointsOfTheApplicationWin() {
        this.contextRunner
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .withUserConfiguration(OwnEndpointConfiguration.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(TaskQueuesEndpoint.class)
                        .hasBean("ownEndpoint"));
    }

    @Test
    void nothingHappensWithoutAStore() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TasklaneEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TaskQueuesEndpoint.class));
    }

    @Test
    void nothingHappensWithoutActuator() {
        this.contextRunner
                .withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(TasklaneEndpointAutoConfiguration.class)
                        .doesNotHaveBean(WorkerNodeView.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class StoreConfiguration {

        @Bean
        TaskStore taskStore() {
            return new InMemoryTaskStore(InstantSource.system());
        }

        @Bean
        QueueRegistry queueRegistry(TaskStore store) {
            return new QueueRegistry(() -> store, TaskDefaults.DEFAULT);
        }

        @Bean
        TaskQueues taskQueues(TaskStore store, QueueRegistry registry) {
            return TestQueues.of(store, registry);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnEndpointConfiguration {

        @Bean
        TaskQueuesEndpoint ownEndpoint(TaskQueues queues, TaskStore store, QueueRegistry registry) {
            return new TaskQueuesEndpoint(queues, store, registry, null);
        }
    }
}
