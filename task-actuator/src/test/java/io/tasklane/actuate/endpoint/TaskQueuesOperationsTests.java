package io.tasklane.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskId;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueues;
import io.tasklane.TaskState;
import io.tasklane.WorkerTags;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.queue.TestQueues;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.NewTask;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.StoppedWork;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.TaskStore;
import io.tasklane.store.TaskStoreFixture;
import io.tasklane.store.WorkerDescription;
import io.tasklane.store.memory.InMemoryTaskStore;
import io.tasklane.test.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

/** Queues as an operator changes them over HTTP and JMX. */
@SpringBootTest(
        properties = {
            "management.endpoints.web.exposure.include=*",
            "management.endpoints.jmx.exposure.include=taskqueues",
            "management.endpoint.taskqueues.access=unrestricted",
            "management.endpoint.taskworkers.access=unrestricted",
            "spring.jmx.enabled=true",
        })
@DirtiesContext(classMode = ClassMode.AFTER_CLASS)
class TaskQueuesOperationsTests {

    @Autowired
    private InMemoryTaskStore store;

    @Autowired
    private MutableInstantSource clock;

    @Autowired
    private MBeanServer beans;

    private MockMvcTester web;

    @BeforeEach
    void open(@Autowired WebApplicationContext context) {
        this.web = MockMvcTester.from(context);
        this.store.declare(QueueSpec.named("email").concurrency(2).retries(5));
    }

    @AfterEach
    void delete() {
        this.store.delete("email", RemainingTasks.KEEP);
    }

    @Test
    void c4_settingsAreChangedAndLiftedAndTheRestStays() {
        assertThat(post("email", """
                {"concurrency": 4, "retries": "none", "defaultPriority": -3, "backoffInitial": "90s",
                 "backoffMultiplier": 1.5, "backoffMax": "30m", "backoffJitter": 0,
                 "rateLimit": 60, "rateInterval": "1m", "autoPauseFailures": 10, "agingAfter": "10m"}""")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                        {"state": "ACTIVE", "pausedUntil": null,
                         "settings": {"concurrency": 4, "minConcurrency": 4, "pollInterval": null, "executor": null, "retries": 3,
                                      "defaultPriority": -3, "minPriority": null, "maxPriority": null,
                                      "backoff": {"initial": "90s", "multiplier": 1.5, "max": "30m", "jitter": 0.0},
                                      "tags": null, "maxRunning": null, "reservedSlots": 0,
                                      "rateLimit": 60, "rateInterval": "60s", "rateBurst": 6,
                                      "autoPause": {"failures": 10, "rate": null, "attempts": null, "duration": "60s"},
                                      "aging": {"after": "10m", "step": 1, "max": 2147483647}}}
                        """);
        assertThat(queue().settings())
                .isEqualTo(QueueSettings.NONE
                        .with(QueueSetting.CONCURRENCY, 4)
                        .with(QueueSetting.DEFAULT_PRIORITY, -3)
                        .with(QueueSetting.BACKOFF_INITIAL, Duration.ofSeconds(90))
                        .with(QueueSetting.BACKOFF_MULTIPLIER, 1.5)
                        .with(QueueSetting.BACKOFF_MAX, Duration.ofMinutes(30))
                        .with(QueueSetting.BACKOFF_JITTER, 0.0)
                        .with(QueueSetting.RATE_LIMIT, 60)
                        .with(QueueSetting.RATE_INTERVAL, Duration.ofMinutes(1))
                        .with(QueueSetting.AUTO_PAUSE_FAILURES, 10)
                        .with(QueueSetting.AGING_AFTER, Duration.ofMinutes(10)));

        assertThat(post("email", "{\"concurrency\": \"5\"}")).hasStatusOk();
        assertThat(queue().settings().get(QueueSetting.CONCURRENCY)).isEqualTo(5);
        assertThat(queue().settings().get(QueueSetting.DEFAULT_PRIORITY)).isEqualTo(-3);
    }

    @Test
    void rank42_aRangeIsSetAndANumberOrNoneEndsIt() {
        assertThat(post("email", "{\"concurrency\": \"2-10\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"settings\": {\"concurrency\": 10, \"minConcurrency\": 2}}");
        assertThat(ConcurrencyRange.of(queue().settings())).isEqualTo(new ConcurrencyRange(2, 10));
        assertThat(post("email", "{\"concurrency\": 5}")).hasStatusOk();
        assertThat(ConcurrencyRange.of(queue().settings())).isEqualTo(ConcurrencyRange.of(5));
        assertThat(post("email", "{\"concurrency\": \"2-10\"}")).hasStatusOk();
        assertThat(post("email", "{\"concurrency\": \"none\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"settings\": {\"concurrency\": 10, \"minConcurrency\": 10}}");
        assertThat(queue().settings()).isEqualTo(QueueSettings.NONE.with(QueueSetting.RETRIES, 5));
    }

    @Test
    void c17_p16_limitsAreSetAndLifted() {
        assertThat(post("email", "{\"maxRunning\": 7, \"reservedSlots\": 2}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"settings\": {\"maxRunning\": 7, \"reservedSlots\": 2}}");
        assertThat(queue().settings().get(QueueSetting.MAX_RUNNING)).isEqualTo(7);
        assertThat(queue().settings().get(QueueSetting.RESERVED_SLOTS)).isEqualTo(2);
        assertThat(post("email", "{\"maxRunning\": \"none\"}")).hasStatusOk();
        assertThat(queue().settings().get(QueueSetting.MAX_RUNNING)).isNull();
    }

    @Test
    void c14_c15_tagsAreOneTextWithCommasAndNoneLiftsThem() {
        assertThat(post("email", "{\"tags\": \"has=gpu, java=21.*\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"settings\": {\"tags\": [\"has=gpu\", \"java=21.*\"]}}");
        assertThat(queue().settings().get(QueueSetting.TAGS)).isEqualTo(WorkerTags.of("has=gpu", "java=21.*"));
        assertThat(post("email", "{\"tags\": \"\"}")).hasStatusOk();
        assertThat(queue().settings().get(QueueSetting.TAGS)).isEqualTo(WorkerTags.of());
        assertThat(post("email", "{\"tags\": \"none\"}")).hasStatusOk();
        assertThat(queue().settings().get(QueueSetting.TAGS)).isNull();
    }

    @Test
    void c20_aQueueIsPausedForGoodOrUntilATimeAndResumed() {
        assertThat(post("email", "{\"paused\": true}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"state\": \"PAUSED\", \"pausedUntil\": null}");
        assertThat(queue().pausedUntil()).isNull();

        Instant until = this.clock.instant().plusSeconds(600);
        assertThat(post("email", "{\"pausedUntil\": \"%s\", \"paused\": true, \"retries\": 1}".formatted(until)))
                .hasStatusOk();
        assertThat(queue().pausedUntil()).isEqualTo(until);
        assertThat(queue().settings().get(QueueSetting.RETRIES)).isOne();
        assertThat(this.web.get().uri("/actuator/taskqueues/email"))
                .bodyJson()
                .isLenientlyEqualTo("{\"state\": \"PAUSED\", \"pausedUntil\": \"%s\"}".formatted(until));

        assertThat(post("email", "{\"paused\": false}")).hasStatusOk();
        assertThat(queue().isPaused()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"concurrency": 0}                             | 'concurrency' is '0'; allowed: 1 to 10000, or a range such as 2-10, or "none"
            {"concurrency": 99999999999}                   | 'concurrency' is '99999999999'; allowed: 1 to 10000
            {"concurrency": 1.5}                           | 'concurrency' is '1.5'; allowed: 1 to 10000
            {"concurrency": "10-2"}                        | 'concurrency' is '10-2'; allowed: 1 to 10000
            {"concurrency": "0-5"}                         | 'concurrency' is '0-5'; allowed: 1 to 10000
            {"retries": "many"}                            | 'retries' is 'many'; allowed: a whole number, or "none"
            {"defaultPriority": -2147483648}               | 'defaultPriority' is '-2147483648'; allowed: -2147483647
            {"backoffInitial": 90}                         | 'backoffInitial' is '90'; allowed: a duration with a unit
            {"backoffInitial": "soon"}                     | 'backoffInitial' is 'soon'; allowed: a duration with a unit
            {"backoffMax": "-1s"}                          | 'backoffMax' is '-1s'; allowed: 0 to 365000 days
            {"backoffMultiplier": "NaN"}                   | 'backoffMultiplier' is 'NaN'; allowed: 1 or more
            {"backoffJitter": 2}                           | 'backoffJitter' is '2'; allowed: 0 to 1
            {"tags": "["}                                  | 'tags' is '['; allowed: at most 50 regular expressions
            {"tags": "has=gpu,"}                           | 'tags' is 'has=gpu,'; allowed: at most 50 regular expressions
            {"maxRunning": 0}                              | 'maxRunning' is '0'; allowed: 1 to 1000000, or "none"
            {"reservedSlots": -1}                          | 'reservedSlots' is '-1'; allowed: 0 to 10000
            {"rateLimit": -1}                              | 'rateLimit' is '-1'; allowed: 0 to 1000000
            {"rateInterval": "10ms"}                       | 'rateInterval' is '10ms'; allowed: 100 ms to 365000 days
            {"rateBurst": 0}                               | 'rateBurst' is '0'; allowed: 1 to 1000000
            {"autoPauseFailures": 0}                       | 'autoPauseFailures' is '0'; allowed: 1 or more
            {"autoPauseRate": 0}                           | 'autoPauseRate' is '0'; allowed: above 0, up to 1
            {"autoPauseAttempts": 1}                       | 'autoPauseAttempts' is '1'; allowed: 2 to 10000
            {"autoPauseDuration": "10ms"}                  | 'autoPauseDuration' is '10ms'; allowed: 1 s to 365000 days
            {"paused": "maybe"}                            | 'paused' is 'maybe'; allowed: true or false
            {"pausedUntil": "tomorrow"}                    | 'pausedUntil' is 'tomorrow'; allowed: an instant
            {"paused":false,"pausedUntil":"2099-01-01T00:00:00Z"} | leave one of them out
            {"retries": null}                              | 'retries' is null: leave it out
            {"retries": 1, "rateLimits": 5, "concurency": 1} | Unknown: concurency, rateLimits; known: agingAfter
            {"retries": 1, "concurrency": 0}               | 'concurrency' is '0'
            {"concurrency": 0, "retries": -1}              | 'retries' is '-1'
            {}                                             | Nothing to change
            """)
    void whatIsWrongIsNamedAndNothingIsChanged(String body, String problem) {
        assertThat(post("email", body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.error")
                .asString()
                .contains(problem);
        assertThat(queue())
                .isEqualTo(new TaskQueue(
                        "email",
                        TaskQueue.State.ACTIVE,
                        null,
                        QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 2).with(QueueSetting.RETRIES, 5)));
    }

    @Test
    void p3_limitsOfThePriorityAreCheckedAgainstEachOther() {
        assertThat(post("email", "{\"maxPriority\": 10, \"minPriority\": -1}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"settings\": {\"minPriority\": -1, \"maxPriority\": 10}}");
        assertThat(post("email", "{\"minPriority\": 11, \"paused\": true}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.error")
                .asString()
                .contains("'minPriority' would be '11'", "at most its max-priority, which is 10");
        assertThat(queue().isPaused()).isFalse();
    }

    @Test
    void c3_anUnknownQueueIsNotFoundAndAnImpossibleNameRefused() {
        assertThat(post("emial", "{\"retries\": 1}"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.error")
                .asString()
                .contains("'emial'", "default, email");
        assertThat(delete("emial")).hasStatus(404);
        assertThat(post("e.mail", "{\"retries\": 1}")).hasStatus(400);
        assertThat(delete("e.mail")).hasStatus(400);
    }

    @Test
    void c20_aQueueIsDeletedIfItsTasksDoNotStandAgainstIt() {
        TaskId running = insert();
        claim();
        TaskId waiting = insert();
        for (String query : List.of("", "?tasks=delete")) {
            assertThat(delete("email" + query))
                    .hasStatus(409)
                    .bodyJson()
                    .extractingPath("$.error")
                    .asString()
                    .contains("1 of its tasks run and 1 wait", "tasks=keep");
        }
        assertThat(this.store.queue("email")).isPresent();

        assertThat(delete("email?tasks=keep")).hasStatus(204);
        assertThat(this.store.queue("email")).isEmpty();
        assertThat(this.store.state(running)).contains(TaskState.RUNNING);
        assertThat(this.store.state(waiting)).contains(TaskState.QUEUED);
        assertThat(this.web.get().uri("/actuator/taskqueues/email")).hasStatus(404);
    }

    @Test
    void c20_aQueueIsDeletedWithItsTasks() {
        this.store.declare(QueueSpec.named("once"));
        TaskId waiting = insert("once");

        assertThat(delete("once?tasks=delete")).hasStatus(204);
        assertThat(this.store.queue("once")).isEmpty();
        assertThat(this.store.find(waiting)).isEmpty();
        this.store.declare(QueueSpec.named("once"));
        assertThat(delete("once")).as("without tasks").hasStatus(204);
    }

    @Test
    void aDeletionThatIsNotUnderstoodDeletesNothing() {
        Map<String, String> problems = Map.of(
                "email?tasks=drop", "'tasks' is 'drop'; allowed: keep",
                "email?task=keep", "Unknown: task; known: name, tasks",
                "email?tasks=keep&tasks=delete", "'tasks' is given more than once",
                "default", "'default' cannot be deleted");
        problems.forEach((query, problem) -> assertThat(delete(query))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.error")
                .asString()
                .contains(problem));
        assertThat(this.store.queues()).extracting(TaskQueue::name).contains("default", "email");
    }

    @Test
    void p14_rank35_workersAreToldToStopAndStartQueuesAndContainers() {
        long one = join("shared", "email");
        long other = join("email");
        assertThat(worker(one, "{\"stopQueue\": \"email\", \"stopContainer\": \"shared\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"workers": [{"id": %d, "stoppedQueues": ["email"], "stoppedContainers": ["shared"]}]}""".formatted(one));
        assertThat(this.store.stopped(one)).contains(StoppedWork.of(Set.of("email"), Set.of("shared")));
        assertThat(this.store.stopped(other)).contains(StoppedWork.NONE);

        assertThat(worker("all", "{\"stopContainer\": \"email\"}")).hasStatusOk();
        assertThat(this.store.stopped(other)).contains(StoppedWork.of(Set.of(), Set.of("email")));
        assertThat(worker(one, "{\"startQueue\": \"email\", \"startContainer\": \"shared\"}"))
                .hasStatusOk();
        assertThat(this.store.stopped(one)).contains(StoppedWork.of(Set.of(), Set.of("email")));

        assertRefused(
                worker(one, "{\"stopQueue\": \"low\"}"), 400, "There is no queue 'low'; there are: default, email");
        assertRefused(
                worker(other, "{\"stopContainer\": \"shared\"}"),
                400,
                "There is no container 'shared'; there are: email");
        assertRefused(
                worker(other, "{\"stopQueue\": \"email\", \"stopContainer\": \"shared\"}"),
                400,
                "There is no container 'shared'");
        assertThat(this.store.stopped(other))
                .as("nothing is changed then")
                .contains(StoppedWork.of(Set.of(), Set.of("email")));
        assertRefused(worker(one, "{}"), 400, "Nothing to do is given");
        assertRefused(worker(one, "{\"stop\": \"email\"}"), 400, "Unknown: stop; known: id, startContainer");
        assertRefused(worker(4711, "{\"stopQueue\": \"email\"}"), 404, "There is no worker '4711' that is alive");
        this.store.workers().forEach(worker -> this.store.leave(worker.id()));
        assertRefused(worker("all", "{\"stopQueue\": \"email\"}"), 404, "No worker is alive");
    }

    private long join(String... containers) {
        return this.store.join(
                new WorkerDescription("shop", "node", 1, List.of(), List.of(containers), List.of("email"), 10, 0));
    }

    private MvcTestResult worker(Object id, String body) {
        return this.web
                .post()
                .uri("/actuator/taskworkers/" + id)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static void assertRefused(MvcTestResult result, int status, String problem) {
        assertThat(result)
                .hasStatus(status)
                .bodyJson()
                .extractingPath("$.error")
                .asString()
                .contains(problem);
    }

    @Test
    void readingIgnoresWhatItDoesNotKnow() {
        assertThat(this.web.get().uri("/actuator/taskqueues/email?_=1")).hasStatusOk();
    }

    @Test
    void r22_failedTasksAreRequeuedOverHttp() {
        empty();
        TaskId id = failed();
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(post("email/requeue-failed", "{\"maxRequeues\": 1, \"dryRun\": true}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"operation\": \"requeue-failed\", \"tasks\": 1, \"dryRun\": true}");
        assertThat(this.store.state(id)).contains(TaskState.FAILED);
        assertThat(post("email/requeue-failed", "{\"maxRequeues\": \"1\", \"task\": \"Other.task\"}"))
                .bodyJson()
                .isLenientlyEqualTo("{\"tasks\": 0}");
        assertThat(post(
                        "email/requeue-failed",
                        "{\"maxRequeues\": 1, \"before\": \"%s\"}"
                                .formatted(this.clock.instant().plusSeconds(60))))
                .bodyJson()
                .isLenientlyEqualTo("{\"tasks\": 1, \"dryRun\": false}");
        assertThat(this.store.state(id)).contains(TaskState.QUEUED);
    }

    @Test
    void a19_rank26_endedTasksAreCleanedAndWaitingOnesDrainedOverHttp() {
        empty();
        TaskId failed = failed();
        TaskId waiting = insert();
        this.clock.advance(Duration.ofHours(2));
        assertThat(post("email/clean", "{\"state\": \"failed\", \"olderThan\": \"3h\"}"))
                .bodyJson()
                .isLenientlyEqualTo("{\"tasks\": 0}");
        assertThat(post(
                        "email/clean",
                        "{\"state\": \"FAILED\", \"olderThan\": \"%s\"}".formatted(this.clock.instant())))
                .bodyJson()
                .isLenientlyEqualTo("{\"tasks\": 1}");
        assertThat(this.store.find(failed)).isEmpty();
        assertThat(post("email/drain", "{\"scheduled\": true}")).bodyJson().isLenientlyEqualTo("{\"tasks\": 1}");
        assertThat(this.store.find(waiting)).isEmpty();
        assertThat(post("email/drain", "{}")).bodyJson().isLenientlyEqualTo("{\"tasks\": 0}");
    }

    @Test
    void a1_n15_waitingTasksAreCancelledReroutedReprioritisedAndPromotedOverHttp() {
        empty();
        this.store.declare(QueueSpec.named("bulk"));
        TaskId first = insert();
        TaskId second = insert();
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(post("email/reprioritise", "{\"priority\": 7, \"state\": \"queued\", \"dryRun\": true}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"operation\": \"reprioritise\", \"tasks\": 2, \"dryRun\": true}");
        assertThat(this.store.find(first).orElseThrow().priority()).isZero();
        assertThat(post("email/reprioritise", "{\"priority\": 7}")).bodyJson().isLenientlyEqualTo("{\"tasks\": 2}");
        assertThat(this.store.find(first).orElseThrow().priority()).isEqualTo(7);

        assertThat(post("email/reroute", "{\"queue\": \"bulk\", \"task\": \"Some.task\"}"))
                .bodyJson()
                .isLenientlyEqualTo("{\"tasks\": 2}");
        assertThat(this.store.find(second).orElseThrow().queue()).isEqualTo("bulk");
        assertThat(post("bulk/cancel", "{\"state\": \"BLOCKED\"}")).bodyJson().isLenientlyEqualTo("{\"tasks\": 0}");
        assertThat(post("bulk/cancel", "{\"before\": \"%s\"}".formatted(this.clock.instant())))
                .bodyJson()
                .isLenientlyEqualTo("{\"tasks\": 2}");
        assertThat(this.store.state(first)).contains(TaskState.CANCELLED);
        assertThat(post("bulk/promote-due", "{}")).bodyJson().isLenientlyEqualTo("{\"tasks\": 0}");
        assertThat(delete("bulk?tasks=delete")).hasStatus(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            requeue-failed | {}                                         | 'maxRequeues' is missing
            requeue-failed | {"maxRequeues": 0}                         | 'maxRequeues' is '0'; allowed: a whole number
            requeue-failed | {"maxRequeues": "many"}                    | 'maxRequeues' is 'many'
            requeue-failed | {"maxRequeues": 1, "from": "noon"}         | 'from' is 'noon'; allowed: an instant
            requeue-failed | {"maxRequeues": 1, "state": "failed"}      | state: not for requeue-failed
            requeue-failed | {"maxRequeues": 1, "max": 1}               | Unknown: max; known: before
            clean          | {"olderThan": "1h"}                        | 'state' is missing
            clean          | {"state": "queued", "olderThan": "1h"}     | 'state' is 'queued'; allowed: succeeded, failed
            clean          | {"state": "failed"}                        | 'olderThan' is missing
            clean          | {"state": "failed", "olderThan": 3}        | 'olderThan' is '3'; allowed: an instant, or
            clean          | {"state": "failed", "olderThan": "-1h"}    | 'olderThan' is '-1h'
            clean          | {"state": "failed", "olderThan": "PT-1H"}  | 'olderThan' is 'PT-1H'
            clean          | {"state": "failed", "olderThan": "-P1D"}   | 'olderThan' is '-P1D'
            clean          | {"state": "failed", "olderThan": -3}       | 'olderThan' is '-3'
            clean          | {"state": "failed", "olderThan": "soon"}   | 'olderThan' is 'soon'
            cancel         | {"state": "failed"}                        | 'state' is 'failed'; allowed: SCHEDULED, BLOCKED
            cancel         | {"priority": 1}                            | priority: not for cancel
            reroute        | {}                                         | 'queue' is missing
            reroute        | {"queue": "emial"}                         | 'queue' is 'emial': There is no queue 'emial'.
            reroute        | {"queue": "email"}                         | 'queue' is 'email': The tasks of queue 'email' are in
            reroute        | {"queue": "default", "state": "running"}   | 'state' is 'running'; allowed: SCHEDULED, BLOCKED, QUEUED
            reprioritise   | {}                                         | 'priority' is missing
            reprioritise   | {"priority": "high"}                       | 'priority' is 'high'; allowed: a whole number
            reprioritise   | {"priority": -2147483648}                  | 'priority' is '-2147483648': Queue setting
            promote-due    | {"task": "Some.task"}                      | task: not for promote-due
            drain          | {"scheduled": "maybe"}                     | 'scheduled' is 'maybe'; allowed: true or false
            drain          | {"dryRun": 1, "scheduled": 1}              | 'dryRun' is '1'; allowed: true or false; 'scheduled'
            """)
    void whatIsWrongWithAnOperationIsNamedAndNothingIsDone(String operation, String body, String problem) {
        empty();
        TaskId failed = failed();
        TaskId waiting = insert();
        this.clock.advance(Duration.ofDays(1));
        assertThat(post("email/" + operation, body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.error")
                .asString()
                .contains(problem);
        assertThat(this.store.state(failed)).contains(TaskState.FAILED);
        assertThat(this.store.state(waiting)).contains(TaskState.QUEUED);
    }

    @Test
    void anUnknownOperationOrQueueIsNotFound() {
        assertThat(post("email/empty", "{}"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.error")
                .asString()
                .contains("'empty'", "cancel, clean, drain, promote-due, reprioritise, requeue-failed, reroute");
        assertThat(post("emial/drain", "{}")).hasStatus(404);
    }

    @Test
    void overJmxTheSameIsDoneAndRefusedByAnException() throws Exception {
        assertThat(jmx("4", "true")).asString().contains("PAUSED");
        assertThat(queue().settings().get(QueueSetting.CONCURRENCY)).isEqualTo(4);
        assertThatExceptionOfType(ReflectionException.class)
                .isThrownBy(() -> jmx("0", "true"))
                .withMessageContaining("'concurrency' is '0'; allowed: 1 to 10000");
    }

    private Object jmx(String concurrency, String paused) throws Exception {
        ObjectName endpoint = new ObjectName("org.springframework.boot:type=Endpoint,name=Taskqueues");
        Map<String, String> given = Map.of("name", "email", "concurrency", concurrency, "paused", paused);
        MBeanOperationInfo change = Arrays.stream(
                        this.beans.getMBeanInfo(endpoint).getOperations())
                .filter(operation -> operation.getName().equals("change"))
                .findFirst()
                .orElseThrow();
        Object[] arguments = Arrays.stream(change.getSignature())
                .map(parameter -> given.get(parameter.getName()))
                .toArray();
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        return this.beans.invoke(endpoint, "change", arguments, types);
    }

    private MvcTestResult post(String queue, String body) {
        return this.web
                .post()
                .uri("/actuator/taskqueues/" + queue)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult delete(String queue) {
        return this.web.delete().uri("/actuator/taskqueues/" + queue).exchange();
    }

    private TaskQueue queue() {
        return this.store.queue("email").orElseThrow();
    }

    /** Of what other tests have left. */
    private void empty() {
        post("email/drain", "{\"scheduled\": true}");
        post("email/clean", "{\"state\": \"failed\", \"olderThan\": \"0s\"}");
    }

    private TaskId failed() {
        TaskId id = insert();
        TaskStoreFixture fixture = new TaskStoreFixture(this.store);
        fixture.complete(
                fixture.claimOne(fixture.join("email"), "email"), new TaskOutcome.Failed(TaskStoreFixture.ERROR));
        return id;
    }

    private TaskId insert() {
        return insert("email");
    }

    private TaskId insert(String queue) {
        TaskId id = this.store.newId();
        this.store.insert(List.of(new NewTask(id, "Some.task", queue, 0, 3, "{}", Map.of(), null, null)), tasks -> {});
        return id;
    }

    private void claim() {
        long worker = this.store.join(new WorkerDescription("shop", "node-a", 1, List.of("email"), 20, 0));
        this.store.exchange(worker, List.of(), new ClaimRequest(List.of(new QueueClaim("email", 1)), 1, 1, Set.of()));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        MutableInstantSource clock() {
            return new MutableInstantSource();
        }

        @Bean
        InMemoryTaskStore taskStore(MutableInstantSource clock) {
            return new InMemoryTaskStore(clock);
        }

        @Bean
        QueueRegistry queueRegistry(TaskStore store) {
            return new QueueRegistry(() -> store, TaskDefaults.DEFAULT);
        }

        @Bean
        TaskQueues taskQueues(TaskStore store, QueueRegistry registry) {
            return TestQueues.of(store, registry);
        }
    }
}
