package io.tasklane.actuate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.actuate.CachedQueueStatistics;
import io.tasklane.actuate.StubQueueStore;
import io.tasklane.store.NewTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.StaticApplicationContext;

class TaskQueueMetricsTests {

    private final StubQueueStore store = new StubQueueStore().queued("default", 0);

    private final AtomicLong nanos = new AtomicLong();

    private final TaskQueueMetrics metrics = new TaskQueueMetrics(
            new CachedQueueStatistics(this.store, Runnable::run, this.nanos::get, CachedQueueStatistics.LIMITS));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @BeforeEach
    void bind() {
        this.metrics.bindTo(this.registry);
    }

    @Test
    void d18_scrapeShowsTheDepthOfAQueue() {
        this.store.queued("email", 10);
        start();

        assertThat(scrape()).contains("tasklane_queue_depth{queue=\"email\"} 10.0");
    }

    @Test
    void x15_drainedQueueShowsZeroAndIsNotAbsent() {
        this.store.queued("email", 10);
        start();
        this.store.queued("email", 0);
        pass(Duration.ofSeconds(5));

        assertThat(scrape())
                .contains("tasklane_queue_depth{queue=\"email\"} 0.0")
                .contains("tasklane_queue_oldest_age_seconds{queue=\"email\"} 0.0");
    }

    @Test
    void x15_depthLeavesOutTasksThatAreNotYetDue() {
        this.store.set("email", Map.of(TaskState.SCHEDULED, 4L, TaskState.FAILED, 2L), null, 3);
        start();

        assertThat(scrape())
                .contains("tasklane_queue_depth{queue=\"email\"} 0.0")
                .contains("tasklane_queue_tasks{queue=\"email\",state=\"SCHEDULED\"} 4.0")
                .contains("tasklane_queue_tasks{queue=\"email\",state=\"FAILED\"} 2.0")
                .contains("tasklane_queue_tasks{queue=\"email\",state=\"RUNNING\"} 0.0");
    }

    @Test
    void d19_scrapeShowsHowLongTheOldestTaskHasBeenWaiting() {
        this.store.queued("realtime", 1);
        start();

        assertThat(scrape()).contains("tasklane_queue_oldest_age_seconds{queue=\"realtime\"} 12.5");
    }

    @Test
    void c16_scrapeShowsTheNumberOfConsumers() {
        this.store.set("tpu", Map.of(), null, 0).set("email", Map.of(), null, 2);
        start();

        assertThat(scrape())
                .contains("tasklane_queue_consumers{queue=\"tpu\"} 0.0")
                .contains("tasklane_queue_consumers{queue=\"email\"} 2.0");
    }

    @Test
    void oneReadingServesAllGaugesWithinTheTimeToLive() {
        this.store.queued("email", 1).queued("reports", 2);
        start();
        int before = this.store.reads();
        pass(Duration.ofSeconds(5));

        scrape();
        scrape();

        assertThat(this.store.reads() - before).isEqualTo(1);
    }

    @Test
    void queueThatAppearsLaterGetsItsGauges() {
        start();
        this.store.queued("late", 7);
        pass(Duration.ofSeconds(5));

        scrape();

        assertThat(scrape()).contains("tasklane_queue_depth{queue=\"late\"} 7.0");
    }

    @Test
    void queueThatThisNodeEnqueuesToGetsItsGaugesAtOnce() {
        start();
        this.store.queued("late", 7);

        this.metrics.committed(List.of(task("late")));

        assertThat(scrape()).contains("tasklane_queue_depth{queue=\"late\"} 7.0");
    }

    @Test
    void databaseThatIsAwayAtStartGivesNoNumberButTheRestOfTheScrape() {
        this.store.onRead(() -> {
            throw new IllegalStateException("database away");
        });
        start();

        assertThat(scrape()).contains("tasklane_queue_depth{queue=\"default\"} NaN");
    }

    private void start() {
        this.metrics.onApplicationEvent(new ContextRefreshedEvent(new StaticApplicationContext()));
    }

    private String scrape() {
        return this.registry.scrape();
    }

    private void pass(Duration time) {
        this.nanos.addAndGet(time.toNanos());
    }

    private static NewTask task(String queue) {
        return new NewTask(new TaskId(1), "Mailer.welcome", queue, 0, 3, "{}", Map.of(), null, null);
    }
}
