package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.Task;
import io.tasklane.TaskHandle;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Tasks on an executor of the application. */
class ExecutorBeanTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    TasklaneAnnotationAutoConfiguration.class,
                    TasklaneAutoConfiguration.class,
                    TasklaneJacksonAutoConfiguration.class,
                    TasklaneMemoryAutoConfiguration.class,
                    TasklaneWorkerAutoConfiguration.class))
            .withPropertyValues("tasklane.store=memory")
            .withBean(Threads.class);

    @Test
    void c19_aQueueRunsOnTheExecutorOfItsNameAndOthersDoNot() {
        this.context
                .withBean("mail", TaskExecutor.class, ExecutorBeanTests::executor)
                .withPropertyValues("tasklane.queues.email.executor=bean:mail")
                .run(context -> {
                    Threads threads = context.getBean(Threads.class);
                    assertThat(threads.email().get(Duration.ofSeconds(10))).startsWith("mail-executor-");
                    assertThat(threads.other().get(Duration.ofSeconds(10))).startsWith("task-default-");
                });
    }

    @Test
    void c19_anUnknownExecutorFailsTheStartAndNamesThoseThatThereAre() {
        this.context
                .withBean("mail", TaskExecutor.class, ExecutorBeanTests::executor)
                .withPropertyValues(
                        "tasklane.queues.email.executor=bean:mial",
                        "tasklane.worker.containers.one.queues=default",
                        "tasklane.worker.containers.one.executor=bean:taskQueueRegistry")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidTasklanePropertiesException.class, failure -> {
                            assertThat(failure.problems())
                                    .extracting(PropertyProblem::property)
                                    .containsExactly(
                                            "tasklane.queues.email.executor",
                                            "tasklane.worker.containers.one.executor");
                            assertThat(failure.problems().get(0).reason())
                                    .isEqualTo("there is no bean 'mial'. Use one of: mail");
                        }));
        this.context
                .withPropertyValues("tasklane.defaults.executor=bean:mail", "tasklane.queues.email=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("There is no TaskExecutor bean at all"));
    }

    private static TaskExecutor executor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix("mail-executor-");
        executor.initialize();
        return executor;
    }

    static class Threads {

        @Task(queue = "email")
        public TaskHandle<String> email() {
            return TaskHandle.of(Thread.currentThread().getName());
        }

        @Task
        public TaskHandle<String> other() {
            return TaskHandle.of(Thread.currentThread().getName());
        }
    }
}
