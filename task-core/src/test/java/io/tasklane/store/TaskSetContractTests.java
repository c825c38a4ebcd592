package io.tasklane.store;

import static io.tasklane.store.TaskStoreFixture.ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueInUseException;
import io.tasklane.QueueOperations;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.QueueStats;
import io.tasklane.TaskCriteria;
import io.tasklane.TaskId;
import io.tasklane.TaskListing;
import io.tasklane.TaskState;
import io.tasklane.admin.DefaultTaskAdmin;
import io.tasklane.audit.OperatorAudit;
import io.tasklane.queue.DefaultTaskQueues;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.QueueTaskStores;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.store.TaskMaintenance.AgedTasks;
import io.tasklane.test.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every store must do with many tasks at once, through the operations of a queue. */
public abstract class TaskSetContractTests {

    protected final MutableInstantSource clock = new MutableInstantSource();

    private TaskStoreContractTests.RecordedChanges changes = new TaskStoreContractTests.RecordedChanges();

    private TaskStore store;

    private TaskStoreFixture fixture;

    private QueueOperations email;

    private DefaultTaskQueues queues;

    private DefaultTaskAdmin admin;

    private Optional<String> actor = Optional.empty();

    private long worker;

    /** Returns the store under test, with no tasks, only the queue {@code default}, and this clock. */
    protected abstract TaskStore store(MutableInstantSource clock);

    /** Returns the search over the tasks of that store. */
    protected abstract TaskSearch search();

    /** Returns what begins transactions that the store joins. */
    protected abstract PlatformTransactionManager transactionManager();

    @BeforeEach
    void createQueues() {
        this.store = store(this.clock);
        this.changes = new TaskStoreContractTests.RecordedChanges();
        this.actor = Optional.empty();
        this.fixture = new TaskStoreFixture(this.store);
        this.store.declare(QueueSpec.named("email"));
        this.store.declare(QueueSpec.named("other"));
        OperatorAudit audit = new OperatorAudit(this.store, () -> List.of(() -> this.actor), "shop");
        this.admin = new DefaultTaskAdmin(this.store, this.store, this.store, this.changes, audit);
        this.queues = new DefaultTaskQueues(
                this.store,
                new QueueTaskStores(this.store, this.store, this::search, this.changes, audit),
                new QueueRegistry(() -> this.store, TaskDefaults.DEFAULT),
                List::of);
        this.email = this.queues.queue("email");
        this.worker = this.fixture.join("email", "other", "default");
    }

    @Test
    void n4_tasksWithAKeyGiveItUpAndTakeTheirTurnAgain() {
        List<TaskId> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(this.fixture.task().queue("email").key("k", 1).insert());
        }
        this.store.releaseBlocked(100);
        LeasedTask first = this.fixture.claimOne(this.worker, "email");
        this.fixture.complete(first, new TaskOutcome.Failed(ERROR));
        this.clock.advance(Duration.ofSeconds(1));
        this.store.releaseBlocked(100);
        assertThat(this.store.state(tasks.get(1))).contains(TaskState.QUEUED);

        assertThat(this.email.requeueFailed(3)).isOne();
        this.store.releaseBlocked(100);
        assertThat(this.store.state(tasks.get(0))).contains(TaskState.BLOCKED);

        assertThat(this.email.cancel(TaskCriteria.ALL.in(TaskState.QUEUED))).isOne();
        this.store.releaseBlocked(100);
        assertThat(this.store.state(tasks.get(1))).contains(TaskState.CANCELLED);
        assertThat(this.store.state(tasks.get(2))).contains(TaskState.QUEUED);

        assertThat(this.email.cancel(TaskCriteria.ALL.in(TaskState.QUEUED))).isOne();
        this.store.releaseBlocked(100);
        assertThat(this.store.state(tasks.get(0))).contains(TaskState.QUEUED);
    }

    @Test
    void n15_n4_tasksThatWaitForTheirKeysAreCountedListedAndCancelled() {
        List<TaskId> tasks = keyed(4, 1);
        TaskId elsewhere = this.fixture.task().queue("other").key("k", 1).insert();
        this.store.releaseBlocked(100);
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.email.stats().count(TaskState.BLOCKED)).isEqualTo(3);
        assertThat(listed(TaskState.BLOCKED, 2)).containsExactlyElementsOf(tasks.subList(1, 4));

        assertThat(this.email.dryRun().cancel(TaskCriteria.ALL.in(TaskState.BLOCKED)))
                .isEqualTo(3);
        assertThat(this.email.dryRun().cancel(TaskCriteria.ALL)).isEqualTo(4);
        assertThat(this.email.cancel(TaskCriteria.ALL)).isEqualTo(4);
        assertThat(tasks).allSatisfy(id -> assertThat(this.store.state(id)).contains(TaskState.CANCELLED));
        this.store.releaseBlocked(100);
        assertThat(this.store.state(elsewhere)).contains(TaskState.QUEUED);
    }

    @Test
    void n15_n4_tasksBehindACancelledOneGoByTheirOwnLimit() {
        keyed(1, 1);
        TaskId narrow = this.fixture
                .task()
                .queue("email")
                .name("Narrow.task")
                .key("k", 1)
                .insert();
        TaskId wide = this.fixture.task().queue("other").key("k", 2).insert();
        this.store.releaseBlocked(100);
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.store.state(wide)).as("behind the narrow one").contains(TaskState.BLOCKED);
        assertThat(this.email.cancel(TaskCriteria.ALL.task("Narrow.task"))).isOne();
        assertThat(this.store.state(narrow)).contains(TaskState.CANCELLED);
        this.store.releaseBlocked(100);
        assertThat(this.store.state(wide)).contains(TaskState.QUEUED);
    }

    @Test
    void n15_n4_tasksThatWaitForTheirKeysAreReroutedAndReprioritisedInTheOrderOfTheirKey() {
        List<TaskId> tasks = keyed(3, 1);
        TaskId urgent = this.fixture.task().queue("other").priority(5).insert();
        this.store.releaseBlocked(100);
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.email.dryRun().reprioritise(TaskCriteria.ALL, 9)).isEqualTo(3);
        assertThat(this.email.reprioritise(TaskCriteria.ALL.in(TaskState.BLOCKED), 9))
                .isEqualTo(2);
        assertThat(this.email.reroute(TaskCriteria.ALL, "other")).isEqualTo(3);
        assertThat(this.email.stats().total()).isZero();
        assertThat(this.store.find(tasks.get(2)).orElseThrow())
                .extracting(StoredTask::queue, StoredTask::priority, StoredTask::state)
                .containsExactly("other", 9, TaskState.BLOCKED);

        List<TaskId> run = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            LeasedTask task = this.fixture.claim(this.worker, 1, "other").get(0);
            run.add(task.lease().task());
            this.fixture.complete(task, new TaskOutcome.Succeeded(null));
            this.store.releaseBlocked(100);
        }
        assertThat(run).containsExactly(urgent, tasks.get(0), tasks.get(1), tasks.get(2));
    }

    @Test
    void n15_n4_whoGetsItsKeyWhileAnOperationWorksIsNotPassedBy() {
        this.fixture.task().queue("email").delay(Duration.ofHours(1)).insert();
        List<TaskId> tasks = keyed(2, 2);
        long cancelled = this.email
                .reporting(count -> {
                    this.clock.advance(Duration.ofSeconds(1));
                    this.store.releaseBlocked(100);
                })
                .cancel(TaskCriteria.ALL);
        assertThat(cancelled).isEqualTo(3);
        assertThat(tasks).allSatisfy(id -> assertThat(this.store.state(id)).contains(TaskState.CANCELLED));
    }

    @Test
    void n15_n4_besideThoseWhoGiveOutKeysEachTaskIsWhereItSaysItIs() throws Exception {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            tasks.add(this.fixture.task().queue("email").key("k" + i, 1).build());
        }
        this.store.insert(tasks, committed -> {});
        CompletableFuture<Void> releasing = CompletableFuture.runAsync(() -> {
            int left = tasks.size();
            while (left > 0) {
                left -= this.store.releaseBlocked(1).tasks().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
            }
        });
        TaskCriteria waiting = TaskCriteria.ALL.in(TaskState.BLOCKED);
        for (int round = 1; !releasing.isDone(); round++) {
            this.email.reprioritise(waiting, round);
            this.email.reroute(waiting, "other");
            this.queues.queue("other").reroute(waiting, "email");
        }
        releasing.get(60, TimeUnit.SECONDS);
        assertThat(tasks).allSatisfy(task -> {
            assertThat(this.store.state(task.id())).contains(TaskState.QUEUED);
            assertThat(this.store.cancel(task.id(), this.changes))
                    .as("found by its id")
                    .isTrue();
        });
    }

    @Test
    void a20_whoWaitsForTheKeyOfATaskThatIsCleanedRunsLater() {
        List<TaskId> tasks = keyed(2, 1);
        this.store.releaseBlocked(100);
        LeasedTask first = this.fixture.claimOne(this.worker, "email");
        this.fixture.complete(first, new TaskOutcome.Succeeded(null));
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.email.clean(TaskState.SUCCEEDED, Duration.ZERO)).isOne();
        this.store.releaseBlocked(100);
        assertThat(this.fixture.claimOne(this.worker, "email").lease().task()).isEqualTo(tasks.get(1));
    }

    @Test
    void a32_r29_oneTaskInEachStateIsCountedOnce() {
        this.fixture.task().queue("other").key("k", 1).insert();
        keyed(1, 1);
        this.store.releaseBlocked(100);
        oneOfEach();
        QueueStats stats = this.email.stats();
        for (TaskState state : TaskState.values()) {
            assertThat(stats.count(state)).as(state.name()).isEqualTo(state != TaskState.EXPIRED ? 1 : 0);
        }
        assertThat(stats.total()).isEqualTo(7);
        assertThat(stats.attention()).isEqualTo(new QueueStats.Attention(3, 1, 1));
        assertThat(stats.attention().total()).isEqualTo(5);
        assertThat(this.queues.queue("other").stats().total()).isOne();
    }

    @Test
    void a33_a26_tasksAreListedInTheOrderOfExecutionAndOfTheirTimePageByPage() {
        TaskId low = insert(0);
        TaskId high = insert(9);
        TaskId next = insert(0);
        TaskId last =
                this.fixture.task().queue("email").delay(Duration.ofHours(3)).insert();
        TaskId first =
                this.fixture.task().queue("email").delay(Duration.ofHours(1)).insert();
        TaskId middle =
                this.fixture.task().queue("email").delay(Duration.ofHours(2)).insert();
        this.fixture.insert("other");
        assertThat(listed(TaskState.QUEUED, 500)).containsExactly(high, low, next);
        assertThat(listed(TaskState.QUEUED, 1)).containsExactly(high, low, next);
        assertThat(listed(TaskState.SCHEDULED, 2)).containsExactly(first, middle, last);
        assertThat(this.email.list(TaskState.SCHEDULED, null, 1).tasks().get(0).runAt())
                .isEqualTo(now().plus(Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> this.email.list(TaskState.QUEUED, "x", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> this.email.list(TaskState.QUEUED, null, 501));
    }

    @Test
    void a19_x33_cleaningDeletesWhatEndedStrictlyEarlierAndNothingElse() {
        List<TaskId> old = List.of(succeeded(), succeeded(), succeeded());
        TaskId failed = failed();
        this.clock.advance(Duration.ofHours(2));
        List<TaskId> fresh = List.of(succeeded(), succeeded());
        TaskId queued = insert(0);
        Instant ended = this.store.find(fresh.get(1)).orElseThrow().finishedAt();
        assertThat(this.email.dryRun().clean(TaskState.SUCCEEDED, Duration.ofHours(1)))
                .isEqualTo(3);
        assertThat(this.email.clean(TaskState.SUCCEEDED, Duration.ofHours(1))).isEqualTo(3);
        assertThat(old).allSatisfy(id -> assertThat(this.store.find(id)).isEmpty());
        this.clock.advance(Duration.ofHours(1));
        assertThat(this.email.clean(TaskState.SUCCEEDED, ended))
                .as("strictly older")
                .isOne();
        assertThat(this.email.clean(TaskState.SUCCEEDED, ended.plusMillis(1))).isOne();
        assertThat(this.email.clean(TaskState.FAILED, Duration.ZERO)).isOne();
        assertThat(this.store.attempts(failed)).isEmpty();
        assertThat(this.store.state(queued)).contains(TaskState.QUEUED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.email.clean(TaskState.QUEUED, Duration.ZERO))
                .withMessageContaining("QUEUED");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.email.clean(TaskState.FAILED, Duration.ofSeconds(-1)));
    }

    @Test
    void r22_failedTasksAreRequeuedSoManyTimesAndKeepTheirPayload() {
        List<TaskId> ids = List.of(failed(), failed());
        for (int round = 0; round < 3; round++) {
            assertThat(this.email.dryRun().requeueFailed(3)).isEqualTo(2);
            assertThat(this.email.requeueFailed(3)).isEqualTo(2);
            assertThat(this.changes.requeued()).contains("email");
            for (TaskId id : ids) {
                StoredTask task = this.store.find(id).orElseThrow();
                assertThat(task.state()).isEqualTo(TaskState.QUEUED);
                assertThat(task.retriesUsed()).isZero();
                assertThat(task.payload()).isEqualTo("{\"userId\":42}");
            }
            for (LeasedTask claimed : this.fixture.claim(this.worker, 2, "email")) {
                assertThat(claimed.payload()).isEqualTo("{\"userId\":42}");
                this.clock.advance(Duration.ofSeconds(1));
                this.fixture.complete(claimed, new TaskOutcome.Failed(ERROR));
            }
            this.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(this.email.dryRun().requeueFailed(3)).isZero();
        assertThat(this.email.requeueFailed(3)).isZero();
        assertThat(ids).allSatisfy(id -> {
            assertThat(this.store.state(id)).contains(TaskState.FAILED);
            assertThat(this.store.attempts(id)).hasSize(4);
        });
        assertThat(this.email.requeueFailed(4)).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> this.email.requeueFailed(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.email.requeueFailed(1, TaskCriteria.ALL.in(TaskState.SUCCEEDED)));
    }

    @Test
    void r22_aRequeuedTaskHasUsedNoRetryWhateverBecomesOfIt() {
        TaskId id = insert(0);
        this.fixture.complete(
                this.fixture.claimOne(this.worker, "email"), new TaskOutcome.Retried(ERROR, Duration.ofSeconds(1)));
        this.clock.advance(Duration.ofSeconds(1));
        this.store.promoteDue(10);
        this.fixture.complete(this.fixture.claimOne(this.worker, "email"), new TaskOutcome.Failed(ERROR));
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.store.find(id).orElseThrow().retriesUsed()).isOne();
        assertThat(this.email.requeueFailed(1)).isOne();
        assertThat(this.store.find(id).orElseThrow().retriesUsed()).isZero();
        assertThat(this.email.cancel(TaskCriteria.ALL)).isOne();
        assertThat(this.store.find(id).orElseThrow().retriesUsed()).isZero();
    }

    @Test
    void r22_onlyFailedTasksOfANameAndATimeAreRequeued() {
        TaskId early = failed();
        this.clock.advance(Duration.ofHours(1));
        Instant since = now();
        TaskId late = failed();
        TaskId otherName = this.fixture.task().queue("email").name("Other.task").insert();
        this.fixture.complete(this.fixture.claimOne(this.worker, "email"), new TaskOutcome.Failed(ERROR));
        this.clock.advance(Duration.ofSeconds(1));
        TaskCriteria mail = TaskCriteria.ALL.task("Mailer.send").from(since);
        assertThat(this.email.dryRun().requeueFailed(1, mail)).isOne();
        assertThat(this.email.requeueFailed(1, mail)).isOne();
        assertThat(this.store.state(late)).contains(TaskState.QUEUED);
        assertThat(this.email.requeueFailed(1, TaskCriteria.ALL.task("No.task")))
                .isZero();
        assertThat(this.email.requeueFailed(1, TaskCriteria.ALL.before(since))).isOne();
        assertThat(this.store.state(early)).contains(TaskState.QUEUED);
        assertThat(this.store.state(otherName)).contains(TaskState.FAILED);
    }

    @Test
    void rank46_n15_cancellingEndsWhatWaitsAndStopsWhatRuns() {
        List<TaskId> ids = oneOfEach();
        TaskId other = this.fixture.task().queue("email").name("Other.task").insert();
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.email.dryRun().cancel(TaskCriteria.ALL.task("Mailer.send")))
                .isEqualTo(3);
        assertThat(this.email.cancel(TaskCriteria.ALL.task("Mailer.send").in(TaskState.SCHEDULED)))
                .isOne();
        assertThat(this.email.cancel(TaskCriteria.ALL.task("Mailer.send"))).isEqualTo(2);
        assertThat(this.changes.cancelled()).containsExactly(this.worker);
        assertThat(this.email.stats().count(TaskState.CANCELLED)).isEqualTo(3);
        assertThat(this.store.leases(this.worker))
                .singleElement()
                .satisfies(lease -> assertThat(lease.cancelled()).isTrue());
        assertThat(this.email.cancel(TaskCriteria.ALL.task("Mailer.send")))
                .as("what is told to stop is not told again")
                .isZero();
        assertThat(this.store.state(other)).contains(TaskState.QUEUED);
        assertThat(ids).hasSize(6);
        assertThatIllegalArgumentException().isThrownBy(() -> this.email.cancel(TaskCriteria.ALL.in(TaskState.FAILED)));
    }

    @Test
    void n15_waitingTasksGoToAnotherQueueAndStayWhatTheyAre() {
        TaskId low = insert(1);
        TaskId high = insert(7);
        TaskId later = this.fixture
                .task()
                .queue("email")
                .priority(3)
                .delay(Duration.ofHours(1))
                .insert();
        TaskId there = this.fixture.task().queue("other").priority(1).insert();
        TaskId ended = succeeded();
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.email.dryRun().reroute(TaskCriteria.ALL, "other")).isEqualTo(3);
        assertThat(this.email.reroute(TaskCriteria.ALL, "other")).isEqualTo(3);
        assertThat(this.changes.requeued()).contains("other");
        for (TaskId id : List.of(low, high, later)) {
            StoredTask task = this.store.find(id).orElseThrow();
            assertThat(task.queue()).isEqualTo("other");
            assertThat(task.payload()).isEqualTo("{\"userId\":42}");
        }
        assertThat(this.store.find(later).orElseThrow().runAt()).isNotNull();
        assertThat(this.store.find(ended).orElseThrow().queue()).isEqualTo("email");
        assertThat(this.fixture.claim(this.worker, 10, "email")).isEmpty();
        assertThat(this.fixture.claim(this.worker, 10, "other"))
                .extracting(task -> task.lease().task())
                .containsExactly(high, there, low);
        this.clock.advance(Duration.ofHours(1));
        this.store.promoteDue(10);
        assertThat(this.store.cancel(later, this.changes)).as("found by its id").isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> this.email.reroute(TaskCriteria.ALL, "email"));
        assertThatExceptionOfType(NoSuchQueueException.class)
                .isThrownBy(() -> this.email.reroute(TaskCriteria.ALL, "missing"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.email.reroute(TaskCriteria.ALL.in(TaskState.RUNNING), "other"));
    }

    @Test
    void n15_waitingTasksGetAnotherPriorityInTheirOrder() {
        TaskId first = insert(1);
        TaskId second = insert(1);
        TaskId there = insert(5);
        TaskId later =
                this.fixture.task().queue("email").delay(Duration.ofHours(1)).insert();
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.email.dryRun().reprioritise(TaskCriteria.ALL, 5)).isEqualTo(3);
        assertThat(this.email.reprioritise(TaskCriteria.ALL, 5)).isEqualTo(3);
        assertThat(listed(TaskState.QUEUED, 10)).containsExactly(there, first, second);
        assertThat(this.store.find(later).orElseThrow().priority()).isEqualTo(5);
        assertThat(this.store.cancel(first, this.changes)).as("found by its id").isTrue();
        assertThat(this.fixture.claim(this.worker, 10, "email"))
                .extracting(LeasedTask::priority)
                .containsExactly(5, 5);
        this.queues.patch("email", settings -> settings.with(QueueSetting.MAX_PRIORITY, 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.email.reprioritise(TaskCriteria.ALL, 11))
                .withMessageContaining("max-priority is 10");
    }

    @Test
    void rank31_n15_raisedTasksAreListedInTheirPlacesAndGetAnotherPriorityThanTheirOwn() {
        TaskId first = insert(1);
        TaskId second = insert(3);
        TaskId third = insert(0);
        raiseWhatHasWaited();
        TaskId fresh = insert(5);
        assertThat(listed(TaskState.QUEUED, 1)).containsExactly(first, second, fresh, third);
        assertThat(this.email.dryRun().reprioritise(TaskCriteria.ALL, 5)).isEqualTo(3);
        assertThat(this.email.reprioritise(TaskCriteria.ALL, 5)).isEqualTo(3);
        assertThat(this.email.reprioritise(TaskCriteria.ALL, 5)).isZero();
        assertThat(listed(TaskState.QUEUED, 10)).containsExactly(fresh, first, second, third);
        assertThat(this.store.find(first).orElseThrow().priority()).isEqualTo(5);
    }

    @Test
    void rank31_n16_raisedTasksKeepWhatTheyHaveGainedInAnotherQueueAndLoseItIfTheyAreRequeued() {
        TaskId raised = insert(0);
        raiseWhatHasWaited();
        assertThat(this.email.reroute(TaskCriteria.ALL, "other")).isOne();
        LeasedTask claimed = this.fixture.claimOne(this.worker, "other");
        assertThat(claimed.lease().task()).isEqualTo(raised);
        assertThat(claimed.priority()).isEqualTo(4);
        this.fixture.complete(claimed, new TaskOutcome.Failed(ERROR));
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.queues.queue("other").requeueFailed(3)).isOne();
        assertThat(this.fixture.claimOne(this.worker, "other").priority()).isZero();
    }

    /** After a minute, by 4, up to 5. */
    private void raiseWhatHasWaited() {
        this.clock.advance(Duration.ofMinutes(1));
        PriorityAging rule = new PriorityAging(Duration.ofMinutes(1), 4, 5);
        AgedTasks step = this.store.age("email", rule, null, 100);
        while (step.next() != null) {
            step = this.store.age("email", rule, step.next(), 100);
        }
    }

    @Test
    void a25_whatIsDueIsListedAndPromotedOnce() {
        TaskId due =
                this.fixture.task().queue("email").delay(Duration.ofMinutes(1)).insert();
        TaskId later =
                this.fixture.task().queue("email").delay(Duration.ofHours(1)).insert();
        TaskId other =
                this.fixture.task().queue("other").delay(Duration.ofMinutes(1)).insert();
        assertThat(this.email.listDue(10).tasks()).isEmpty();
        this.clock.advance(Duration.ofMinutes(2));
        assertThat(this.email.listDue(10).tasks()).extracting(task -> task.id()).containsExactly(due);
        assertThat(this.store.state(due)).as("listing moves nothing").contains(TaskState.SCHEDULED);
        assertThat(this.email.promoteDue()).isOne();
        assertThat(this.email.promoteDue()).isZero();
        assertThat(this.store.state(due)).contains(TaskState.QUEUED);
        assertThat(this.store.state(later)).contains(TaskState.SCHEDULED);
        assertThat(this.store.state(other)).contains(TaskState.SCHEDULED);
        assertThat(this.fixture.claimOne(this.worker, "email").lease().task()).isEqualTo(due);
    }

    @Test
    void a27_aScheduledTaskIsRemovedOnce() {
        TaskId id =
                this.fixture.task().queue("email").delay(Duration.ofMinutes(1)).insert();
        TaskId queued = insert(0);
        TaskId elsewhere =
                this.fixture.task().queue("other").delay(Duration.ofMinutes(1)).insert();
        assertThat(this.email.removeScheduled(id)).isTrue();
        assertThat(this.store.audited(10))
                .extracting(AuditRecord::action, AuditRecord::detail, AuditRecord::tasks)
                .containsExactly(tuple("tasks.remove-scheduled", "task " + id, 1L));
        assertThat(this.email.removeScheduled(id)).isFalse();
        assertThat(this.email.removeScheduled(queued)).isFalse();
        assertThat(this.email.removeScheduled(elsewhere)).isFalse();
        this.fixture.claimOne(this.worker, "email");
        assertThat(this.email.removeScheduled(queued)).as("it runs").isFalse();
        assertThat(this.store.audited(10)).hasSize(1);
        assertThat(this.store.find(id)).isEmpty();
        assertThat(this.store.state(elsewhere)).contains(TaskState.SCHEDULED);
    }

    @Test
    void rank26_drainingDeletesWhatWaits() {
        oneOfEach();
        this.fixture.insert("other");
        assertThat(this.email.dryRun().drain(true)).isEqualTo(2);
        assertThat(this.email.drain()).isOne();
        assertThat(this.email.stats().count(TaskState.QUEUED)).isZero();
        assertThat(this.email.stats().count(TaskState.SCHEDULED)).isOne();
        assertThat(this.email.drain(true)).isOne();
        assertThat(this.email.stats().total()).isEqualTo(4);
        assertThat(this.queues.queue("other").stats().count(TaskState.QUEUED)).isOne();
    }

    @Test
    void rank26_n4_drainingDeletesTasksThatWaitForTheirKeysToo() {
        List<TaskId> tasks = keyed(3, 1);
        TaskId elsewhere = this.fixture.task().queue("other").key("k", 1).insert();
        this.store.releaseBlocked(100);
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.email.dryRun().drain()).isEqualTo(3);
        assertThat(this.email.drain()).isEqualTo(3);
        assertThat(tasks).allSatisfy(id -> assertThat(this.store.find(id)).isEmpty());
        this.store.releaseBlocked(100);
        assertThat(this.store.state(elsewhere)).contains(TaskState.QUEUED);
    }

    @Test
    void rank26_obliteratingIsRefusedWhileTasksRunUnlessItIsForced() {
        oneOfEach();
        assertThatExceptionOfType(QueueInUseException.class).isThrownBy(() -> this.email.obliterate(false));
        assertThat(this.email.stats().total()).isEqualTo(6);
        List<HeldLease> held = this.store.leases(this.worker);
        this.email.obliterate(true);
        assertThat(this.store.queue("email")).isEmpty();
        assertThat(this.store.state(held.get(0).lease().task())).contains(TaskState.RUNNING);
        assertThat(this.store.leases(this.worker))
                .singleElement()
                .satisfies(lease -> assertThat(lease.cancelled()).isTrue());
        this.store.declare(QueueSpec.named("email"));
        assertThat(this.email.stats().total()).isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.queues.queue("default").obliterate(true));
    }

    @Test
    void rank26_n4_obliteratingDeletesTasksThatWaitForTheirKeysToo() {
        TaskId holder = this.fixture.task().queue("email").key("k", 1).insert();
        TaskId blocked = this.fixture.task().queue("email").key("k", 1).insert();
        TaskId elsewhere = this.fixture.task().queue("other").key("k", 1).insert();
        this.store.releaseBlocked(100);
        LeasedTask running = this.fixture.claimOne(this.worker, "email");
        assertThat(running.lease().task()).isEqualTo(holder);

        this.email.obliterate(true);
        assertThat(this.store.find(blocked)).isEmpty();
        assertThat(this.store.audited(10))
                .filteredOn(audited -> audited.action().equals("tasks.obliterate"))
                .singleElement()
                .satisfies(audited -> assertThat(audited.tasks()).isOne());
        assertThat(this.store.state(elsewhere)).contains(TaskState.BLOCKED);

        this.fixture.complete(running, new TaskOutcome.Cancelled());
        this.clock.advance(Duration.ofSeconds(1));
        this.store.releaseBlocked(100);
        assertThat(this.store.state(elsewhere)).contains(TaskState.QUEUED);
    }

    @Test
    void n15_longOperationsWorkInBatchesAndTellHowFarTheyAre() {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 2_300; i++) {
            TaskStoreFixture.TaskBuilder task = this.fixture
                    .task()
                    .queue("email")
                    .priority(i < 1_200 ? 0 : 1)
                    .delay(i % 23 == 0 ? Duration.ofMinutes(1 + i % 2) : null);
            tasks.add((i < 1_200 ? task : task.key("k", 1)).build());
        }
        this.store.insert(tasks, committed -> {});
        List<Long> progress = new ArrayList<>();
        assertThat(this.email.reporting(progress::add).reroute(TaskCriteria.ALL, "other"))
                .isEqualTo(2_300);
        assertThat(progress).hasSizeBetween(3, 6).endsWith(2_300L).isSorted();
        assertThat(this.queues.queue("other").reprioritise(TaskCriteria.ALL, 4)).isEqualTo(2_300);
        assertThat(this.queues.queue("other").cancel(TaskCriteria.ALL)).isEqualTo(2_300);
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.queues.queue("other").clean(TaskState.CANCELLED, Duration.ZERO))
                .isEqualTo(2_300);
        assertThat(this.queues.queue("other").stats().total()).isZero();
    }

    @Test
    void n15_whatComesWhileAnOperationWorksIsLeftAlone() {
        insert(0);
        this.fixture.task().queue("email").delay(Duration.ofHours(1)).insert();
        List<TaskId> late = new ArrayList<>();
        long drained = this.email
                .reporting(count -> {
                    if (late.isEmpty()) {
                        this.clock.advance(Duration.ofSeconds(1));
                        late.add(insert(0));
                        late.add(this.fixture
                                .task()
                                .queue("email")
                                .delay(Duration.ofHours(1))
                                .insert());
                    }
                })
                .drain(true);
        assertThat(drained).isEqualTo(2);
        assertThat(this.store.state(late.get(0))).contains(TaskState.QUEUED);
        assertThat(this.store.state(late.get(1))).contains(TaskState.SCHEDULED);
    }

    @Test
    void n15_besideAWorkerNoTaskIsLostOrRunTwice() throws Exception {
        int count = 600;
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(this.fixture.task().queue("email").priority(i % 3).build());
        }
        this.store.insert(tasks, committed -> {});
        AtomicBoolean moved = new AtomicBoolean();
        List<TaskId> run = new ArrayList<>();
        CompletableFuture<Void> working = CompletableFuture.runAsync(() -> {
            boolean last = false;
            while (!last) {
                last = moved.get();
                List<LeasedTask> claimed = this.fixture.claim(this.worker, 7, "email", "other");
                while (!claimed.isEmpty()) {
                    for (LeasedTask task : claimed) {
                        assertThat(this.fixture.complete(task, new TaskOutcome.Succeeded(null)))
                                .isEmpty();
                        run.add(task.lease().task());
                    }
                    claimed = this.fixture.claim(this.worker, 7, "email", "other");
                }
            }
        });
        try {
            for (int round = 0; round < 5; round++) {
                this.email.reprioritise(TaskCriteria.ALL, 5 + round);
                this.email.reroute(TaskCriteria.ALL, "other");
                this.queues.queue("other").reroute(TaskCriteria.ALL, "email");
            }
        } finally {
            // Or else the worker would go on for ever after a failure.
            moved.set(true);
        }
        working.get(60, TimeUnit.SECONDS);
        Set<TaskId> all = new HashSet<>();
        tasks.forEach(task -> all.add(task.id()));
        assertThat(run).doesNotHaveDuplicates().hasSameElementsAs(all);
    }

    @Test
    void rank25_n14_whatOperatorsDoIsWrittenDownWithWhoAndWhat() {
        TaskId id = insert(0);
        this.actor = Optional.of("ann");
        this.admin.cancel(id);
        this.clock.advance(Duration.ofSeconds(1));
        this.admin.retry(id);
        this.email.pause();
        this.clock.advance(Duration.ofSeconds(1));
        this.email.dryRun().drain();
        this.actor = Optional.empty();
        this.email.cancel(TaskCriteria.ALL.task("Mailer.send").before(now()));
        this.clock.advance(Duration.ofSeconds(1));
        this.email.clean(TaskState.CANCELLED, Duration.ZERO);
        this.admin.delete(id);
        assertThat(this.store.audited(10))
                .extracting(AuditRecord::actor, AuditRecord::action, AuditRecord::queue, AuditRecord::tasks)
                .containsExactly(
                        tuple("shop", "tasks.clean", "email", 1L),
                        tuple("shop", "tasks.cancel", "email", 1L),
                        tuple("ann", "queue.pause", "email", 0L),
                        tuple("ann", "task.retry", null, 1L),
                        tuple("ann", "task.cancel", null, 1L));
        assertThat(this.store.audited(1).get(0).at()).isEqualTo(now());
        assertThat(this.store.audited(2).get(1).detail()).contains("QUEUED", "task Mailer.send", "before ");
        assertThat(this.store.audited(5).get(4).detail()).isEqualTo(id.toString());
    }

    @Test
    void rank25_anOperationThatGoesNoFurtherIsAuditedWithWhatItDid() {
        insert(0);
        insert(0);
        insert(1);
        TaskSetChange change = new TaskSetChange(
                "email", new TaskSetChange.Cancel(), List.of(TaskState.QUEUED), TaskCriteria.ALL, null);
        AuditStore.Entry entry = new AuditStore.Entry("ann", "tasks.cancel", "email", "[QUEUED]", 0);
        TaskSetAdministration.Batch first = this.store.change(change, entry, null, 1, this.changes);
        assertThat(first.changed()).isOne();
        assertThat(this.store.audited(10))
                .extracting(AuditRecord::actor, AuditRecord::detail, AuditRecord::tasks)
                .containsExactly(tuple("ann", "[QUEUED], not finished", 1L));

        TaskSetAdministration.Batch batch = first;
        while (batch.next() != null) {
            batch = this.store.change(change, entry, batch.next(), 1, this.changes);
        }
        assertThat(this.store.audited(10))
                .extracting(AuditRecord::actor, AuditRecord::detail, AuditRecord::tasks)
                .containsExactly(tuple("ann", "[QUEUED]", 3L));
    }

    @Test
    void rank25_anOperationThatFailsHalfWayIsAuditedAsSuch() {
        insert(0);
        assertThatIllegalStateException()
                .isThrownBy(() -> this.email
                        .reporting(count -> {
                            throw new IllegalStateException("no further");
                        })
                        .drain());
        assertThat(this.store.audited(10))
                .extracting(AuditRecord::action, AuditRecord::detail, AuditRecord::tasks)
                .containsExactly(tuple("tasks.drain", "[BLOCKED, QUEUED], not finished", 1L));
        assertThat(this.email.cancel(TaskCriteria.ALL.task("No.task"))).isZero();
        assertThat(this.store.audited(1))
                .extracting(AuditRecord::action, AuditRecord::tasks)
                .containsExactly(tuple("tasks.cancel", 0L));
        assertThat(this.store.audited(1).get(0).detail()).doesNotContain("not finished");
    }

    @Test
    void rank25_auditRecordsAreDeletedOnceTheyAreOld() {
        this.email.pause();
        this.email.resume();
        this.clock.advance(Duration.ofDays(1));
        this.email.pause();
        assertThat(this.store.pruneAudit(Duration.ofHours(1), 1)).isOne();
        assertThat(this.store.pruneAudit(Duration.ofHours(1), 10)).isOne();
        assertThat(this.store.pruneAudit(Duration.ofHours(1), 10)).isZero();
        assertThat(this.store.audited(10))
                .singleElement()
                .satisfies(left -> assertThat(left.action()).isEqualTo("queue.pause"));
    }

    @Test
    void rank25_whatIsDoneToASingleTaskIsAuditedWithItsTransactionOnly() {
        TaskId id = insert(0);
        TransactionTemplate transaction = new TransactionTemplate(transactionManager());
        transaction.executeWithoutResult(status -> {
            this.admin.cancel(id);
            status.setRollbackOnly();
        });
        assertThat(this.store.audited(10)).isEmpty();
        transaction.executeWithoutResult(status -> this.admin.cancel(id));
        assertThat(this.store.audited(10)).hasSize(1);
    }

    @Test
    void c3_anUnknownQueueIsRefused() {
        QueueOperations unknown = this.queues.queue("emial");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                unknown::stats,
                unknown::drain,
                unknown::promoteDue,
                unknown::pause,
                unknown.dryRun()::drain,
                () -> unknown.cancel(TaskCriteria.ALL),
                () -> unknown.list(TaskState.QUEUED, null, 1),
                () -> unknown.obliterate(true))) {
            assertThatExceptionOfType(NoSuchQueueException.class).isThrownBy(call);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> this.queues.queue("e mail"));
    }

    private List<TaskId> listed(TaskState state, int size) {
        List<TaskId> ids = new ArrayList<>();
        TaskListing page = this.email.list(state, null, size);
        page.tasks().forEach(task -> ids.add(task.id()));
        while (page.next() != null) {
            page = this.email.list(state, page.next(), size);
            page.tasks().forEach(task -> ids.add(task.id()));
        }
        return ids;
    }

    /** SUCCEEDED, FAILED, CANCELLED, RUNNING, QUEUED, SCHEDULED. */
    private List<TaskId> oneOfEach() {
        TaskId succeeded = succeeded();
        TaskId failed = failed();
        TaskId cancelled = insert(0);
        this.store.cancel(cancelled, this.changes);
        TaskId running = insert(0);
        this.fixture.claimOne(this.worker, "email");
        TaskId queued = insert(0);
        TaskId scheduled =
                this.fixture.task().queue("email").delay(Duration.ofHours(1)).insert();
        return Arrays.asList(succeeded, failed, cancelled, running, queued, scheduled);
    }

    /** Tasks of the key "k" in "email". */
    private List<TaskId> keyed(int count, int limit) {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(this.fixture.task().queue("email").key("k", limit).insert());
        }
        return ids;
    }

    private TaskId insert(int priority) {
        return this.fixture.task().queue("email").priority(priority).insert();
    }

    private TaskId succeeded() {
        TaskId id = insert(Integer.MAX_VALUE);
        LeasedTask task = this.fixture.claim(this.worker, 1, "email").get(0);
        assertThat(task.lease().task()).isEqualTo(id);
        this.fixture.complete(task, new TaskOutcome.Succeeded(null));
        this.clock.advance(Duration.ofSeconds(1));
        return id;
    }

    private TaskId failed() {
        TaskId id = insert(Integer.MAX_VALUE);
        this.fixture.complete(this.fixture.claim(this.worker, 1, "email").get(0), new TaskOutcome.Failed(ERROR));
        this.clock.advance(Duration.ofSeconds(1));
        return id;
    }

    private Instant now() {
        return this.clock.instant();
    }
}
