package io.tasklane.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.TaskState;
import io.tasklane.WorkerTags;
import io.tasklane.actuate.health.FailureLimits;
import io.tasklane.actuate.health.FailureLimits.Severity;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.worker.QueueOrder;
import io.tasklane.worker.RetentionSettings;
import io.tasklane.worker.WorkerContainerSettings;
import io.tasklane.worker.WorkerQueueSettings;
import io.tasklane.worker.WorkerSettings;
import io.tasklane.worker.WorkerThreads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

@ExtendWith(OutputCaptureExtension.class)
class TasklaneSettingsTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(TasklaneSettingsConfiguration.class);

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        TasklaneSettings settings = resolve("tasklane: {}");

        assertThat(settings.application()).isEqualTo("application");
        assertThat(settings.tasks().defaults()).isEqualTo(TaskDefaults.DEFAULT);
        assertThat(settings.queues()).isEmpty();
        assertThat(settings.createMissingQueues()).isFalse();
        assertThat(settings.worker()).isEqualTo(WorkerSettings.DEFAULT);
    }

    @Test
    void d1_queuesOfTheSettingsWithWhatEachOfThemSets() {
        TasklaneSettings settings = resolve("""
                spring.application.name: shop
                tasklane:
                  queues:
                    email: { concurrency: 20, retries: 0, default-priority: -5 }
                    big-reports:
                      poll-interval: 5s
                      backoff: { initial: 1s, multiplier: 3, max: 1m, jitter: 0 }
                    high: { rate-limit: 100, rate-interval: 2s, rate-burst: 5, aging: { after: 10m, step: 2, max: 50 } }
                    low: { auto-pause: { failures: 10, rate: 0.5, attempts: 50, duration: 2m } }
                """);

        assertThat(settings.application()).isEqualTo("shop");
        assertThat(settings.queues())
                .extracting(entry -> entry.spec().name())
                .containsExactlyInAnyOrder("email", "big-reports", "high", "low");
        assertThat(specs(settings))
                .containsEntry(
                        "email",
                        QueueSettings.NONE
                                .with(QueueSetting.CONCURRENCY, 20)
                                .with(QueueSetting.RETRIES, 0)
                                .with(QueueSetting.DEFAULT_PRIORITY, -5))
                .containsEntry(
                        "big-reports",
                        QueueSettings.NONE
                                .with(QueueSetting.BACKOFF_INITIAL, Duration.ofSeconds(1))
                                .with(QueueSetting.BACKOFF_MULTIPLIER, 3.0)
                                .with(QueueSetting.BACKOFF_MAX, Duration.ofMinutes(1))
                                .with(QueueSetting.BACKOFF_JITTER, 0.0))
                .containsEntry(
                        "high",
                        QueueSettings.NONE
                                .with(QueueSetting.RATE_LIMIT, 100)
                                .with(QueueSetting.RATE_INTERVAL, Duration.ofSeconds(2))
                                .with(QueueSetting.RATE_BURST, 5)
                                .with(QueueSetting.AGING_AFTER, Duration.ofMinutes(10))
                                .with(QueueSetting.AGING_STEP, 2)
                                .with(QueueSetting.AGING_MAX, 50))
                .containsEntry(
                        "low",
                        QueueSettings.NONE
                                .with(QueueSetting.AUTO_PAUSE_FAILURES, 10)
                                .with(QueueSetting.AUTO_PAUSE_RATE, 0.5)
                                .with(QueueSetting.AUTO_PAUSE_ATTEMPTS, 50)
                                .with(QueueSetting.AUTO_PAUSE_DURATION, Duration.ofMinutes(2)));
    }

    @Test
    void c1_pollIntervalAndThreadsPerQueueWithTheDefaultsBehindThem() {
        WorkerSettings worker = resolve("""
                        tasklane:
                          defaults: { poll-interval: 3s }
                          queues:
                            email: { poll-interval: 7s }
                            high: {}
                        """).worker();

        assertThat(worker.queue("email").pollInterval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(worker.queue("high"))
                .isEqualTo(new WorkerQueueSettings(Duration.ofSeconds(3), WorkerThreads.PLATFORM));
        assertThat(worker.queue("later").pollInterval()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void c11_c13_tagsOfQueuesAndOfTheNode() {
        TasklaneSettings settings = resolve("""
                        tasklane:
                          queues:
                            gpu: { tags: ["has=gpu", "java=21.*"] }
                            nobody: { tags: [] }
                            all: { tags: "*" }
                            any: {}
                          worker: { tags: ["has=gpu", "has=large-disk"] }
                        """);
        assertThat(specs(settings))
                .containsEntry("gpu", QueueSettings.NONE.with(QueueSetting.TAGS, WorkerTags.of("has=gpu", "java=21.*")))
                .containsEntry("nobody", QueueSettings.NONE.with(QueueSetting.TAGS, WorkerTags.of()))
                .containsEntry("all", QueueSettings.NONE.with(QueueSetting.TAGS, WorkerTags.of("*")))
                .containsEntry("any", QueueSettings.NONE);
        assertThat(settings.worker().node().tags()).containsExactly("has=gpu", "has=large-disk");
    }

    @Test
    void c19_d8_executorsOfQueuesContainersAndDefaults() {
        WorkerSettings worker = resolve("""
                        tasklane:
                          defaults: { executor: inline }
                          queues:
                            email: { executor: "bean:mailExecutor", concurrency: 4 }
                            reports: { executor: Platform }
                            strict: {}
                          worker:
                            containers:
                              one: { queues: [reports] }
                              two: { queues: [strict], executor: "bean:other", concurrency: 2 }
                        """).worker();
        assertThat(worker.queue("email").threads()).isEqualTo(WorkerThreads.ofBean("mailExecutor"));
        assertThat(worker.queue("reports").threads()).isEqualTo(WorkerThreads.PLATFORM);
        assertThat(worker.queue("strict").threads()).isEqualTo(WorkerThreads.INLINE);
        assertThat(worker.containers())
                .extracting(container -> container.name() + " " + container.threads() + " " + container.concurrency())
                .containsExactlyInAnyOrder("one inline 1", "two bean:other 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tasklane.queues.email.executor=inline            | tasklane.queues.email.concurrency=2
                    tasklane.defaults.executor=inline                | tasklane.queues.email.concurrency=2
                    tasklane.queues.email.executor=inline            | tasklane.queues.email.concurrency=1-2
                    """)
    void c19_inlineRunsOneTaskAtATime(String executor, String concurrency) {
        this.context
                .withPropertyValues(executor, concurrency)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("tasklane.queues.email.concurrency")
                        .hasMessageContaining("runs one task at a time"));
    }

    @Test
    void rank42_concurrencyIsANumberOrARange() {
        TasklaneSettings settings = resolve("""
                        tasklane:
                          defaults: { concurrency: 3-12 }
                          queues:
                            email: { concurrency: 2-10 }
                            reports: { concurrency: 5 }
                          worker:
                            containers:
                              one: { queues: [email], concurrency: 1-4 }
                              two: { queues: [reports] }
                              three: { queues: [strict], executor: inline }
                        """);
        assertThat(settings.tasks().defaults().concurrency()).isEqualTo(new ConcurrencyRange(3, 12));
        assertThat(specs(settings))
                .containsEntry("email", QueueSettings.NONE.withConcurrency(new ConcurrencyRange(2, 10)))
                .containsEntry("reports", QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 5));
        assertThat(settings.worker().containers())
                .extracting(container -> container.name() + " " + container.concurrency())
                .containsExactlyInAnyOrder("one 1-4", "two 3-12", "three 1");
    }

    @Test
    void rank42_slotsAreKeptOfTheLeastNumberOfARange() {
        String yaml = """
                        tasklane:
                          queues:
                            high: { reserved-slots: 2 }
                          worker:
                            containers:
                              shared: { queues: [high, low], concurrency: %s }
                        """;
        assertThat(resolve(yaml.formatted("3-10")).worker().containers()).hasSize(1);
        this.context
                .withInitializer(yaml(yaml.formatted("2-10")))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("tasklane.worker.containers.shared.concurrency")
                        .hasMessageContaining("need 3; raise its least number, or lower them"));
    }

    @Test
    void p16_slotsThatAreKeptFitIntoTheContainer() {
        String yaml = """
                        tasklane:
                          queues:
                            high: { reserved-slots: %d, max-running: 40 }
                          worker:
                            containers:
                              shared: { queues: [high, low], concurrency: 5 }
                        """;
        assertThat(specs(resolve(yaml.formatted(4))))
                .containsEntry(
                        "high",
                        QueueSettings.NONE.with(QueueSetting.RESERVED_SLOTS, 4).with(QueueSetting.MAX_RUNNING, 40));
        this.context
                .withInitializer(yaml(yaml.formatted(5)))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidTasklanePropertiesException.class,
                                failure -> assertThat(failure.problems())
                                        .singleElement()
                                        .satisfies(problem -> {
                                            assertThat(problem.property())
                                                    .isEqualTo("tasklane.worker.containers.shared.concurrency");
                                            assertThat(problem.reason()).contains("need 6; raise it, or lower them");
                                        })));
    }

    @Test
    void d6_containersByListAndByCommas() {
        WorkerSettings worker = resolve("""
                        tasklane:
                          worker:
                            queues: high, low, email
                            containers:
                              shared: { queues: [high, low], order: strict, concurrency: 5 }
                              mail: { queues: "email,reports" }
                              rest: { queues: "*", exclude-queues: slow }
                        """).worker();

        assertThat(worker.queues()).containsExactly("high", "low", "email");
        assertThat(worker.containers())
                .containsExactlyInAnyOrder(
                        new WorkerContainerSettings(
                                "shared",
                                List.of("high", "low"),
                                Set.of(),
                                QueueOrder.STRICT,
                                ConcurrencyRange.of(5),
                                WorkerThreads.PLATFORM),
                        new WorkerContainerSettings(
                                "mail",
                                List.of("email", "reports"),
                                Set.of(),
                                QueueOrder.STRICT,
                                ConcurrencyRange.of(10),
                                WorkerThreads.PLATFORM),
                        new WorkerContainerSettings(
                                "rest",
                                List.of("*"),
                                Set.of("slow"),
                                QueueOrder.ROUND_ROBIN,
                                ConcurrencyRange.of(10),
                                WorkerThreads.PLATFORM));
    }

    @Test
    void p11_x5_aContainerWithWeights() {
        WorkerSettings worker = resolve("""
                        tasklane.worker.containers.shared:
                          queues: [high, low]
                          order: weighted
                          weights: { high: 5, low: 1 }
                        """).worker();

        assertThat(worker.containers()).singleElement().satisfies(container -> {
            assertThat(container.order()).isEqualTo(QueueOrder.WEIGHTED);
            assertThat(container.weights()).isEqualTo(Map.of("high", 5, "low", 1));
        });
    }

    @Test
    void x5_weightsThatCannotWorkAreNamed() {
        String a = "tasklane.worker.containers.a";
        assertThat(problems(
                        a + ".queues=high,low",
                        a + ".order=weighted",
                        a + ".weights.high=0",
                        a + ".weights.low=-1",
                        a + ".weights.medium=2"))
                .extracting(PropertyProblem::property)
                .containsExactlyInAnyOrder(a + ".weights.high", a + ".weights.low", a + ".weights.medium");
        assertThat(problems(a + ".queues=high,low", a + ".order=weighted"))
                .extracting(PropertyProblem::property)
                .containsExactly(a + ".weights");
        assertThat(problems(a + ".queues=high,low", a + ".weights.high=2"))
                .extracting(PropertyProblem::property)
                .containsExactly(a + ".weights");
    }

    @Test
    void x26_ageAtWhichTasksAreDeletedByStateWithZeroForEver() {
        TasklaneSettings settings = resolve("""
                tasklane.retention:
                  succeeded: 2h
                  failed: 0
                  expired: 0s
                  audit: 7d
                  interval: 5m
                  batch-size: 500
                """);

        assertThat(settings.worker().node().retention())
                .isEqualTo(new RetentionSettings(
                        Map.of(TaskState.SUCCEEDED, Duration.ofHours(2), TaskState.CANCELLED, Duration.ofDays(1)),
                        Duration.ofDays(7),
                        Duration.ofMinutes(5),
                        500));
    }

    @Test
    void r30_mostFailedTasksOfAllQueuesAndOfSingleOnes() {
        TasklaneSettings settings = resolve("""
                tasklane.health:
                  max-failed: 20
                  status: out-of-service
                  queues:
                    email: { max-failed: 500 }
                    bulk: { max-failed: -1 }
                """);

        assertThat(settings.failures())
                .isEqualTo(new FailureLimits(20, Map.of("email", 500, "bulk", -1), Severity.OUT_OF_SERVICE));
    }

    @Test
    void d21_environmentVariablesWinOverYaml() {
        this.context
                .withInitializer(yaml("""
                        tasklane:
                          queues:
                            email: { concurrency: 2, retries: 1 }
                            high: {}
                          worker.containers.main: { queues: email }
                        """))
                .withInitializer(environment(Map.of(
                        "TASKLANE_WORKER_CONTAINERS_MAIN_QUEUES", "email,high",
                        "TASKLANE_QUEUES_EMAIL_CONCURRENCY", "7",
                        "TASKLANE_QUEUES_HIGH_CONCURRENCY", "3")))
                .run(context -> {
                    TasklaneSettings settings = context.getBean(TasklaneSettings.class);
                    assertThat(settings.worker().containers().get(0).queues()).containsExactly("email", "high");
                    assertThat(specs(settings))
                            .containsEntry(
                                    "email",
                                    QueueSettings.NONE
                                            .with(QueueSetting.CONCURRENCY, 7)
                                            .with(QueueSetting.RETRIES, 1))
                            .containsEntry("high", QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 3));
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tasklane.health.max-failed=-2                   | tasklane.health.max-failed
                    tasklane.health.queues.email.max-failed=-2      | tasklane.health.queues.email.max-failed
                    tasklane.schema.wait-for-database=-1s           | tasklane.schema.wait-for-database
                    tasklane.queues.email.concurrency=0             | tasklane.queues.email.concurrency
                    tasklane.queues.email.concurrency=-1            | tasklane.queues.email.concurrency
                    tasklane.queues.email.concurrency=10001         | tasklane.queues.email.concurrency
                    tasklane.queues.email.concurrency=10-2          | tasklane.queues.email.concurrency
                    tasklane.queues.email.concurrency=0-5           | tasklane.queues.email.concurrency
                    tasklane.queues.email.concurrency=many          | tasklane.queues.email.concurrency
                    tasklane.queues.email.retries=-1                | tasklane.queues.email.retries
                    tasklane.queues.email.default-priority=-2147483648 | tasklane.queues.email.default-priority
                    tasklane.queues.email.backoff.initial=-1s       | tasklane.queues.email.backoff.initial
                    tasklane.queues.email.backoff.multiplier=0.5    | tasklane.queues.email.backoff.multiplier
                    tasklane.queues.email.backoff.jitter=1.5        | tasklane.queues.email.backoff.jitter
                    tasklane.queues.email.rate-limit=-1             | tasklane.queues.email.rate-limit
                    tasklane.queues.email.rate-interval=10ms        | tasklane.queues.email.rate-interval
                    tasklane.queues.email.rate-burst=0              | tasklane.queues.email.rate-burst
                    tasklane.queues.email.poll-interval=999ms       | tasklane.queues.email.poll-interval
                    tasklane.queues.email.tags=[                    | tasklane.queues.email.tags
                    tasklane.queues.email.tags[0]=has=x{2,3}        | tasklane.queues.email.tags
                    tasklane.queues.email.max-running=0             | tasklane.queues.email.max-running
                    tasklane.queues.email.reserved-slots=-1         | tasklane.queues.email.reserved-slots
                    tasklane.worker.tags[0]=a,b                     | tasklane.worker.tags
                    tasklane.defaults.concurrency=0                 | tasklane.defaults.concurrency
                    tasklane.defaults.concurrency=10-2              | tasklane.defaults.concurrency
                    tasklane.defaults.retries=-1                    | tasklane.defaults.retries
                    tasklane.defaults.poll-interval=10ms            | tasklane.defaults.poll-interval
                    tasklane.queues.[a b].retries=1                 | tasklane.queues.a b
                    tasklane.queues.[a.b].retries=1                 | tasklane.queues.a.b
                    tasklane.worker.queues=e-mail,e mail            | tasklane.worker.queues
                    tasklane.worker.queues=                         | tasklane.worker.queues
                    tasklane.worker.drain-timeout=-1s               | tasklane.worker.drain-timeout
                    tasklane.worker.queue-refresh-interval=10       | tasklane.worker.queue-refresh-interval
                    tasklane.worker.look-ahead=51ms                 | tasklane.worker.look-ahead
                    tasklane.worker.look-ahead=-1ms                 | tasklane.worker.look-ahead
                    tasklane.worker.connections=0                   | tasklane.worker.connections
                    tasklane.worker.unreadable-timeout=-1s          | tasklane.worker.unreadable-timeout
                    tasklane.worker.containers.a.concurrency=2      | tasklane.worker.containers.a.queues
                    tasklane.worker.containers.a.queues=*,b         | tasklane.worker.containers.a.queues
                    tasklane.worker.containers.a.queues=b,b         | tasklane.worker.containers.a.queues
                    tasklane.recovery.after=8s                      | tasklane.recovery.after
                    tasklane.recovery.max-recoveries=-1             | tasklane.recovery.max-recoveries
                    tasklane.retention.succeeded=-1s                | tasklane.retention.succeeded
                    tasklane.retention.cancelled=7                  | tasklane.retention.cancelled
                    tasklane.retention.expired=-1d                  | tasklane.retention.expired
                    tasklane.retention.failed=30                    | tasklane.retention.failed
                    tasklane.retention.interval=0s                  | tasklane.retention.interval
                    tasklane.retention.batch-size=0                 | tasklane.retention.batch-size
                    tasklane.retention.batch-size=10001             | tasklane.retention.batch-size
                    tasklane.table-prefix=a-b                       | tasklane.table-prefix
                    tasklane.table-prefix=                          | tasklane.table-prefix
                    tasklane.payload.max-size=0B                    | tasklane.payload.max-size
                    tasklane.payload.max-size=2GB                   | tasklane.payload.max-size
                    """)
    void refusesWhatCannotWorkAndNamesTheProperty(String property, String named) {
        this.context
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidTasklanePropertiesException.class,
                                failure -> assertThat(failure.problems())
                                        .singleElement()
                                        .satisfies(problem -> {
                                            assertThat(problem.property()).isEqualTo(named);
                                            assertThat(problem.reason()).isNotBlank();
                                        })));
    }

    @ParameterizedTest
    @CsvSource({
        "tasklane.queues.email.poll-interval=soon, tasklane.queues.email.poll-interval",
        "tasklane.queues.email.default-priority=2147483648, tasklane.queues.email.default-priority",
        "tasklane.queues.email.executor=magic, tasklane.queues.email.executor",
        "tasklane.defaults.executor=bean:, tasklane.defaults.executor",
        "tasklane.queues.email=20, tasklane.queues.email",
        "tasklane.worker.containers.a.order=random, tasklane.worker.containers.a.order",
        "tasklane.schema.mode=maybe, tasklane.schema.mode",
        "tasklane.store=mongo, tasklane.store",
    })
    void valuesOfAnotherTypeAreReportedByBoot(String property, String named) {
        this.context.withPropertyValues(property).run(context -> {
            Throwable failure = context.getStartupFailure();
            while (!(failure instanceof BindException)) {
                failure = failure.getCause();
            }
            assertThat(((BindException) failure).getName()).hasToString(named);
        });
    }

    @Test
    void x5_containersOfOneNodeDoNotShareAQueue() {
        assertThat(problems("tasklane.worker.containers.a.queues=high,low", "tasklane.worker.containers.b.queues=low"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("tasklane.worker.containers.b.queues", "'low'", "container 'a'"));
        assertThat(problems("tasklane.worker.containers.a.queues=*", "tasklane.worker.containers.b.queues=*"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("'*'", "container 'a'"));
    }

    @Test
    void orderOfAllQueuesIsRefusedWhereItCannotBeStrict() {
        assertThat(problems("tasklane.worker.containers.a.queues=*", "tasklane.worker.containers.a.order=strict"))
                .extracting(PropertyProblem::property)
                .containsExactly("tasklane.worker.containers.a.order");
        assertThat(problems("tasklane.worker.containers.a.queues=b", "tasklane.worker.containers.a.exclude-queues=c"))
                .extracting(PropertyProblem::property)
                .containsExactly("tasklane.worker.containers.a.exclude-queues");
    }

    @Test
    void a2_queuesThatDifferOnlyInCaseAreRefused() {
        assertThat(problems("tasklane.queues.email.retries=1", "tasklane.queues.Email.retries=1"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("email", "Email", "only in case"));
    }

    @Test
    void a2_namesOfQueuesHaveOneToAHundredCharacters() {
        assertThat(problems("tasklane.queues." + "q".repeat(101) + ".retries=1"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("1 to 100", "rename"));
        this.context
                .withPropertyValues("tasklane.queues." + "q".repeat(100) + ".retries=1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a2_underscoresAreKept() {
        assertThat(specs(resolve("tasklane.queues: { a_b: { retries: 1 }, c_d: {}, 'E_f': {} }")))
                .containsOnlyKeys("a_b", "c_d", "E_f");
    }

    @Test
    void allProblemsAreInOneReport() {
        assertThat(problems(
                        "tasklane.queues.email.concurrency=0",
                        "tasklane.defaults.retries=-1",
                        "tasklane.worker.connections=0"))
                .extracting(PropertyProblem::property)
                .containsExactlyInAnyOrder(
                        "tasklane.queues.email.concurrency",
                        "tasklane.defaults.retries",
                        "tasklane.worker.connections");
    }

    @Test
    void virtualThreadsNeedJava21() {
        TasklaneProperties properties = new TasklaneProperties();
        properties.getDefaults().setExecutor(WorkerThreads.VIRTUAL);

        InvalidTasklanePropertiesException failure = catchThrowableOfType(
                InvalidTasklanePropertiesException.class,
                () -> new TasklaneSettingsResolver(new StandardEnvironment(), 17).resolve(properties));

        assertThat(failure.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("tasklane.defaults.executor", "Java 21", "Java 17", "'platform'"));
    }

    @Test
    void drainTimeoutThatDoesNotFitIntoThePhaseIsShortened(CapturedOutput output) {
        TasklaneSettings settings = resolve("""
                spring.lifecycle.timeout-per-shutdown-phase: 15s
                """);

        assertThat(settings.worker().node().drainTimeout()).isEqualTo(Duration.ofSeconds(12));
        assertThat(output)
                .contains("WARN", "tasklane.worker.drain-timeout", "spring.lifecycle.timeout-per-shutdown-phase");
    }

    @Test
    void n17_unknownPropertiesAreNamedWithTheNearestOne(CapturedOutput output) {
        resolve("""
                tasklane:
                  queues:
                    email: { concurency: 20 }
                    high: {}
                  worker:
                    drain-time: 5s
                    containers:
                      shared: { queues: email, orders: strict }
                  defalts: { retries: 2 }
                """);

        assertThat(output)
                .contains(
                        "'tasklane.queues.email.concurency'",
                        "did you mean 'tasklane.queues.email.concurrency'?",
                        "did you mean 'tasklane.worker.drain-timeout'?",
                        "did you mean 'tasklane.worker.containers.shared.order'?",
                        "did you mean 'tasklane.defaults.retries'?");
    }

    @Test
    void n17_knownPropertiesAreNotWarnedOf(CapturedOutput output) {
        this.context
                .withInitializer(environment(Map.of("TASKLANE_DEFAULTS_POLL_INTERVAL", "2s")))
                .withInitializer(yaml("""
                        tasklane:
                          createMissingQueues: true
                          queues:
                            email: { pollInterval: 2s }
                            high: {}
                            low:
                          worker: { containers: {} }
                        """))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("Unknown property");
    }

    private TasklaneSettings resolve(String yaml) {
        TasklaneSettings[] settings = new TasklaneSettings[1];
        this.context.withInitializer(yaml(yaml)).run(context -> settings[0] = context.getBean(TasklaneSettings.class));
        return settings[0];
    }

    private List<PropertyProblem> problems(String... properties) {
        InvalidTasklanePropertiesException[] failure = new InvalidTasklanePropertiesException[1];
        this.context
                .withPropertyValues(properties)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidTasklanePropertiesException.class, ex -> failure[0] = ex));
        return failure[0].problems();
    }

    private static Map<String, QueueSettings> specs(TasklaneSettings settings) {
        return settings.queues().stream()
                .collect(java.util.stream.Collectors.toMap(
                        entry -> entry.spec().name(), entry -> entry.spec().settings()));
    }

    private static org.springframework.context.ApplicationContextInitializer<ConfigurableApplicationContext> yaml(
            String text) {
        return context -> {
            try {
                for (PropertySource<?> source : new YamlPropertySourceLoader()
                        .load("application.yml", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)))) {
                    context.getEnvironment().getPropertySources().addLast(source);
                }
            } catch (java.io.IOException ex) {
                throw new java.io.UncheckedIOException(ex);
            }
        };
    }

    private static org.springframework.context.ApplicationContextInitializer<ConfigurableApplicationContext>
            environment(Map<String, Object> variables) {
        return context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
    }
}
