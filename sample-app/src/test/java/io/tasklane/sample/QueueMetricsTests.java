package io.tasklane.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What Prometheus scrapes. */
@ShopTest
class QueueMetricsTests {

    @Autowired
    Shop shop;

    @Test
    void d18_scrapeShowsTheDepthOfEachQueue() {
        this.shop.post("/api/queues/email/pause");
        this.shop.postForList("/api/newsletter");

        await().untilAsserted(() -> assertThat(scrape()).contains("tasklane_queue_depth{queue=\"email\"} 10.0"));

        this.shop.post("/api/queues/email/resume");

        await().untilAsserted(() -> assertThat(scrape())
                .as("a drained queue is shown with zero")
                .contains("tasklane_queue_depth{queue=\"email\"} 0.0"));
        assertThat(scrape()).contains("tasklane_task_enqueued_total{queue=\"email\",task=\"Newsletter.send\"} 10.0");
        await().untilAsserted(() -> assertThat(scrape())
                .containsPattern("tasklane_task_execution_seconds_count\\{.*outcome=\"succeeded\".*} 10"));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20));
    }

    private String scrape() {
        return this.shop.read("/actuator/prometheus");
    }
}
