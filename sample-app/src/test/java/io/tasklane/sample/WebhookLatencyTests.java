package io.tasklane.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskClient;
import io.tasklane.TaskHandle;
import io.tasklane.TaskState;
import io.tasklane.sample.report.SalesReports;
import io.tasklane.sample.webhook.Webhooks;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Queues separated by latency: reports that take long, and webhooks that must not wait for them. */
@ShopTest
@TestPropertySource(properties = {"shop.simulated.long-work=60s", "tasklane.worker.drain-timeout=0s"})
class WebhookLatencyTests {

    @Autowired
    TaskClient tasks;

    @Autowired
    SalesReports reports;

    @Autowired
    Webhooks webhooks;

    @Test
    void d19_webhookStartsWithinASecondWhileReportsFillTheirQueue() {
        List<TaskHandle<?>> archive =
                this.tasks.batch(() -> IntStream.rangeClosed(1, 20).forEach(this.reports::archive));
        Awaitility.await().until(() -> running(archive), count -> count == 2);

        TaskHandle<Void> webhook = this.tasks.enqueue(() -> this.webhooks.deliver("order-paid"));

        webhook.get(Duration.ofSeconds(1)); // throws if it has not ended by then
        assertThat(webhook.isSucceeded()).isTrue();
        assertThat(running(archive))
                .as("the reports' two slots are still taken")
                .isEqualTo(2);
    }

    private static long running(List<TaskHandle<?>> handles) {
        return handles.stream()
                .flatMap(handle -> handle.state().stream())
                .filter(state -> state == TaskState.RUNNING)
                .count();
    }
}
