package io.tasklane.actuate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class TaskWorkMetricsTests {

    @Test
    void guarantee4_eachLostLeaseIsCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        TaskWorkMetrics metrics = new TaskWorkMetrics(() -> registry);
        metrics.bindTo(registry);
        assertThat(registry.get("tasklane.task.lease.lost").counter().count()).isZero();
        metrics.leaseLost("email", "Mailer.send");
        metrics.leaseLost("reports", "Reports.monthly");
        assertThat(registry.get("tasklane.task.lease.lost").counter().count()).isEqualTo(2);
    }
}
