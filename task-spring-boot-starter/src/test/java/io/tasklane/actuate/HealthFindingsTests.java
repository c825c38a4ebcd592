package io.tasklane.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

/** Row C18 in a whole application: what the doctor of the store finds is part of the health. */
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:findings",
            "spring.flyway.enabled=false",
            "spring.liquibase.enabled=false",
            "management.endpoint.health.show-details=always",
            "tasklane.worker.enabled=false"
        })
class HealthFindingsTests {

    @Test
    void c18_aMissingIndexIsToldWithoutTurningTheHealthDown(
            @Autowired WebApplicationContext context, @Autowired JdbcClient jdbc) {
        jdbc.sql("drop index tasklane_due_queue").update();
        MockMvcTester web = MockMvcTester.from(context);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(web.get().uri("/actuator/health"))
                    .hasStatusOk()
                    .bodyJson()
                    .extractingPath("$.components.tasks.details.findings")
                    .asArray()
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Map.class,
                            finding -> assertThat(finding)
                                    .containsEntry("problem", "missing-index")
                                    .containsEntry("where", "table tasklane_due")
                                    .containsKeys("what", "remedy"));
            assertThat(web.get().uri("/actuator/health"))
                    .bodyJson()
                    .extractingPath("$.components.tasks.status")
                    .isEqualTo("UP");
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
