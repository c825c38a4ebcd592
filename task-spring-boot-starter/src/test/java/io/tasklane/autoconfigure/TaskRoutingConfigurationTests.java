package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.Completion;
import io.tasklane.Task;
import io.tasklane.TaskAdmin;
import io.tasklane.TaskClient;
import io.tasklane.TaskDetails;
import io.tasklane.TaskHandle;
import io.tasklane.TaskId;
import io.tasklane.TaskQueues;
import io.tasklane.TaskRequest;
import io.tasklane.TaskRoute;
import io.tasklane.TaskRouter;
import io.tasklane.handler.TaskHandlerRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TaskRoutingConfigurationTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    TasklaneAnnotationAutoConfiguration.class,
                    TasklaneAutoConfiguration.class,
                    TasklaneJacksonAutoConfiguration.class,
                    TasklaneMemoryAutoConfiguration.class))
            .withPropertyValues(
                    "tasklane.store=memory",
                    "tasklane.worker.enabled=false",
                    "tasklane.queues.email.max-priority=50",
                    "tasklane.queues.notifications=",
                    "tasklane.queues.bulk=")
            .withBean(Shop.class);

    @Test
    void p6_x24_routesOfTheConfigurationWinOverAnnotationsAndCallsOverRoutes() {
        this.context
                .withPropertyValues(
                        "tasklane.routes[0].task=Shop.w*",
                        "tasklane.routes[0].queue=notifications",
                        "tasklane.routes[0].priority=5",
                        "tasklane.routes[1].pattern=.*\\.(welcome|tidy)",
                        "tasklane.routes[1].queue=bulk")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    TaskDetails welcome = find(context, shop.welcome(1, "a").id());
                    assertThat(welcome.queue()).isEqualTo("notifications");
                    assertThat(welcome.priority()).isEqualTo(5);
                    TaskClient client = context.getBean(TaskClient.class);
                    TaskHandle<?> tidy = client.enqueue(() -> shop.tidy());
                    assertThat(find(context, tidy.id()).queue()).isEqualTo("bulk");
                    TaskHandle<?> called = client.with(o -> o.queue("email")).enqueue(() -> shop.welcome(1, "b"));
                    assertThat(find(context, called.id()).queue()).isEqualTo("email");
                    TaskHandle<?> named = client.enqueue(TaskRequest.named("Elsewhere.welcome"));
                    assertThat(find(context, named.id()).queue()).isEqualTo("bulk");
                });
    }

    @Test
    void rank19_overridesOfTheConfigurationWinOverTheAnnotation() {
        this.context
                .withPropertyValues(
                        "tasklane.tasks[Shop.welcome].queue=bulk",
                        "tasklane.tasks[Shop.welcome].priority=3",
                        "tasklane.tasks[Shop.welcome].retries=8",
                        "tasklane.tasks[Shop.welcome].delay=10m",
                        "tasklane.tasks[Shop.welcome].timeout=30s",
                        "tasklane.tasks[Shop.welcome].backoff.initial=2s",
                        "tasklane.routes[0].task=Shop.*",
                        "tasklane.routes[0].queue=notifications")
                .run(context -> {
                    TaskDetails task = find(
                            context, context.getBean(Shop.class).welcome(1, "a").id());
                    assertThat(task.queue()).isEqualTo("bulk");
                    assertThat(task.priority()).isEqualTo(3);
                    assertThat(task.retries()).isEqualTo(8);
                    assertThat(task.runAt()).isEqualTo(task.createdAt().plus(Duration.ofMinutes(10)));
                    assertThat(context.getBean(TaskHandlerRegistry.class)
                                    .find("Shop.welcome")
                                    .orElseThrow()
                                    .definition())
                            .satisfies(definition -> {
                                assertThat(definition.timeout()).isEqualTo(Duration.ofSeconds(30));
                                assertThat(definition.backoff().initial()).isEqualTo(Duration.ofSeconds(2));
                                assertThat(definition.backoff().max()).isNull();
                            });
                });
    }

    @Test
    void p6_routersAreAskedInTheirOrderAndMayNeedTheClient() {
        this.context
                .withBean(
                        "router",
                        TaskRouter.class,
                        () -> request -> "vip".equals(request.arguments().get("template"))
                                ? Optional.of(TaskRoute.to("bulk"))
                                : Optional.empty())
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    assertThat(find(context, shop.welcome(1, "vip").id()).queue())
                            .isEqualTo("bulk");
                    assertThat(find(context, shop.welcome(1, "other").id()).queue())
                            .isEqualTo("email");
                });
    }

    @Test
    void x20_aRouteOrAnOverrideToAnUndeclaredQueueFailsTheStartAndNamesTheProperty() {
        ApplicationContextRunner wrong = this.context.withPropertyValues(
                "tasklane.tasks[Shop.tidy].queue=blk",
                "tasklane.routes[0].task=Shop.welcome",
                "tasklane.routes[0].queue=notification");
        wrong.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOfSatisfying(
                        InvalidTasklanePropertiesException.class,
                        failure -> assertThat(failure.problems())
                                .extracting(PropertyProblem::property)
                                .containsExactly("tasklane.tasks.\"[Shop.tidy]\".queue", "tasklane.routes[0].queue")));
        wrong.withPropertyValues("tasklane.create-missing-queues=true").run(context -> {
            assertThat(context.getBean(TaskQueues.class).get("notification")).isNotNull();
            assertThat(find(context, context.getBean(Shop.class).welcome(1, "a").id())
                            .queue())
                    .isEqualTo("notification");
        });
    }

    @Test
    void p6_whatCannotWorkIsToldInOneReport() {
        this.context
                .withPropertyValues(
                        "tasklane.routes[0].queue=bulk",
                        "tasklane.routes[1].task=Shop.*",
                        "tasklane.routes[2].pattern=(",
                        "tasklane.routes[2].priority=1",
                        "tasklane.routes[3].task=*",
                        "tasklane.routes[3].pattern=.*",
                        "tasklane.routes[3].queue=b lk",
                        "tasklane.routes[3].priority=-2147483648",
                        "tasklane.tasks[Shop.tidy].retries=-1",
                        "tasklane.tasks[Shop.tidy].timeout=0s",
                        "tasklane.tasks[Shop.tidy].delay=-1s",
                        "tasklane.tasks[Shop.tidy].rate-limit=-1",
                        "tasklane.tasks[Shop.welcome].rate-interval=1m",
                        "tasklane.queues.email.min-priority=51")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidTasklanePropertiesException.class,
                                failure -> assertThat(failure.problems())
                                        .extracting(PropertyProblem::property)
                                        .containsExactlyInAnyOrder(
                                                "tasklane.queues.email.min-priority",
                                                "tasklane.tasks.\"[Shop.tidy]\".retries",
                                                "tasklane.tasks.\"[Shop.tidy]\".delay",
                                                "tasklane.tasks.\"[Shop.tidy]\".timeout",
                                                "tasklane.tasks.\"[Shop.tidy]\".rate-limit",
                                                "tasklane.tasks.\"[Shop.welcome]\"",
                                                "tasklane.routes[0]",
                                                "tasklane.routes[1]",
                                                "tasklane.routes[2].pattern",
                                                "tasklane.routes[3]",
                                                "tasklane.routes[3].queue",
                                                "tasklane.routes[3].priority")));
    }

    @Test
    void rank19_namesThatMatchNoTaskAreWarnedOfWithTheNearest(CapturedOutput output) {
        this.context
                .withPropertyValues(
                        "tasklane.tasks[Shop.welcom].retries=1",
                        "tasklane.tasks[Shop.tidy].retries=1",
                        "tasklane.routes[0].task=Shop.tydi",
                        "tasklane.routes[0].queue=bulk",
                        "tasklane.routes[1].task=Shop.*",
                        "tasklane.routes[1].queue=bulk")
                .run(context -> assertThat(output.getOut().lines().filter(line -> line.contains("matches no task")))
                        .satisfiesExactly(
                                line -> assertThat(line)
                                        .contains("tasklane.tasks.\"[Shop.welcom]\"", "Did you mean 'Shop.welcome'?"),
                                line -> assertThat(line).contains("tasklane.routes[0]", "Did you mean 'Shop.tidy'?")));
    }

    @Test
    void decision15_aTaskThatStartsOnceCannotBeGivenRetries() {
        this.context
                .withBean(Once.class)
                .withPropertyValues("tasklane.tasks[Once.run].retries=2")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(
                                InvalidTasklanePropertiesException.class,
                                failure -> assertThat(failure.problems())
                                        .extracting(PropertyProblem::property)
                                        .containsExactly("tasklane.tasks.\"[Once.run]\".retries")));
    }

    private static TaskDetails find(AssertableApplicationContext context, TaskId id) {
        return context.getBean(TaskAdmin.class).find(id).orElseThrow();
    }

    static class Once {

        @Task(completion = Completion.BEFORE_RUN)
        public void run() {}
    }
}
