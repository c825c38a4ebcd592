package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.store.TaskFilter;
import io.tasklane.store.TaskPageRequest;
import io.tasklane.store.TaskSearch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.json.JsonContent;

/** Starts the application and uses it from outside. */
class ShopTests {

    private final HttpClient http = HttpClient.newHttpClient();

    private String address = "";

    @Test
    void taskIsEnqueuedInATransactionRunAndShown() throws Exception {
        assertThat(SpringBootVersion.getVersion()).startsWith("4.0.");
        try (ConfigurableApplicationContext context =
                SpringApplication.run(ShopApplication.class, "--server.port=0")) {
            this.address = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");

            assertThat(send("POST", "/orders?item=lamp&inStock=true").statusCode()).isEqualTo(200);
            assertThat(send("POST", "/orders?item=desk&inStock=false").statusCode()).isEqualTo(409);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(read("/orders"))
                    .isEqualTo("[{\"item\":\"lamp\",\"confirmed\":true}]"));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(read("/actuator/prometheus"))
                        .contains("tasklane_task_enqueued_total{queue=\"email\",task=\"Mailer.confirm\"} 1.0")
                        .contains("tasklane_queue_depth{queue=\"email\"} 0.0")
                        .contains("tasklane_queue_tasks{queue=\"email\",state=\"SUCCEEDED\"} 1.0")
                        .containsPattern("tasklane_task_execution_seconds_count\\{.*outcome=\"succeeded\".*} 1");
                assertThat(new JsonContent(read("/actuator/taskqueues")))
                        .isLenientlyEqualTo(
                                """
                                {"queues": {"email": {"state": "ACTIVE", "consumers": 1,
                                  "tasks": {"SUCCEEDED": 1, "QUEUED": 0, "RUNNING": 0, "FAILED": 0}}}}
                                """);
                assertThat(read("/actuator/taskworkers")).contains("\"email\"");
                assertThat(new JsonContent(read("/actuator/health/tasks"))).isLenientlyEqualTo("{\"status\": \"UP\"}");
            });
            assertThat(context.getBean(TaskSearch.class)
                            .find(TaskFilter.ANY, TaskPageRequest.first(10))
                            .tasks())
                    .singleElement()
                    .satisfies(task -> assertThat(task.task()).isEqualTo("Mailer.confirm"));
        }
    }

    private String read(String path) throws Exception {
        HttpResponse<String> response = send("GET", path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(this.address + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return this.http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
