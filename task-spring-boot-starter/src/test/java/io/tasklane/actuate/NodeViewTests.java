package io.tasklane.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.actuate.endpoint.TaskWorkerDescriptor;
import io.tasklane.actuate.endpoint.TaskWorkersEndpoint;
import io.tasklane.actuate.endpoint.WorkerContainerDescriptor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class NodeViewTests {

    @Test
    void d21_environmentVariableBeatsTheFile() {
        Map<String, Object> variables = Map.of(
                "TASKLANE_WORKER_CONTAINERS_MAIN_QUEUES", "email,vip",
                "TASKLANE_WORKER_CONTAINERS_MAIN_CONCURRENCY", "7",
                "TASKLANE_QUEUES_EMAIL_POLLINTERVAL", "3s");

        try (ConfigurableApplicationContext context = start(variables)) {
            WorkerContainerDescriptor main = container(context, "main");

            assertThat(main.queues()).containsExactly("email", "vip");
            assertThat(main.concurrency()).isEqualTo(7);
            assertThat(main.pollIntervals()).containsEntry("email", "3s").containsEntry("vip", "1s");
        }
    }

    @Test
    void fileAloneIsShownAsWritten() {
        try (ConfigurableApplicationContext context = start(Map.of())) {
            WorkerContainerDescriptor main = container(context, "main");

            assertThat(main.queues()).containsExactly("email", "reports");
            assertThat(main.concurrency()).isEqualTo(5);
            assertThat(main.order()).isEqualTo("strict");
            assertThat(main.pollIntervals()).containsEntry("email", "60s");
        }
    }

    private static ConfigurableApplicationContext start(Map<String, Object> variables) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.location=classpath:io/tasklane/actuate/containers.yaml")
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
                .run();
    }

    private static WorkerContainerDescriptor container(ConfigurableApplicationContext context, String name) {
        TaskWorkersEndpoint endpoint = context.getBean(TaskWorkersEndpoint.class);
        List<WorkerContainerDescriptor> containers = await().until(() -> thisNode(endpoint), found -> found != null);
        return containers.stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<WorkerContainerDescriptor> thisNode(TaskWorkersEndpoint endpoint) {
        return endpoint.workers().workers().stream()
                .map(TaskWorkerDescriptor::containers)
                .filter(containers -> containers != null && !containers.isEmpty())
                .findFirst()
                .orElse(null);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
            })
    static class Application {}
}
