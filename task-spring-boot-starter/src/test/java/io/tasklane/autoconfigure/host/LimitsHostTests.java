package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tasklane.RateLimit;
import io.tasklane.Task;
import io.tasklane.TaskAdmin;
import io.tasklane.TaskQueuePausedEvent;
import io.tasklane.TaskQueues;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

/** Applications that limit and pause what their tasks work with. */
class LimitsHostTests {

    private final ApplicationContextRunner host = Hosts.boot()
            .withPropertyValues(Hosts.h2())
            .withPropertyValues(
                    "tasklane.queues.bulk.retries=0",
                    "tasklane.queues.bulk.auto-pause.failures=2",
                    "tasklane.queues.bulk.auto-pause.duration=1h")
            .withBean(Mails.class);

    @Test
    void rank30_theLimitOfTheAnnotationIsAppliedAndChangedWhileTheApplicationRuns() {
        this.host.run(context -> {
            TaskAdmin admin = context.getBean(TaskAdmin.class);
            assertThat(admin.rateLimits()).isEqualTo(Map.of("Mails.newsletter", RateLimit.parse("100/m")));
            admin.rateLimit("Mails.newsletter", RateLimit.parse("5/s"));
            assertThat(admin.rateLimits()).isEqualTo(Map.of("Mails.newsletter", RateLimit.parse("5/s")));
            admin.rateLimit("Mails.newsletter", null);
            assertThat(admin.rateLimits()).isEmpty();
        });
    }

    @Test
    void rank30_theLimitOfTheConfigurationWinsOverTheAnnotationAndTheRunningChangeOverBoth() {
        // Outlives each of the applications.
        String url = "spring.datasource.url=jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID());
        ApplicationContextRunner limited = this.host
                .withPropertyValues(url)
                .withPropertyValues(
                        "tasklane.tasks[Mails.newsletter].rate-limit=7",
                        "tasklane.tasks[Mails.newsletter].rate-interval=2s");
        limited.run(context -> {
            TaskAdmin admin = context.getBean(TaskAdmin.class);
            assertThat(admin.rateLimits()).isEqualTo(Map.of("Mails.newsletter", RateLimit.parse("7/2s")));
            admin.rateLimit("Mails.newsletter", RateLimit.parse("5/s"));
        });
        limited.run(context -> assertThat(context.getBean(TaskAdmin.class).rateLimits())
                .isEqualTo(Map.of("Mails.newsletter", RateLimit.parse("5/s"))));
        this.host
                .withPropertyValues(url)
                .run(context -> assertThat(context.getBean(TaskAdmin.class).rateLimits())
                        .isEqualTo(Map.of("Mails.newsletter", RateLimit.parse("100/m"))));
    }

    @Test
    void rank32_theApplicationIsToldOfAPauseByAnEvent() {
        this.host.run(context -> {
            Mails mails = context.getBean(Mails.class);
            mails.welcome();
            mails.welcome();
            await().until(() -> !mails.paused().isEmpty());
            assertThat(mails.paused())
                    .extracting(
                            TaskQueuePausedEvent::queue, event -> event.error().message())
                    .containsExactly(tuple("bulk", "the mail server is away"));
            assertThat(context.getBean(TaskQueues.class).get("bulk").isPaused()).isTrue();
        });
    }

    static class Mails {

        private final List<TaskQueuePausedEvent> paused = new CopyOnWriteArrayList<>();

        @Task(queue = "bulk", rateLimit = "100/m")
        public void newsletter() {}

        @Task(queue = "bulk")
        public void welcome() {
            throw new IllegalStateException("the mail server is away");
        }

        List<TaskQueuePausedEvent> paused() {
            return this.paused;
        }

        @EventListener
        public void paused(TaskQueuePausedEvent event) {
            this.paused.add(event);
        }
    }
}
