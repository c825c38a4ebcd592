package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tasklane.PayloadUpgrader;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.TaskAdmin;
import io.tasklane.TaskClient;
import io.tasklane.TaskDetails;
import io.tasklane.TaskHandle;
import io.tasklane.TaskQueues;
import io.tasklane.TaskRequest;
import io.tasklane.TaskState;
import io.tasklane.TaskStateException;
import io.tasklane.annotation.InvalidTaskMethodsException;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.serializer.TaskSerializer;
import io.tasklane.store.TaskSearch;
import io.tasklane.store.TaskStore;
import io.tasklane.store.memory.InMemoryTaskStore;
import io.tasklane.worker.QueueWatch;
import io.tasklane.worker.WorkerContainerRegistry;
import io.tasklane.worker.WorkerContainers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TasklaneAutoConfigurationTests {

    private final ApplicationContextRunner bare = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AopAutoConfiguration.class,
                    TasklaneAnnotationAutoConfiguration.class,
                    TasklaneAutoConfiguration.class,
                    TasklaneJacksonAutoConfiguration.class,
                    TasklaneMemoryAutoConfiguration.class,
                    TasklaneWorkerAutoConfiguration.class));

    private final ApplicationContextRunner context = this.bare.withPropertyValues("tasklane.store=memory");

    @Test
    void x16_aCallEnqueuesAndAWorkerRunsIt() {
        this.context
                .withBean(Shop.class)
                .withPropertyValues("tasklane.queues.email.concurrency=2")
                .run(context -> {
                    TaskHandle<String> handle = context.getBean(Shop.class).welcome(42, "hello");

                    assertThat(handle.get(Duration.ofSeconds(10))).isEqualTo("hello 42");
                });
    }

    @Test
    void a30_rank8_anOperatorFindsCancelsRetriesAndDeletesATask() {
        this.context
                .withBean(Shop.class)
                .withPropertyValues("tasklane.queues.email=")
                .run(context -> {
                    TaskAdmin admin = context.getBean(TaskAdmin.class);
                    context.getBean(TaskQueues.class).pause("email");
                    TaskHandle<String> handle = context.getBean(Shop.class).welcome(42, "hello");

                    assertThat(admin.cancel(handle.id())).isTrue();
                    assertThat(handle.isReady()).isTrue();
                    TaskDetails cancelled = admin.find(handle.id()).orElseThrow();
                    assertThat(cancelled.state()).isEqualTo(TaskState.CANCELLED);
                    assertThat(cancelled.payload()).contains("42", "hello");
                    assertThat(cancelled.attempts()).isEmpty();

                    context.getBean(TaskQueues.class).resume("email");
                    assertThat(admin.retry(handle.id())).isTrue();
                    assertThat(handle.get(Duration.ofSeconds(10))).isEqualTo("hello 42");
                    assertThatExceptionOfType(TaskStateException.class).isThrownBy(() -> admin.retry(handle.id()));
                    assertThat(admin.delete(handle.id())).isTrue();
                    assertThat(admin.find(handle.id())).isEmpty();
                });
    }

    @Test
    void rank8_aFailedTaskShowsWhatItsAttemptsThrew() {
        this.context.withBean(Shop.Unlucky.class).run(context -> {
            TaskHandle<?> handle = context.getBean(TaskClient.class).enqueue(TaskRequest.named("Unlucky.run"));
            await().until(handle::isFailed);
            TaskDetails failed =
                    context.getBean(TaskAdmin.class).find(handle.id()).orElseThrow();
            assertThat(failed.attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.outcome()).isEqualTo("FAILED");
                assertThat(attempt.error()).isEqualTo(failed.error()).isNotNull();
            });
        });
    }

    @Test
    void theApplicationsOwnTaskAdminWins() {
        TaskAdmin admin = org.mockito.Mockito.mock();
        this.context
                .withBean(TaskAdmin.class, () -> admin)
                .run(context -> assertThat(context).getBean(TaskAdmin.class).isSameAs(admin));
    }

    @Test
    void d14_withoutAnyConfigurationTheDefaultQueueIsServed() {
        this.context.run(context -> {
            assertThat(context.getBean(TaskQueues.class).list())
                    .extracting(queue -> queue.name())
                    .containsExactly("default");
            assertThat(context.getBean(WorkerContainerRegistry.class).isRunning())
                    .isTrue();
        });
    }

    @Test
    void d1_queuesOfTheSettingsAreStored() {
        this.context
                .withPropertyValues("tasklane.queues.email.concurrency=20", "tasklane.queues.high=")
                .run(context -> assertThat(context.getBean(TaskQueues.class).list())
                        .extracting(queue -> queue.name(), queue -> queue.settings())
                        .containsExactly(
                                org.assertj.core.api.Assertions.tuple("default", QueueSettings.NONE),
                                org.assertj.core.api.Assertions.tuple(
                                        "email", QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 20)),
                                org.assertj.core.api.Assertions.tuple("high", QueueSettings.NONE)));
    }

    @Test
    void d1_aTaskWithAnUnknownQueueFailsTheStart() {
        this.context
                .withBean("courier", Shop.Misspelt.class)
                .withPropertyValues("tasklane.queues.email.concurrency=2")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(InvalidTaskMethodsException.class, failure -> {
                            assertThat(failure.problems()).hasSize(1);
                            assertThat(failure.getMessage())
                                    .contains("courier", "send", "'emial'", "Did you mean 'email'?", "default, email");
                        }));
    }

    @Test
    void r23_upgradersThatCannotBeMeantFailTheStart(CapturedOutput output) {
        this.context
                .withPropertyValues("tasklane.queues.email=")
                .withBean(Shop.class)
                .withBean("late", PayloadUpgrader.class, () -> PayloadUpgrader.of("Shop.tidy", 1, Map::clear))
                .withBean("misspelt", PayloadUpgrader.class, () -> PayloadUpgrader.of("Shop.tidier", 1, Map::clear))
                .run(context -> {
                    assertThat(context)
                            .getFailure()
                            .isInstanceOf(InvalidTaskMethodsException.class)
                            .hasMessageContaining("reads version 1, but the version of the task is 1")
                            .hasMessageContaining("one PayloadUpgrader for each version");
                    assertThat(output).contains("this application has no task 'Shop.tidier'");
                });
    }

    @Test
    void x20_createMissingQueuesDeclaresThem() {
        this.context
                .withBean(Shop.Misspelt.class)
                .withPropertyValues(
                        "tasklane.create-missing-queues=true", "tasklane.worker.containers.a.queues=high,low")
                .run(context -> assertThat(context.getBean(TaskQueues.class).list())
                        .extracting(queue -> queue.name())
                        .containsExactly("default", "emial", "high", "low"));
    }

    @Test
    void aContainerOfAnUnknownQueueFailsTheStart() {
        this.context
                .withPropertyValues(
                        "tasklane.worker.containers.a.queues=default,low", "tasklane.worker.queues=lwo,default")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidTasklanePropertiesException.class,
                                failure -> assertThat(failure.problems())
                                        .extracting(PropertyProblem::property)
                                        .containsExactly(
                                                "tasklane.worker.queues", "tasklane.worker.containers.a.queues")));
    }

    @Test
    void x19_configurationIsAppliedOnceSoThatChangesAtRunTimeSurviveARestart(CapturedOutput output) {
        InMemoryTaskStore store = new InMemoryTaskStore(InstantSource.system());
        ApplicationContextRunner shop = this.bare
                .withBean(TaskStore.class, () -> store)
                .withPropertyValues("spring.application.name=shop", "tasklane.worker.enabled=false");

        shop.withPropertyValues("tasklane.queues.email.concurrency=2").run(context -> {});
        store.apply(QueueSpec.named("email").concurrency(7), "operator", "changed", QueueDeclarations.SUPERSEDED_FOR);
        shop.withPropertyValues("tasklane.queues.email.concurrency=2")
                .run(context -> assertThat(concurrency(store)).isEqualTo(7));
        shop.withPropertyValues("tasklane.queues.email.concurrency=3")
                .run(context -> assertThat(concurrency(store)).isEqualTo(3));
        assertThat(output).contains("WARN", "'shop'", "'operator'", "'email'");
        shop.withPropertyValues("tasklane.queues.email.concurrency=2")
                .run(context -> assertThat(concurrency(store)).isEqualTo(3));
        assertThat(output).contains("newer one of application 'shop'");
    }

    @Test
    void a18_aPausedQueueIsPausedAfterARestartToo() {
        InMemoryTaskStore store = new InMemoryTaskStore(InstantSource.system());
        ApplicationContextRunner shop = this.bare
                .withBean(TaskStore.class, () -> store)
                .withBean(Shop.class)
                .withPropertyValues("tasklane.queues.email.concurrency=2");

        shop.run(context -> context.getBean(TaskQueues.class).pause("email"));
        TaskHandle<?>[] task = new TaskHandle<?>[1];
        shop.run(context -> {
            assertThat(context.getBean(TaskQueues.class).get("email").isPaused())
                    .isTrue();
            task[0] = context.getBean(Shop.class).welcome(1, "later");
        });
        assertThat(store.state(task[0].id())).contains(TaskState.QUEUED);
        shop.run(context -> {
            context.getBean(TaskQueues.class).resume("email");
            await().until(() -> store.state(task[0].id()).orElseThrow() == TaskState.SUCCEEDED);
        });
    }

    @Test
    void x19_whatAnOperatorChangesSurvivesARestartAndADeletedQueueThatIsConfiguredIsThereAgain() {
        InMemoryTaskStore store = new InMemoryTaskStore(InstantSource.system());
        ApplicationContextRunner shop = this.bare
                .withBean(TaskStore.class, () -> store)
                .withPropertyValues("tasklane.queues.email.concurrency=2", "tasklane.worker.enabled=false");

        shop.run(context -> context.getBean(TaskQueues.class)
                .patch(
                        "email",
                        settings -> settings.with(QueueSetting.CONCURRENCY, 7).with(QueueSetting.RETRIES, 1)));
        shop.run(context -> assertThat(concurrency(store)).isEqualTo(7));
        shop.run(context -> context.getBean(TaskQueues.class)
                .replace(QueueSpec.named("email").concurrency(8)));
        shop.run(context -> {
            assertThat(concurrency(store)).isEqualTo(8);
            context.getBean(TaskQueues.class).delete("email");
        });
        shop.run(context -> assertThat(concurrency(store)).isEqualTo(2));
    }

    @Test
    void c4_aChangeReachesTheWorkersOfThisNode() {
        this.context
                .withPropertyValues("tasklane.worker.queue-refresh-interval=1h")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(QueueWatch.class);
                    context.getBean(TaskQueues.class)
                            .declare(QueueSpec.named("sms").concurrency(3));
                    assertThat(context.getBean(WorkerContainerRegistry.class).containers())
                            .extracting(container -> container.name(), container -> container.concurrency())
                            .contains(tuple("sms", 3));
                });
    }

    @Test
    void c4_anApplicationThatOnlyProducesReadsTheQueuesAnew() {
        this.context
                .withPropertyValues("tasklane.worker.enabled=false", "tasklane.worker.queue-refresh-interval=1s")
                .run(context -> {
                    assertThat(context.getBean(QueueWatch.class).isRunning()).isTrue();
                    context.getBean(TaskStore.class).declare(QueueSpec.named("sms"));
                    await().until(() ->
                            context.getBean(QueueRegistry.class).find("sms").isPresent());
                });
    }

    private static Integer concurrency(TaskStore store) {
        return store.queue("email").orElseThrow().settings().get(QueueSetting.CONCURRENCY);
    }

    @Test
    void c6_aQueueThatIsNoLongerConfiguredIsStillThere() {
        InMemoryTaskStore store = new InMemoryTaskStore(InstantSource.system());
        ApplicationContextRunner shop =
                this.bare.withBean(TaskStore.class, () -> store).withBean(Shop.class);

        shop.withPropertyValues("tasklane.queues.email.concurrency=2").run(context -> {});

        shop.run(context -> {
            assertThat(concurrency(store)).isEqualTo(2);
            assertThat(context.getBean(Shop.class).welcome(1, "again").get(Duration.ofSeconds(10)))
                    .isEqualTo("again 1");
        });
    }

    @Test
    void a2_aQueueWhoseNameDiffersInCaseFromAStoredOneIsRefused() {
        this.context
                .withPropertyValues("tasklane.queues.Default.retries=1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidTasklanePropertiesException.class,
                                failure -> assertThat(failure.problems())
                                        .extracting(PropertyProblem::property)
                                        .containsExactly("tasklane.queues.Default")));
    }

    @Test
    void d8_anApplicationThatOnlyProducesHasNoContainers() {
        this.context
                .withBean(Shop.class)
                .withPropertyValues("tasklane.worker.enabled=false", "tasklane.queues.email=")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(WorkerContainers.class).hasSingleBean(TaskClient.class);
                    TaskHandle<String> handle = context.getBean(Shop.class).welcome(1, "hello");
                    assertThat(handle.state()).contains(TaskState.QUEUED);
                });
    }

    @Test
    void containersCanBeStartedLater() {
        this.context
                .withPropertyValues("tasklane.worker.auto-startup=false")
                .run(context -> assertThat(
                                context.getBean(WorkerContainerRegistry.class).isRunning())
                        .isFalse());
    }

    @Test
    void a3_aStoreOfTheApplicationReplacesOurs() {
        InMemoryTaskStore store = new InMemoryTaskStore(InstantSource.system());
        this.bare
                .withBean("myStore", TaskStore.class, () -> store)
                .withBean(Shop.class)
                .run(context -> assertThat(context).hasFailed());
        this.context
                .withBean("myStore", TaskStore.class, () -> store)
                .withPropertyValues("tasklane.queues.email=")
                .run(context -> {
                    assertThat(context).getBean(TaskStore.class).isSameAs(store);
                    assertThat(store.queue("email")).isPresent();
                });
    }

    @Test
    void beansOfTheApplicationReplaceOurs() {
        TaskSerializer serializer = org.mockito.Mockito.mock();
        TaskQueues queues = org.mockito.Mockito.mock();
        this.context
                .withBean(TaskSerializer.class, () -> serializer)
                .withBean(TaskQueues.class, () -> queues)
                .run(context -> {
                    assertThat(context).getBean(TaskSerializer.class).isSameAs(serializer);
                    assertThat(context).getBean(TaskQueues.class).isSameAs(queues);
                });
    }

    @Test
    void tasksInMemoryCanBeSearched() {
        this.context.run(context -> assertThat(context).hasSingleBean(TaskSearch.class));
    }

    @Test
    void withoutTasksNothingIsMissing() {
        this.bare.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(TaskClient.class)
                .doesNotHaveBean(TaskStore.class));
    }

    @Test
    void aTaskWithoutAStoreFailsTheStartAndNeverRunsInline() {
        this.bare
                .withBean(Shop.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(NoTaskStoreException.class, failure -> {
                            assertThat(failure.tasks()).hasSize(2);
                            assertThat(failure.dataSources()).isEmpty();
                        }));
    }
}
