package io.tasklane.autoconfigure.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.Task;
import io.tasklane.TaskClient;
import io.tasklane.TaskHandle;
import io.tasklane.handler.TaskHandlerRegistry;
import io.tasklane.store.schema.SchemaValidationException;
import io.tasklane.test.TestDatabase;
import io.tasklane.worker.WorkerContainerInfo;
import io.tasklane.worker.WorkerContainers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The start and the end of hosts. */
@Timeout(60)
class HostLifecycleTests {

    @Test
    void c9_anEmptyDatabaseStartsUnlessItMayOnlyBeValidated() {
        try (TestDatabase database = TestDatabase.h2()) {
            ApplicationContextRunner host = Hosts.boot().withPropertyValues(Hosts.of(database));
            host.withPropertyValues("tasklane.schema.mode=validate")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOfSatisfying(
                                    SchemaValidationException.class,
                                    failure -> assertThat(failure.missing()).contains("V1__Tasks.sql")));
            host.run(context -> assertThat(context).hasNotFailed());
            for (String mode : new String[] {"validate", "none"}) {
                host.withPropertyValues("tasklane.schema.mode=" + mode).run(context -> {
                    context.getBean(Confirmations.class).confirm(mode);
                    await().untilAsserted(() ->
                            assertThat(context.getBean(Confirmed.class).names()).contains(mode));
                });
            }
        }
    }

    @Test
    void c9_theTablePrefixIsTheHostsChoice() {
        try (TestDatabase database = TestDatabase.h2()) {
            Hosts.boot()
                    .withPropertyValues(Hosts.of(database))
                    .withPropertyValues("tasklane.table-prefix=jobs_")
                    .run(context -> {
                        context.getBean(Confirmations.class).confirm("prefixed");
                        assertThat(JdbcClient.create(database.dataSource())
                                        .sql("select count(*) from jobs_tasks")
                                        .query(Long.class)
                                        .single())
                                .isEqualTo(1);
                    });
        }
    }

    @Test
    void c10_closingTheContextLetsATaskEndWithinTheDrainTimeout() {
        try (TestDatabase database = TestDatabase.h2()) {
            Hosts.boot()
                    .withBean(Worker.class)
                    .withPropertyValues(Hosts.of(database))
                    .run(context -> {
                        Worker worker = context.getBean(Worker.class);
                        TaskHandle<Void> handle =
                                context.getBean(TaskClient.class).enqueue(() -> worker.hold());
                        await().until(worker::isHolding);
                        WorkerContainers containers = context.getBean(WorkerContainers.class);
                        Thread closing = new Thread(context.getSourceApplicationContext()::close);
                        closing.start();
                        await().until(() -> containers.containers().stream()
                                .allMatch(container -> container.state() == WorkerContainerInfo.State.DRAINING));
                        worker.letGo();
                        closing.join();
                        assertThat(state(database, handle)).isEqualTo("SUCCEEDED");
                    });
        }
    }

    @Test
    void c10_closingTheContextPutsATaskBackThatTakesLonger() {
        try (TestDatabase database = TestDatabase.h2()) {
            Hosts.boot()
                    .withBean(Worker.class)
                    .withPropertyValues(Hosts.of(database))
                    .withPropertyValues("tasklane.worker.drain-timeout=100ms")
                    .run(context -> {
                        Worker worker = context.getBean(Worker.class);
                        TaskHandle<Void> handle =
                                context.getBean(TaskClient.class).enqueue(() -> worker.hold());
                        await().until(worker::isHolding);
                        context.getSourceApplicationContext().close();
                        assertThat(state(database, handle)).isEqualTo("QUEUED");
                    });
        }
    }

    @Test
    void tasksRunInAContextThatCreatesItsBeansLazily() {
        Hosts.boot()
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withPropertyValues(Hosts.h2())
                .run(context -> {
                    context.getBean(Confirmations.class).confirm("lazy");
                    await().untilAsserted(() ->
                            assertThat(context.getBean(Confirmed.class).names()).containsExactly("lazy"));
                });
    }

    @Test
    void tasksRunThroughProxiesOfInterfaces() {
        Hosts.boot()
                .withBean("greeter", PoliteGreeter.class)
                .withPropertyValues(Hosts.h2())
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .run(context -> {
                    Greeter greeter = context.getBean(Greeter.class);
                    assertThat(AopUtils.isJdkDynamicProxy(greeter)).isTrue();
                    assertThat(greeter.greet("Ada").get(Duration.ofSeconds(30))).isEqualTo("Dear Ada");
                    TaskHandle<String> later = context.getBean(TaskClient.class)
                            .with(o -> o.queue("email"))
                            .enqueue(() -> greeter.greet("Grace"));
                    assertThat(later.get(Duration.ofSeconds(30))).isEqualTo("Dear Grace");
                });
    }

    @Test
    void tasksMayBeMethodsOfAConfiguration() {
        Hosts.boot()
                .withUserConfiguration(SmallApplication.class)
                .withPropertyValues(Hosts.h2())
                .run(context -> {
                    assertThat(context.getBean(SmallApplication.class)
                                    .greet("Ada")
                                    .get(Duration.ofSeconds(30)))
                            .isEqualTo("Hi Ada");
                    assertThat(context.getBean(TaskHandlerRegistry.class).find("SmallApplication.greet"))
                            .isPresent();
                });
    }

    private static String state(TestDatabase database, TaskHandle<?> handle) {
        return JdbcClient.create(database.dataSource())
                .sql("select state from tasklane_tasks where id = ?")
                .param(handle.id().value())
                .query(String.class)
                .single();
    }

    @Configuration
    static class SmallApplication {

        @Bean
        String greeting() {
            return "Hi";
        }

        @Task
        public TaskHandle<String> greet(String name) {
            return TaskHandle.of(greeting() + " " + name);
        }
    }

    interface Greeter {

        TaskHandle<String> greet(String name);
    }

    static class PoliteGreeter implements Greeter {

        @Override
        @Task
        public TaskHandle<String> greet(String name) {
            return TaskHandle.of("Dear " + name);
        }
    }

    static class Worker {

        private final CountDownLatch holding = new CountDownLatch(1);

        private final CountDownLatch enough = new CountDownLatch(1);

        boolean isHolding() {
            return this.holding.getCount() == 0;
        }

        void letGo() {
            this.enough.countDown();
        }

        @Task
        public void hold() throws InterruptedException {
            this.holding.countDown();
            this.enough.await();
        }
    }
}
