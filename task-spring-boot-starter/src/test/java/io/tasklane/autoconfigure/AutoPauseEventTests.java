package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.Task;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueuePausedEvent;
import io.tasklane.TaskQueues;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

/** A queue whose tasks fail, in an application. */
class AutoPauseEventTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    TasklaneAnnotationAutoConfiguration.class,
                    TasklaneAutoConfiguration.class,
                    TasklaneJacksonAutoConfiguration.class,
                    TasklaneMemoryAutoConfiguration.class,
                    TasklaneWorkerAutoConfiguration.class))
            .withPropertyValues(
                    "tasklane.store=memory",
                    "tasklane.queues.email.retries=0",
                    "tasklane.queues.email.auto-pause.failures=2",
                    "tasklane.queues.email.auto-pause.duration=1h")
            .withBean(Mailer.class)
            .withBean(Pager.class);

    @Test
    void rank32_itsPauseIsPublishedAsAnApplicationEventOnce() {
        this.context.run(context -> {
            Mailer mailer = context.getBean(Mailer.class);
            mailer.send();
            mailer.send();
            Pager pager = context.getBean(Pager.class);
            TaskQueuePausedEvent event = pager.events.poll(10, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            assertThat(event.queue()).isEqualTo("email");
            assertThat(event.duration()).isEqualTo(Duration.ofHours(1));
            assertThat(event.failures()).isEqualTo(2);
            assertThat(event.error().message()).isEqualTo("the mail server is away");
            TaskQueue queue = context.getBean(TaskQueues.class).get("email");
            assertThat(queue.isPaused()).isTrue();
            assertThat(pager.events).isEmpty();
        });
    }

    static class Mailer {

        @Task(queue = "email")
        public void send() {
            throw new IllegalStateException("the mail server is away");
        }
    }

    static class Pager {

        private final BlockingQueue<TaskQueuePausedEvent> events = new LinkedBlockingQueue<>();

        @EventListener
        void paused(TaskQueuePausedEvent event) {
            this.events.add(event);
        }
    }
}
