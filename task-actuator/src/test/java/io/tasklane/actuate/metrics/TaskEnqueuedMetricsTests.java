package io.tasklane.actuate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tasklane.TaskId;
import io.tasklane.store.NewTask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskEnqueuedMetricsTests {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final TaskEnqueuedMetrics metrics = new TaskEnqueuedMetrics(() -> this.registry);

    @Test
    void countsByTaskAndQueue() {
        this.metrics.committed(List.of(task("Mailer.welcome", "email"), task("Mailer.welcome", "vip")));
        this.metrics.committed(List.of(task("Mailer.welcome", "email")));

        assertThat(this.registry.scrape())
                .contains("tasklane_task_enqueued_total{queue=\"email\",task=\"Mailer.welcome\"} 2.0")
                .contains("tasklane_task_enqueued_total{queue=\"vip\",task=\"Mailer.welcome\"} 1.0");
    }

    private static NewTask task(String name, String queue) {
        return new NewTask(new TaskId(1), name, queue, 0, 3, "{}", Map.of(), null, null);
    }
}
