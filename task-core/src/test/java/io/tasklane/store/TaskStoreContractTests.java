package io.tasklane.store;

import static io.tasklane.store.TaskStoreFixture.ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.tasklane.ConcurrencyRange;
import io.tasklane.InvalidQueueSettingException;
import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueInUseException;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RateLimit;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskError;
import io.tasklane.TaskId;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import io.tasklane.TaskStateException;
import io.tasklane.TaskTransactionException;
import io.tasklane.WorkerTags;
import io.tasklane.store.QueueStore.AppliedQueue;
import io.tasklane.store.QueueStore.AppliedQueue.Result;
import io.tasklane.store.TaskLeases.PromotedTasks;
import io.tasklane.store.TaskLeases.TaskProbe;
import io.tasklane.store.TaskMaintenance.AgedTasks;
import io.tasklane.store.TaskProgress.LeaseState;
import io.tasklane.store.TaskRateLimits.DeclaredRateLimit;
import io.tasklane.store.TaskStoreFixture.TaskBuilder;
import io.tasklane.store.WorkerMembership.Recovery;
import io.tasklane.test.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What every {@link TaskStore} must do. A store passes by one subclass that creates it.
 *
 * @since 0.1.0
 */
public abstract class TaskStoreContractTests {

    protected static final Duration DEAD_AFTER = Duration.ofSeconds(10);

    protected static final int MAX_RECOVERIES = 3;

    protected final MutableInstantSource clock = new MutableInstantSource();

    protected TaskStore store;

    protected TaskStoreFixture fixture;

    protected final RecordedChanges changes = new RecordedChanges();

    /**
     * Creates a store without tasks and workers, whose only queue is {@code default}.
     *
     * @param clock the store's clock
     */
    protected abstract TaskStore createStore(InstantSource clock) throws Exception;

    /** Returns another store on the same tasks, as another node would have it; or the same if it cannot be shared. */
    protected TaskStore openAnotherStore() throws Exception {
        return this.store;
    }

    /** Releases what {@link #createStore} and {@link #openAnotherStore} have opened. */
    protected void closeStores() throws Exception {}

    /** Returns what begins transactions that the store joins. */
    protected abstract PlatformTransactionManager transactionManager();

    /** Whether a delayed task of an open transaction can hold up what becomes of other tasks until that transaction ends. */
    protected boolean openDelaysHoldUpOthers() {
        return false;
    }

    @BeforeEach
    void openStore() throws Exception {
        this.store = createStore(this.clock);
        this.fixture = new TaskStoreFixture(this.store);
    }

    @AfterEach
    void releaseStores() throws Exception {
        closeStores();
    }

    /** A failing sequence is printed with its seed. For longer runs see CONTRIBUTING.md. */
    @Test
    void model_randomSequencesDoWhatTheModelDoes() throws Exception {
        Instant start = this.clock.instant();
        new ModelCheck(() -> {
                    closeStores();
                    this.clock.set(start);
                    this.store = createStore(this.clock);
                    return new ModelRun(
                            List.of(this.store, openAnotherStore()),
                            transactionManager(),
                            !openDelaysHoldUpOthers(),
                            this.clock);
                })
                .check();
    }

    // ---- keys

    @Test
    void n4_tasksOfAKeyAreClaimableOneAtATimeInTheOrderOfTheirInsertion() {
        List<TaskId> tasks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tasks.add(this.fixture.task().key("order:1", 1).priority(i).insert());
        }
        TaskId other = this.fixture.task().key("order:2", 1).insert();
        TaskId plain = this.fixture.insert("default");
        long worker = this.fixture.join();
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(plain);
        assertThat(this.store.state(tasks.get(0))).contains(TaskState.BLOCKED);
        assertThat(this.store.probe(List.of(), Set.of()).blocked()).isTrue();

        assertThat(this.store.releaseBlocked(100)).isEqualTo(new ReleasedTasks(Map.of("default", 2), false));
        assertThat(this.store.probe(List.of(), Set.of()).blocked()).isFalse();
        assertThat(this.store.releaseBlocked(100)).isEqualTo(ReleasedTasks.NONE);
        List<TaskId> started = new ArrayList<>();
        for (LeasedTask task : this.fixture.claim(worker, 10, "default")) {
            assertThat(task.keyed()).isTrue();
            if (task.lease().task().equals(other)) {
                continue;
            }
            LeasedTask next = task;
            while (next != null) {
                started.add(next.lease().task());
                List<LeasedTask> claimed = this.fixture.completeAndClaim(next, new TaskOutcome.Succeeded(null));
                assertThat(claimed).hasSizeLessThan(2);
                next = claimed.isEmpty() ? null : claimed.get(0);
            }
        }
        assertThat(started).containsExactlyElementsOf(tasks);
    }

    @Test
    void n4_aKeyCanHaveALimitAboveOne() {
        List<TaskId> tasks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tasks.add(this.fixture.task().key("api", 3).insert());
        }
        this.store.releaseBlocked(100);
        long worker = this.fixture.join();
        List<LeasedTask> claimed = this.fixture.claim(worker, 10, "default");
        assertThat(ids(claimed)).containsExactlyElementsOf(tasks.subList(0, 3));
        assertThat(ids(this.fixture.completeAndClaim(claimed.get(1), new TaskOutcome.Failed(ERROR))))
                .containsExactly(tasks.get(3));
        assertThat(this.store.state(tasks.get(4))).contains(TaskState.BLOCKED);
    }

    @Test
    void n4_allTasksThatAKeyHasRoomForBecomeClaimableInTheirOrder() {
        List<TaskId> tasks = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            tasks.add(this.fixture.task().key("one", i < 2 ? 1 : 100).insert());
        }
        release();
        LeasedTask first = this.fixture.claimOne(this.fixture.join(), "default");
        this.fixture.complete(first, new TaskOutcome.Succeeded(null));
        release();
        assertThat(ids(this.fixture.claim(first.lease().worker(), 100, "default")))
                .containsExactlyElementsOf(tasks.subList(1, 70));
    }

    private void release() {
        ReleasedTasks released;
        do {
            released = this.store.releaseBlocked(100);
        } while (released.more());
    }

    @Test
    void n4_aTaskThatWaitsForItsRetryHoldsItsKeyBack() {
        TaskId first = this.fixture.task().key("k", 1).insert();
        TaskId second = this.fixture.task().key("k", 1).insert();
        this.store.releaseBlocked(100);
        LeasedTask claimed = this.fixture.claimOne(this.fixture.join(), "default");
        assertThat(this.fixture.completeAndClaim(claimed, new TaskOutcome.Retried(ERROR, Duration.ofSeconds(5))))
                .isEmpty();
        assertThat(this.store.releaseBlocked(100)).isEqualTo(ReleasedTasks.NONE);
        assertThat(this.store.state(first)).contains(TaskState.SCHEDULED);
        this.clock.advance(Duration.ofSeconds(5));
        assertThat(this.store.promoteDue(10)).isEqualTo(new PromotedTasks(1, Set.of("default")));
        assertThat(this.store.state(second)).contains(TaskState.BLOCKED);
        assertThat(this.fixture.claimOne(this.fixture.join(), "default").lease().task())
                .isEqualTo(first);
    }

    @Test
    void n4_aTaskThatSkipsWaitingLetsOthersPassAndComesBehindThem() {
        TaskKey key = new TaskKey("k", 1, TaskKey.Hold.UNTIL_RETRY);
        TaskId first = this.fixture.task().key(key).insert();
        TaskId second = this.fixture.task().key(key).insert();
        this.store.releaseBlocked(100);
        LeasedTask claimed = this.fixture.claimOne(this.fixture.join(), "default");
        List<LeasedTask> passed =
                this.fixture.completeAndClaim(claimed, new TaskOutcome.Retried(ERROR, Duration.ofSeconds(5)));
        assertThat(ids(passed)).containsExactly(second);
        this.clock.advance(Duration.ofSeconds(5));
        assertThat(this.store.promoteDue(10)).isEqualTo(new PromotedTasks(1, Set.of(), true));
        this.store.releaseBlocked(100);
        assertThat(this.store.find(first).orElseThrow().state()).isEqualTo(TaskState.BLOCKED);
        assertThat(this.store.find(first).orElseThrow().retriesUsed()).isOne();
        LeasedTask again = this.fixture
                .completeAndClaim(passed.get(0), new TaskOutcome.Succeeded(null))
                .get(0);
        assertThat(again.lease().task()).isEqualTo(first);
        assertThat(again.retriesUsed()).isOne();
    }

    @Test
    void n4_aDelayedTaskTakesItsTurnWhenItIsDue() {
        TaskId later =
                this.fixture.task().key("k", 1).delay(Duration.ofSeconds(5)).insert();
        TaskId now = this.fixture.task().key("k", 1).insert();
        this.store.releaseBlocked(100);
        LeasedTask claimed = this.fixture.claimOne(this.fixture.join(), "default");
        assertThat(claimed.lease().task()).isEqualTo(now);
        this.clock.advance(Duration.ofSeconds(5));
        this.store.promoteDue(10);
        this.store.releaseBlocked(100);
        assertThat(this.store.state(later)).contains(TaskState.BLOCKED);
        assertThat(ids(this.fixture.completeAndClaim(claimed, new TaskOutcome.Succeeded(null))))
                .containsExactly(later);
    }

    @Test
    void n4_aTaskThatIsPutBackKeepsItsKey() {
        this.fixture.task().key("k", 1).insert();
        TaskId second = this.fixture.task().key("k", 1).insert();
        this.store.releaseBlocked(100);
        long worker = this.fixture.join();
        LeasedTask claimed = this.fixture.claimOne(worker, "default");
        List<LeasedTask> again = this.fixture.completeAndClaim(claimed, new TaskOutcome.Released(true));
        assertThat(again).hasSize(1);
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).putBack()).isOne();
        assertThat(this.store.releaseBlocked(100)).isEqualTo(ReleasedTasks.NONE);
        assertThat(this.store.state(second)).contains(TaskState.BLOCKED);
        // The last recovery fails it, and gives up its key.
        for (int i = 1; i < MAX_RECOVERIES; i++) {
            this.fixture.claimOne(this.fixture.join(), "default");
            this.clock.advance(DEAD_AFTER.plusSeconds(1));
            this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        }
        assertThat(this.store.releaseBlocked(100).tasks()).isEqualTo(Map.of("default", 1));
        assertThat(this.store.state(second)).contains(TaskState.QUEUED);
    }

    @Test
    void n4_whatIsCancelledOrDeletedGivesUpItsKeyWhereverItStands() {
        TaskId queued = this.fixture.task().key("k", 1).insert();
        TaskId scheduled = this.fixture.task().key("k", 1).insert();
        TaskId blocked = this.fixture.task().key("k", 1).insert();
        TaskId failed = this.fixture.task().key("k", 1).insert();
        TaskId last = this.fixture.task().key("k", 1).insert();
        this.store.releaseBlocked(100);
        assertThat(this.store.cancel(queued, this.changes)).isTrue();
        release();
        LeasedTask claimed = this.fixture.claimOne(this.fixture.join(), "default");
        this.fixture.complete(claimed, new TaskOutcome.Retried(ERROR, Duration.ofSeconds(5)));
        assertThat(this.store.state(scheduled)).contains(TaskState.SCHEDULED);
        assertThat(this.store.cancel(blocked, this.changes)).isTrue();
        assertThat(this.store.state(blocked)).contains(TaskState.CANCELLED);
        release();
        assertThat(this.store.state(failed)).contains(TaskState.BLOCKED);
        assertThat(this.store.delete(scheduled)).isTrue();
        release();
        LeasedTask next = this.fixture.claimOne(this.fixture.join(), "default");
        assertThat(next.lease().task()).isEqualTo(failed);
        assertThat(ids(this.fixture.completeAndClaim(next, new TaskOutcome.Failed(ERROR))))
                .containsExactly(last);
        // Once more, behind the others of its key.
        assertThat(this.store.retry(failed, this.changes)).isTrue();
        release();
        assertThat(this.store.state(failed)).contains(TaskState.BLOCKED);
        assertThat(this.store.delete(failed)).isTrue();
        assertThat(this.store.find(failed)).isEmpty();
    }

    @Test
    void n4_blockedTasksAreCountedAndBelongToTheQueue() {
        this.store.declare(QueueSpec.named("a"));
        this.store.declare(QueueSpec.named("b"));
        this.fixture.task().queue("a").key("k", 1).insert();
        this.fixture.task().queue("a").key("k", 1).insert();
        TaskId other = this.fixture.task().queue("b").key("k", 1).insert();
        this.store.releaseBlocked(100);
        QueueStatistics statistics = this.store.statistics().get(0);
        assertThat(statistics.queue()).isEqualTo("a");
        assertThat(statistics.count(TaskState.QUEUED)).isOne();
        assertThat(statistics.count(TaskState.BLOCKED)).isOne();
        assertThatExceptionOfType(QueueInUseException.class)
                .isThrownBy(() -> this.store.delete("a", null))
                .withMessageContaining("2");
        assertThat(this.store.delete("a", RemainingTasks.DELETE)).isTrue();
        // Their key is free for the task of another queue.
        release();
        assertThat(this.store.state(other)).contains(TaskState.QUEUED);
    }

    @Test
    void n4_aTransactionThatEnqueuesHoldsUpNobodyOfTheSameKey() {
        TransactionTemplate transaction = new TransactionTemplate(transactionManager());
        TaskId first = this.fixture.task().key("k", 1).insert();
        AtomicReference<TaskId> open = new AtomicReference<>();
        transaction.executeWithoutResult(status -> {
            open.set(this.fixture.task().key("k", 1).insert());
            assertThat(this.store.state(open.get())).contains(TaskState.BLOCKED);
            onAnotherThread(() -> {
                release();
                LeasedTask claimed = this.fixture.claimOne(this.fixture.join(), "default");
                assertThat(claimed.lease().task()).isEqualTo(first);
                assertThat(this.fixture.completeAndClaim(claimed, new TaskOutcome.Succeeded(null)))
                        .isEmpty();
            });
        });
        release();
        assertThat(this.store.state(open.get())).contains(TaskState.QUEUED);
        transaction.executeWithoutResult(status -> {
            open.set(this.fixture.task().key("k", 1).insert());
            status.setRollbackOnly();
        });
        assertThat(this.store.find(open.get())).isEmpty();
    }

    @Test
    void n4_aTaskThatCompletesInItsTransactionGivesUpItsKeyWithTheCommit() {
        TransactionTemplate transaction = new TransactionTemplate(transactionManager());
        this.fixture.task().key("k", 1).insert();
        TaskId second = this.fixture.task().key("k", 1).insert();
        release();
        LeasedTask claimed = this.fixture.claimOne(this.fixture.join(), "default");
        TaskCompletion completion =
                claimed.completion(claimed.claimedAt(), claimed.claimedAt(), new TaskOutcome.Succeeded(null));
        transaction.executeWithoutResult(status -> {
            assertThat(this.store.succeedInTransaction(completion)).isTrue();
            onAnotherThread(() -> {
                release();
                assertThat(this.store.state(second)).contains(TaskState.BLOCKED);
            });
        });
        release();
        assertThat(this.store.state(second)).contains(TaskState.QUEUED);
    }

    @Test
    void n4_workersSideBySideNeverHoldAKeyTogetherAndKeepItsOrder() throws Exception {
        Map<TaskId, Integer> keys = new ConcurrentHashMap<>();
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            NewTask task = this.fixture.task().key("key-" + i % 5, 1).build();
            tasks.add(task);
            keys.put(task.id(), i % 5);
        }
        this.store.insert(tasks, committed -> {});
        Map<Integer, TaskId> running = new ConcurrentHashMap<>();
        Map<Integer, List<TaskId>> ended = new ConcurrentHashMap<>();
        AtomicReference<String> overlap = new AtomicReference<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                TaskStore own = openAnotherStore();
                TaskStoreFixture node = new TaskStoreFixture(own);
                long token = (i + 1) * 1_000_000L;
                workers.add(threads.submit(() -> {
                    long worker = node.join();
                    List<LeasedTask> held = List.of();
                    for (int round = 0;
                            ended.values().stream().mapToInt(List::size).sum() < 200;
                            round++) {
                        List<TaskCompletion> completions = new ArrayList<>();
                        for (LeasedTask task : held) {
                            completions.add(task.completion(
                                    task.claimedAt(), task.claimedAt(), new TaskOutcome.Succeeded(null)));
                            running.remove(keys.get(task.lease().task()));
                        }
                        TaskExchange answer = own.exchange(
                                worker,
                                completions,
                                new ClaimRequest(List.of(new QueueClaim("default", 3)), 3, token + round, Set.of()));
                        held = answer.claimed();
                        for (LeasedTask task : held) {
                            TaskId id = task.lease().task();
                            if (running.put(keys.get(id), id) != null) {
                                overlap.set("two tasks of key " + keys.get(id));
                            }
                            ended.computeIfAbsent(keys.get(id), key -> Collections.synchronizedList(new ArrayList<>()))
                                    .add(id);
                        }
                        own.releaseBlocked(100);
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(overlap.get()).isNull();
        ended.forEach((key, order) -> assertThat(order)
                .containsExactlyElementsOf(tasks.stream()
                        .map(NewTask::id)
                        .filter(id -> keys.get(id).equals(key))
                        .toList()));
    }

    @Test
    void n8_aFloodOfOneFairKeyHoldsUpAnotherByNoMoreThanItsShare() {
        List<TaskId> flood = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            flood.add(this.fixture.task().key(fair("flood")).insert());
        }
        release();
        List<TaskId> few = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            few.add(this.fixture.task().key(fair("few")).insert());
        }
        release();
        long worker = this.fixture.join();
        List<TaskId> started = new ArrayList<>();
        for (int i = 0; i < 66; i++) {
            started.addAll(ids(this.fixture.claim(worker, 1, "default")));
        }
        assertThat(started).hasSize(66).containsAll(flood);
        assertThat(started.stream().filter(flood::contains)).containsExactlyElementsOf(flood);
        assertThat(started.stream().filter(few::contains)).containsExactlyElementsOf(few);
        // Behind what was claimable when it came, then in turns: four of each.
        assertThat(started.indexOf(few.get(0))).isEqualTo(4);
        assertThat(started.indexOf(few.get(5))).isLessThan(16);
    }

    @Test
    void n8_aFairKeyThatIsAloneHasAllSlots() {
        for (int i = 0; i < 30; i++) {
            this.fixture.task().key(fair("alone")).insert();
        }
        release();
        long worker = this.fixture.join();
        int running = 0;
        for (int i = 0; i < 8; i++) {
            running += this.fixture.claim(worker, 10, "default").size();
        }
        assertThat(running).isEqualTo(30);
    }

    @Test
    void n8_aTaskThatTriesAgainTakesAnotherTurn() {
        TaskKey key = new TaskKey("tenant", 1, TaskKey.Hold.UNTIL_CLAIMED);
        TaskId first = this.fixture.task().key(key).insert();
        this.fixture.task().key(key).insert();
        release();
        LeasedTask claimed = this.fixture.claimOne(this.fixture.join(), "default");
        this.fixture.complete(claimed, new TaskOutcome.Retried(ERROR, Duration.ofSeconds(5)));
        this.clock.advance(Duration.ofSeconds(5));
        assertThat(this.store.promoteDue(10)).isEqualTo(new PromotedTasks(1, Set.of(), true));
        release();
        assertThat(this.store.state(first)).contains(TaskState.BLOCKED);
        this.fixture.claimOne(this.fixture.join(), "default");
        assertThat(this.store.state(first)).contains(TaskState.QUEUED);
    }

    private static TaskKey fair(String key) {
        return new TaskKey(key, 4, TaskKey.Hold.UNTIL_CLAIMED);
    }

    private static void onAnotherThread(Runnable work) {
        Thread thread = new Thread(work);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        thread.setUncaughtExceptionHandler((failed, ex) -> failure.set(ex));
        thread.start();
        try {
            thread.join(30_000);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
        assertThat(thread.isAlive()).as("it waits for the transaction").isFalse();
        assertThat(failure.get()).isNull();
    }

    // ---- order

    @Test
    void d9_higherPriorityIsClaimedFirstAndNegativesLast() {
        TaskId low = this.fixture.task().priority(-10).insert();
        TaskId normal = this.fixture.task().priority(0).insert();
        TaskId high = this.fixture.task().priority(10).insert();
        assertThat(ids(this.fixture.claim(this.fixture.join(), 10, "default"))).containsExactly(high, normal, low);
    }

    @Test
    void x2_priorityIsAnyIntButTheSmallest() {
        TaskId least = this.fixture.task().priority(-Integer.MAX_VALUE).insert();
        TaskId most = this.fixture.task().priority(Integer.MAX_VALUE).insert();
        List<LeasedTask> claimed = this.fixture.claim(this.fixture.join(), 10, "default");
        assertThat(ids(claimed)).containsExactly(most, least);
        assertThat(claimed).extracting(LeasedTask::priority).containsExactly(Integer.MAX_VALUE, -Integer.MAX_VALUE);
    }

    @Test
    void d11_equalPrioritiesAreClaimedInTheOrderOfInsertion() {
        List<TaskId> inserted = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            inserted.add(this.fixture.insert("default"));
        }
        long worker = this.fixture.join();
        List<TaskId> claimed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            claimed.addAll(ids(this.fixture.claim(worker, 10, "default")));
        }
        assertThat(claimed).containsExactlyElementsOf(inserted);
    }

    @Test
    void d11_orderIsByInsertionNotById() {
        NewTask first = this.fixture.task().build();
        NewTask second = this.fixture.task().build();
        this.store.insert(List.of(second), committed -> {});
        this.store.insert(List.of(first), committed -> {});
        assertThat(ids(this.fixture.claim(this.fixture.join(), 10, "default")))
                .containsExactly(second.id(), first.id());
    }

    @Test
    void d11_oneInsertKeepsTheOrderOfItsList() {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tasks.add(this.fixture.task().priority(i % 2).build());
        }
        Collections.reverse(tasks);
        this.store.insert(tasks, committed -> {});
        List<TaskId> expected = new ArrayList<>();
        tasks.stream().filter(task -> task.priority() == 1).forEach(task -> expected.add(task.id()));
        tasks.stream().filter(task -> task.priority() == 0).forEach(task -> expected.add(task.id()));
        assertThat(ids(this.fixture.claim(this.fixture.join(), 50, "default"))).containsExactlyElementsOf(expected);
    }

    @Test
    void d11_tasksOfOneInsertAreEachWhatTheyAreHoweverMuchTheyAreAlike() {
        this.store.declare(QueueSpec.named("other"));
        Supplier<TaskBuilder> alike = () -> this.fixture
                .task()
                .name("Mailer.resend")
                .queue("other")
                .priority(3)
                .retries(7)
                .version(2)
                .payload("{}");
        List<UnaryOperator<TaskBuilder>> differences = List.of(
                task -> task,
                task -> task.name("Mailer.send"),
                task -> task.queue("default"),
                task -> task.priority(-3),
                task -> task.retries(0),
                task -> task.version(1),
                task -> task.payload("{\"a\":1}"),
                task -> task.headers(Map.of("trace", "abc")));
        for (UnaryOperator<TaskBuilder> difference : differences) {
            List<NewTask> tasks = List.of(
                    alike.get().build(),
                    difference.apply(alike.get()).build(),
                    alike.get().build());
            this.store.insert(tasks, committed -> {});
            for (NewTask task : tasks) {
                assertThat(this.store.find(task.id()).orElseThrow())
                        .extracting(
                                StoredTask::task,
                                StoredTask::queue,
                                StoredTask::priority,
                                StoredTask::retries,
                                StoredTask::payload,
                                StoredTask::version)
                        .containsExactly(
                                task.task(),
                                task.queue(),
                                task.priority(),
                                task.retries(),
                                task.payload(),
                                task.version());
            }
            List<LeasedTask> claimed =
                    this.fixture.claim(this.fixture.join("other", "default"), 10, "other", "default");
            assertThat(claimed)
                    .hasSize(3)
                    .allSatisfy(task -> assertThat(task.headers())
                            .isEqualTo(tasks.stream()
                                    .filter(inserted ->
                                            inserted.id().equals(task.lease().task()))
                                    .findFirst()
                                    .orElseThrow()
                                    .headers()));
        }
    }

    @Test
    void d11_aRetryGoesToTheBackOfItsPriority() {
        TaskId first = this.fixture.insert("default");
        TaskId second = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask claimed = this.fixture.claim(worker, 1, "default").get(0);
        this.fixture.complete(claimed, new TaskOutcome.Retried(ERROR, Duration.ZERO));
        assertThat(this.store.state(first)).contains(TaskState.QUEUED);
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(second, first);
    }

    @Test
    void aTaskPutBackKeepsItsPlace() {
        TaskId first = this.fixture.insert("default");
        TaskId second = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask claimed = this.fixture.claim(worker, 1, "default").get(0);
        this.fixture.complete(claimed, new TaskOutcome.Released(false));
        List<LeasedTask> again = this.fixture.claim(worker, 10, "default");
        assertThat(ids(again)).containsExactly(first, second);
        assertThat(again.get(0).retriesUsed()).isZero();
        assertThat(again.get(0).recoveries()).isZero();
        assertThat(again.get(0).readyAt()).isEqualTo(claimed.readyAt());
    }

    @Test
    void aReleaseOfATaskThatEndsTheJvmCountsAsRecovery() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        this.fixture.complete(this.fixture.claimOne(worker, "default"), new TaskOutcome.Released(true));
        assertThat(this.store.find(id).orElseThrow().recoveries()).isEqualTo(1);
        assertThat(this.fixture.claimOne(worker, "default").recoveries()).isEqualTo(1);
    }

    // ---- claiming

    @Test
    void c2_aClaimedTaskHasAllThatIsNeededToRunIt() {
        this.store.declare(QueueSpec.named("email"));
        Instant insertedAt = this.clock.instant();
        TaskId id = this.fixture
                .task()
                .name("Mailer.welcome")
                .queue("email")
                .priority(7)
                .retries(5)
                .payload("{\"text\":\"Grüße \uD83D\uDE00 'quoted' \\\\ {now} ?\"}")
                .headers(Map.of("traceparent", "00-abc-def-01", "a=b\n", "c&d\\ü"))
                .insert();
        this.clock.advance(Duration.ofSeconds(3));
        long worker = this.fixture.join("email");
        LeasedTask task = this.fixture.claimOne(worker, "email");
        assertThat(task.lease().task()).isEqualTo(id);
        assertThat(task.lease().worker()).isEqualTo(worker);
        assertThat(task.task()).isEqualTo("Mailer.welcome");
        assertThat(task.queue()).isEqualTo("email");
        assertThat(task.priority()).isEqualTo(7);
        assertThat(task.retries()).isEqualTo(5);
        assertThat(task.retriesUsed()).isZero();
        assertThat(task.recoveries()).isZero();
        assertThat(task.payload()).isEqualTo("{\"text\":\"Grüße \uD83D\uDE00 'quoted' \\\\ {now} ?\"}");
        assertThat(task.headers()).isEqualTo(Map.of("traceparent", "00-abc-def-01", "a=b\n", "c&d\\ü"));
        assertThat(task.readyAt()).isEqualTo(insertedAt);
        assertThat(task.claimedAt()).isEqualTo(this.clock.instant());
        assertThat(task.unreadableSince()).isNull();
    }

    @Test
    void a4_neverMoreIsClaimedThanAskedFor() {
        for (int i = 0; i < 20; i++) {
            this.fixture.insert("default");
        }
        assertThat(this.fixture.claim(this.fixture.join(), 2, "default")).hasSize(2);
        assertThat(count("default", TaskState.RUNNING)).isEqualTo(2);
        assertThat(count("default", TaskState.QUEUED)).isEqualTo(18);
    }

    @Test
    void x5_queuesAreAskedInTheGivenOrderAndShareTheLimit() {
        this.store.declare(QueueSpec.named("low"));
        this.store.declare(QueueSpec.named("high"));
        TaskId low = this.fixture.task().queue("low").priority(1000).insert();
        List<TaskId> high = List.of(this.fixture.insert("high"), this.fixture.insert("high"));
        long worker = this.fixture.join("high", "low");
        assertThat(ids(this.fixture.claim(worker, 2, "high", "low"))).containsExactlyElementsOf(high);
        assertThat(ids(this.fixture.claim(worker, 2, "high", "low"))).containsExactly(low);
    }

    @Test
    void x6_eachQueueHasALimitOfItsOwn() {
        this.store.declare(QueueSpec.named("a"));
        this.store.declare(QueueSpec.named("b"));
        for (int i = 0; i < 5; i++) {
            this.fixture.insert("a");
            this.fixture.insert("b");
        }
        long worker = this.fixture.join("a", "b");
        List<QueueClaim> claims = List.of(new QueueClaim("a", 2), new QueueClaim("b", 4));
        List<LeasedTask> claimed = this.store
                .exchange(worker, List.of(), new ClaimRequest(claims, 5, 1, Set.of()))
                .claimed();
        assertThat(claimed).extracting(LeasedTask::queue).containsExactly("a", "a", "b", "b", "b");
    }

    @Test
    void d5_tasksOfOtherQueuesStay() {
        this.store.declare(QueueSpec.named("email"));
        this.store.declare(QueueSpec.named("reports"));
        TaskId email = this.fixture.insert("email");
        TaskId report = this.fixture.insert("reports");
        assertThat(ids(this.fixture.claim(this.fixture.join("email"), 10, "email", "unknown")))
                .containsExactly(email);
        assertThat(this.store.state(report)).contains(TaskState.QUEUED);
    }

    @Test
    void r6_excludedNamesStayWhereTheyAreAndDoNotBlockOthers() {
        TaskId unknown = this.fixture.task().name("Unknown.task").insert();
        TaskId known = this.fixture.insert("default");
        long worker = this.fixture.join();
        assertThat(ids(this.fixture.claimWithout(worker, Set.of("Unknown.task", "Never.seen"), 10, "default")))
                .containsExactly(known);
        assertThat(this.store.state(unknown)).contains(TaskState.QUEUED);
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(unknown);
    }

    @Test
    void nothingIsClaimedFromAPausedQueue() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        assertThat(this.store.pause("default", null).orElseThrow().isPaused()).isTrue();
        assertThat(this.fixture.claim(worker, 10, "default")).isEmpty();
        assertThat(this.store.probe(List.of("default"), Set.of()).queues()).isEmpty();
        assertThat(this.store.resume("default").orElseThrow().isPaused()).isFalse();
        assertThat(this.store.probe(List.of("default"), Set.of()).queues()).containsExactly("default");
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(id);
        assertThat(this.store.pause("unknown", null)).isEmpty();
    }

    @Test
    void c2_concurrentClaimersNeverGetTheSameTask() throws Exception {
        int tasks = 1000;
        List<NewTask> inserted = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            inserted.add(this.fixture.task().priority(i % 3).build());
        }
        this.store.insert(inserted, committed -> {});
        Map<TaskId, Long> claimedBy = new ConcurrentHashMap<>();
        Set<TaskId> twice = ConcurrentHashMap.newKeySet();
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        inParallel(4, number -> {
            TaskStoreFixture own = new TaskStoreFixture(stores.get(number % 2));
            long worker = own.join("default");
            for (List<LeasedTask> claimed = own.claim(worker, 13, "default");
                    claimedBy.size() < tasks;
                    claimed = own.claim(worker, 13, "default")) {
                for (LeasedTask task : claimed) {
                    if (claimedBy.put(task.lease().task(), worker) != null) {
                        twice.add(task.lease().task());
                    }
                    assertThat(own.complete(task, new TaskOutcome.Succeeded(null)))
                            .isEmpty();
                }
            }
        });
        assertThat(twice).isEmpty();
        assertThat(claimedBy).hasSize(tasks);
        assertThat(count("default", TaskState.SUCCEEDED)).isEqualTo(tasks);
    }

    @Test
    void r28_producersAndWorkersAtOnceLoseNothing() throws Exception {
        int tasks = 300;
        Set<TaskId> inserted = ConcurrentHashMap.newKeySet();
        Set<TaskId> done = ConcurrentHashMap.newKeySet();
        TaskStore other = openAnotherStore();
        inParallel(4, number -> {
            TaskStoreFixture own = new TaskStoreFixture(number % 2 == 0 ? this.store : other);
            if (number < 2) {
                for (int i = 0; i < tasks / 2; i++) {
                    inserted.add(
                            own.task().name("Task." + i % 7).priority(i % 5).insert());
                }
                return;
            }
            long worker = own.join("default");
            while (done.size() < tasks) {
                for (LeasedTask task : own.claim(worker, 5, "default")) {
                    assertThat(own.complete(task, new TaskOutcome.Succeeded(null)))
                            .isEmpty();
                    done.add(task.lease().task());
                }
            }
        });
        assertThat(done).isEqualTo(inserted);
    }

    @Test
    void theLeasesOfAWorkerAreFound() {
        for (int i = 0; i < 3; i++) {
            this.fixture.insert("default");
        }
        long worker = this.fixture.join();
        long other = this.fixture.join();
        List<LeasedTask> claimed = this.fixture.claim(worker, 2, "default");
        this.fixture.claimOne(other, "default");
        assertThat(this.store.leases(worker))
                .containsExactlyInAnyOrderElementsOf(claimed.stream()
                        .map(task -> new HeldLease(task.lease(), false))
                        .toList());
        this.fixture.complete(claimed.get(0), new TaskOutcome.Succeeded(null));
        this.store.cancel(claimed.get(1).lease().task(), this.changes);
        assertThat(this.store.leases(worker))
                .containsExactly(new HeldLease(claimed.get(1).lease(), true));
    }

    // ---- bodies that start once

    @Test
    void decision15_aTaskThatHasStartedOnceIsNeverPutBack() {
        for (TaskOutcome outcome : List.of(
                new TaskOutcome.Released(false),
                new TaskOutcome.Released(true),
                new TaskOutcome.Retried(ERROR, Duration.ZERO),
                new TaskOutcome.Retried(ERROR, Duration.ofSeconds(1)),
                new TaskOutcome.Postponed(ERROR, Duration.ofSeconds(1)),
                new TaskOutcome.Failed(ERROR))) {
            TaskId id = this.fixture.insert("default");
            long worker = this.fixture.join();
            LeasedTask task = this.fixture.claimOne(worker, "default");
            assertThat(this.store.start(task.lease())).isTrue();
            assertThat(this.store.state(id)).contains(TaskState.RUNNING);
            assertThat(this.fixture.complete(task, outcome)).isEmpty();

            StoredTask stored = this.store.find(id).orElseThrow();
            assertThat(stored.state()).as("after " + outcome).isEqualTo(TaskState.FAILED);
            assertThat(stored.retriesUsed()).isZero();
            assertThat(stored.recoveries()).isZero();
            assertThat(stored.startedAt()).isEqualTo(task.claimedAt());
            assertThat(this.store.attempts(id))
                    .extracting(StoredAttempt::outcome)
                    .containsExactly(StoredAttempt.Outcome.FAILED);
            if (outcome instanceof TaskOutcome.Released) {
                assertThat(stored.error()).isEqualTo(MayHaveRun.GIVEN_BACK);
                assertThat(stored.error().message()).contains("may have run");
            } else {
                assertThat(stored.error()).as("its own error").isEqualTo(ERROR);
            }
            assertThat(this.fixture.claim(worker, 10, "default")).isEmpty();
        }
    }

    @Test
    void decision15_aTaskThatHasStartedOnceEndsLikeAnyOther() {
        TaskId id = this.fixture.insert("default");
        LeasedTask task = this.fixture.claimOne(this.fixture.join(), "default");
        assertThat(this.store.start(task.lease())).isTrue();
        assertThat(this.store.start(task.lease())).as("once more, not knowing").isTrue();
        assertThat(this.fixture.complete(task, new TaskOutcome.Succeeded("1"))).isEmpty();
        assertThat(this.store.find(id).orElseThrow().result()).isEqualTo("1");
        assertThat(this.store.start(task.lease())).as("it has ended").isFalse();
    }

    @Test
    void decision15_aCrashAfterTheStartIsTheEndAndOneBeforeItIsNot() {
        TaskId started = this.fixture.insert("default");
        TaskId ahead = this.fixture.insert("default");
        TaskId waiting = this.fixture.insert("default");
        List<LeasedTask> claimed = this.fixture.claimAhead(this.fixture.join(), 3, 1, true);
        assertThat(this.store.start(claimed.get(0).lease())).isTrue();
        assertThat(this.store.start(claimed.get(1).lease())).isTrue();
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        Recovery recovery = this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        assertThat(recovery.putBack()).isEqualTo(1);
        assertThat(recovery.failed()).isEqualTo(2);

        for (TaskId id : List.of(started, ahead)) {
            StoredTask stored = this.store.find(id).orElseThrow();
            assertThat(stored.state()).isEqualTo(TaskState.FAILED);
            assertThat(stored.error()).isEqualTo(MayHaveRun.WORKER_DIED);
            assertThat(stored.startedAt()).isEqualTo(claimed.get(0).claimedAt());
            assertThat(this.store.attempts(id))
                    .extracting(StoredAttempt::outcome)
                    .containsExactly(StoredAttempt.Outcome.LOST);
        }
        assertThat(this.store.state(waiting)).contains(TaskState.QUEUED);
    }

    @Test
    void decision15_aStaleLeaseCannotStart() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask stale = this.fixture.claimOne(worker, "default");
        this.fixture.complete(stale, new TaskOutcome.Released(false));
        LeasedTask current = this.fixture.claimOne(worker, "default");
        assertThat(this.store.start(stale.lease())).isFalse();
        this.fixture.complete(current, new TaskOutcome.Released(false));
        assertThat(this.store.state(id)).as("the current one has not started").contains(TaskState.QUEUED);
        assertThat(this.store.start(current.lease())).isFalse();
    }

    @Test
    void decision15_oneExchangeEndsTasksThatHaveStartedOnceBesideOthers() {
        List<TaskId> inserted = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            inserted.add(this.fixture.insert("default"));
        }
        long worker = this.fixture.join();
        List<LeasedTask> claimed = this.fixture.claim(worker, 4, "default");
        this.store.start(claimed.get(0).lease());
        this.store.start(claimed.get(2).lease());
        List<TaskCompletion> released = claimed.stream()
                .map(task -> new TaskCompletion(task.lease(), null, null, new TaskOutcome.Released(false)))
                .toList();
        assertThat(this.store.exchange(worker, released, null).refused()).isEmpty();
        assertThat(inserted)
                .extracting(id -> this.store.state(id).orElseThrow())
                .containsExactly(TaskState.FAILED, TaskState.QUEUED, TaskState.FAILED, TaskState.QUEUED);
        assertThat(this.store.find(inserted.get(0)).orElseThrow().startedAt())
                .isEqualTo(claimed.get(0).claimedAt());
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(inserted.get(1), inserted.get(3));
    }

    // ---- completion in the transaction of the body

    @Test
    void n2_aTaskCompletesWithTheTransactionOfItsBody() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(worker, "default");
        TransactionTemplate transaction = new TransactionTemplate(transactionManager());
        TaskId child = transaction.execute(status -> {
            TaskId inserted = this.fixture.task().name("Child").insert();
            assertThat(this.store.succeedInTransaction(succeeded(task))).isTrue();
            assertThat(this.store.leaseState(task.lease())).isEqualTo(LeaseState.CHANGING);
            return inserted;
        });
        assertThat(this.store.leaseState(task.lease())).isEqualTo(LeaseState.SUCCEEDED);
        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(stored.result()).isEqualTo("\"done\"");
        assertThat(stored.worker()).isEqualTo(worker);
        assertThat(stored.startedAt()).isEqualTo(task.claimedAt());
        assertThat(stored.finishedAt()).isEqualTo(task.claimedAt().plusMillis(5));
        assertThat(this.store.leases(worker)).isEmpty();
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(child);
        assertThat(this.fixture.complete(task, new TaskOutcome.Released(false)))
                .as("nobody can write it again")
                .containsExactly(id);
        assertThat(this.store.state(id)).contains(TaskState.SUCCEEDED);
    }

    @Test
    void n3_withTheRollBackOfTheBodyTheTaskRunsOnAndItsChildrenAreGone() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(worker, "default");
        TransactionTemplate transaction = new TransactionTemplate(transactionManager());
        transaction.executeWithoutResult(status -> {
            this.fixture.task().name("Child").insert();
            assertThat(this.store.succeedInTransaction(succeeded(task))).isTrue();
            status.setRollbackOnly();
        });
        assertThat(this.store.leaseState(task.lease())).isEqualTo(LeaseState.HELD);
        assertThat(this.store.state(id)).contains(TaskState.RUNNING);
        assertThat(this.fixture.claim(worker, 10, "default")).isEmpty();
        assertThat(this.fixture.complete(task, new TaskOutcome.Retried(ERROR, Duration.ZERO)))
                .isEmpty();
        assertThat(this.fixture.claimOne(worker, "default").retriesUsed()).isEqualTo(1);
    }

    @Test
    void n2_aStaleLeaseCannotCompleteInATransaction() {
        TaskId id = this.fixture.insert("default");
        LeasedTask stale = this.fixture.claimOne(this.fixture.join(), "default");
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        LeasedTask current = this.fixture.claimOne(this.fixture.join(), "default");
        TransactionTemplate transaction = new TransactionTemplate(transactionManager());
        transaction.executeWithoutResult(status -> {
            assertThat(this.store.succeedInTransaction(succeeded(stale))).isFalse();
            status.setRollbackOnly();
        });
        assertThat(this.store.leaseState(stale.lease())).isEqualTo(LeaseState.GONE);
        assertThat(this.store.leaseState(current.lease())).isEqualTo(LeaseState.HELD);
        this.fixture.complete(current, new TaskOutcome.Succeeded(null));
        assertThat(this.store.state(id)).contains(TaskState.SUCCEEDED);
        assertThat(this.store.leaseState(stale.lease())).as("done by another").isEqualTo(LeaseState.GONE);
    }

    @Test
    void n2_x29_aTaskThatWasCancelledCannotCompleteInATransaction() {
        TaskId id = this.fixture.insert("default");
        LeasedTask task = this.fixture.claimOne(this.fixture.join(), "default");
        assertThat(this.store.cancel(id, this.changes)).isTrue();
        new TransactionTemplate(transactionManager()).executeWithoutResult(status -> {
            assertThat(this.store.succeedInTransaction(succeeded(task))).isFalse();
            status.setRollbackOnly();
        });
        assertThat(this.store.leaseState(task.lease())).isEqualTo(LeaseState.HELD);
        this.fixture.complete(task, new TaskOutcome.Released(false));
        assertThat(this.store.state(id)).contains(TaskState.CANCELLED);
    }

    @Test
    void n2_aTaskThatCompletesIsNotRecoveredMeanwhile() {
        TaskId id = this.fixture.insert("default");
        LeasedTask task = this.fixture.claimOne(this.fixture.join(), "default");
        new TransactionTemplate(transactionManager()).executeWithoutResult(status -> {
            assertThat(this.store.succeedInTransaction(succeeded(task))).isTrue();
            this.clock.advance(DEAD_AFTER.plusSeconds(1));
            Recovery recovery = recoverElsewhere();
            assertThat(recovery.deadWorkers()).hasSize(1);
            assertThat(recovery.putBack()).isZero();
        });
        assertThat(this.store.state(id)).contains(TaskState.SUCCEEDED);
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).putBack()).isZero();
    }

    private Recovery recoverElsewhere() {
        AtomicReference<Recovery> recovery = new AtomicReference<>();
        try {
            inParallel(1, number -> recovery.set(this.store.recover(DEAD_AFTER, MAX_RECOVERIES)));
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
        return recovery.get();
    }

    @Test
    void n2_withoutATransactionThereIsNothingToCompleteIn() {
        this.fixture.insert("default");
        LeasedTask task = this.fixture.claimOne(this.fixture.join(), "default");
        assertThatExceptionOfType(TaskTransactionException.class)
                .isThrownBy(() -> this.store.succeedInTransaction(succeeded(task)))
                .withMessageContaining(task.lease().task().toString());
        assertThat(this.store.leaseState(task.lease())).isEqualTo(LeaseState.HELD);
    }

    private static TaskCompletion succeeded(LeasedTask task) {
        return new TaskCompletion(
                task.lease(), task.claimedAt(), task.claimedAt().plusMillis(5), new TaskOutcome.Succeeded("\"done\""));
    }

    // ---- outcomes

    @Test
    void r20_successEndsTheTaskAndKeepsItsResult() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(worker, "default");
        assertThat(this.fixture.complete(task, new TaskOutcome.Succeeded("{\"rows\":3}")))
                .isEmpty();
        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(stored.result()).isEqualTo("{\"rows\":3}");
        assertThat(stored.worker()).isEqualTo(worker);
        assertThat(stored.startedAt()).isEqualTo(task.claimedAt());
        assertThat(stored.finishedAt()).isEqualTo(task.claimedAt().plusMillis(5));
        assertThat(stored.error()).isNull();
        assertThat(this.store.attempts(id)).isEmpty();
        assertThat(this.fixture.claim(worker, 10, "default")).isEmpty();
    }

    @Test
    void r21_failureKeepsTheErrorOfEachAttempt() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        TaskError first = new TaskError("java.io.IOException", "first", "at A");
        this.fixture.complete(this.fixture.claimOne(worker, "default"), new TaskOutcome.Retried(first, Duration.ZERO));
        LeasedTask again = this.fixture.claimOne(worker, "default");
        assertThat(again.retriesUsed()).isEqualTo(1);
        TaskError last = new TaskError("java.lang.IllegalStateException", null, "at B");
        this.fixture.complete(again, new TaskOutcome.Failed(last));

        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.FAILED);
        assertThat(stored.error()).isEqualTo(last);
        assertThat(stored.retriesUsed()).isEqualTo(1);
        List<StoredAttempt> attempts = this.store.attempts(id);
        assertThat(attempts).extracting(StoredAttempt::number).containsExactly(1, 2);
        assertThat(attempts)
                .extracting(StoredAttempt::outcome)
                .containsExactly(StoredAttempt.Outcome.RETRIED, StoredAttempt.Outcome.FAILED);
        assertThat(attempts).extracting(StoredAttempt::error).containsExactly(first, last);
        assertThat(attempts).extracting(StoredAttempt::worker).containsOnly(worker);
        assertThat(attempts.get(0).startedAt()).isEqualTo(again.claimedAt());
        assertThat(attempts.get(0).finishedAt()).isEqualTo(again.claimedAt().plusMillis(5));
    }

    @Test
    void r11_aRetryWithADelayWaitsAndKeepsItsId() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(worker, "default");
        this.fixture.complete(task, new TaskOutcome.Retried(ERROR, Duration.ofSeconds(60)));
        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(stored.runAt()).isEqualTo(this.clock.instant().plusSeconds(60));
        assertThat(stored.retriesUsed()).isEqualTo(1);
        assertThat(stored.error()).isEqualTo(ERROR);
        assertThat(this.fixture.claim(worker, 10, "default")).isEmpty();

        this.clock.advance(Duration.ofSeconds(60));
        assertThat(this.store.promoteDue(100).queues()).containsExactly("default");
        assertThat(this.fixture.claimOne(worker, "default").retriesUsed()).isEqualTo(1);
    }

    @Test
    void a8_aPostponedTaskRemembersSinceWhenItIsUnreadable() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        Instant firstAt = this.clock.instant();
        this.fixture.complete(
                this.fixture.claimOne(worker, "default"), new TaskOutcome.Postponed(ERROR, Duration.ofSeconds(30)));
        assertThat(this.store.state(id)).contains(TaskState.SCHEDULED);
        this.clock.advance(Duration.ofSeconds(30));
        this.store.promoteDue(100);
        LeasedTask again = this.fixture.claimOne(worker, "default");
        assertThat(again.unreadableSince()).isEqualTo(firstAt);
        assertThat(again.retriesUsed()).isZero();
        this.fixture.complete(again, new TaskOutcome.Postponed(ERROR, Duration.ZERO));
        assertThat(this.fixture.claimOne(worker, "default").unreadableSince()).isEqualTo(firstAt);
        assertThat(this.store.attempts(id))
                .extracting(StoredAttempt::outcome)
                .containsExactly(StoredAttempt.Outcome.POSTPONED, StoredAttempt.Outcome.POSTPONED);
    }

    @Test
    void a8_aTaskThatHasRunIsNoLongerUnreadable() {
        this.fixture.insert("default");
        long worker = this.fixture.join();
        this.fixture.complete(
                this.fixture.claimOne(worker, "default"), new TaskOutcome.Postponed(ERROR, Duration.ZERO));
        LeasedTask read = this.fixture.claimOne(worker, "default");
        assertThat(read.unreadableSince()).isNotNull();
        this.fixture.complete(read, new TaskOutcome.Retried(ERROR, Duration.ZERO));
        this.clock.advance(Duration.ofDays(2));
        LeasedTask again = this.fixture.claimOne(worker, "default");
        assertThat(again.unreadableSince()).isNull();
        this.fixture.complete(again, new TaskOutcome.Postponed(ERROR, Duration.ZERO));
        assertThat(this.fixture.claimOne(worker, "default").unreadableSince()).isEqualTo(this.clock.instant());
    }

    @Test
    void r23_theVersionOfAPayloadStaysWithIt() {
        TaskId id = this.fixture.task().version(7).insert();
        TaskId later =
                this.fixture.task().version(2).delay(Duration.ofMinutes(1)).insert();
        TaskId plain = this.fixture.task().priority(-1).insert();
        assertThat(this.store.find(id).orElseThrow().version()).isEqualTo(7);
        assertThat(this.store.find(later).orElseThrow().version()).isEqualTo(2);
        assertThat(this.store.find(plain).orElseThrow().version()).isOne();
        long worker = this.fixture.join();
        List<LeasedTask> claimed = this.fixture.claim(worker, 10, "default");
        assertThat(claimed).extracting(LeasedTask::version).containsExactly(7, 1);
        this.fixture.complete(claimed.get(0), new TaskOutcome.Retried(ERROR, Duration.ZERO));
        assertThat(this.fixture.claimOne(worker, "default").version()).isEqualTo(7);
        this.clock.advance(Duration.ofMinutes(1));
        this.store.promoteDue(100);
        assertThat(this.fixture.claimOne(worker, "default").version()).isEqualTo(2);
    }

    @Test
    void aReleaseOfATaskThatNeverStartedIsNoAttempt() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(worker, "default");
        TaskCompletion released = new TaskCompletion(task.lease(), null, null, new TaskOutcome.Released(false));
        assertThat(this.store.exchange(worker, List.of(released), null).refused())
                .isEmpty();
        assertThat(this.store.attempts(id)).isEmpty();
        assertThat(this.store.state(id)).contains(TaskState.QUEUED);
        this.fixture.complete(this.fixture.claimOne(worker, "default"), new TaskOutcome.Released(false));
        assertThat(this.store.attempts(id))
                .extracting(StoredAttempt::outcome)
                .containsExactly(StoredAttempt.Outcome.RELEASED);
    }

    @Test
    void decision3_aTaskClaimedAheadGoesBackUncountedAsASuspect() {
        List<TaskId> inserted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            inserted.add(this.fixture.insert("default"));
        }
        assertThat(this.fixture.claimAhead(this.fixture.join(), 3, 1, true)).hasSize(3);
        this.clock.advance(Duration.ofSeconds(30));
        long worker = this.fixture.join();
        assertThat(this.store.recover(Duration.ofSeconds(10), 3).putBack()).isEqualTo(3);
        assertThat(this.store.find(inserted.get(0)).orElseThrow().recoveries()).isEqualTo(1);
        assertThat(this.store.find(inserted.get(1)).orElseThrow().recoveries()).isZero();
        assertThat(this.store.find(inserted.get(2)).orElseThrow().recoveries()).isZero();
        assertThat(this.store.attempts(inserted.get(1)))
                .extracting(StoredAttempt::outcome)
                .containsExactly(StoredAttempt.Outcome.LOST);

        // The first was claimed for a free slot and is none; of the suspects only one comes, by itself and as the
        // first.
        List<LeasedTask> first = this.fixture.claim(worker, 10, "default");
        assertThat(first).extracting(LeasedTask::suspect).containsExactly(false);
        List<LeasedTask> second = this.fixture.claim(worker, 10, "default");
        assertThat(second).extracting(task -> task.lease().task()).containsExactly(inserted.get(1));
        assertThat(second).extracting(LeasedTask::suspect).containsExactly(true);
        assertThat(this.fixture.claimAhead(worker, 10, 10, false)).isEmpty();
        TaskId plain = this.fixture.insert("default");
        assertThat(this.fixture.claimAhead(worker, 10, 10, false))
                .extracting(task -> task.lease().task())
                .containsExactly(plain);
    }

    @Test
    void decision3_aSuspectThatEndsItsWorkerAgainIsCounted() {
        TaskId id = this.fixture.insert("default");
        this.fixture.claimAhead(this.fixture.join(), 1, 0, true);
        for (int death = 1; death <= 3; death++) {
            this.clock.advance(Duration.ofSeconds(30));
            long worker = this.fixture.join();
            this.store.recover(Duration.ofSeconds(10), 3);
            assertThat(this.store.find(id).orElseThrow().recoveries()).isEqualTo(death - 1);
            // A suspect is never claimed ahead, whatever was asked for.
            assertThat(this.fixture.claimAhead(worker, 1, 0, true)).hasSize(1);
        }
        this.clock.advance(Duration.ofSeconds(30));
        this.store.recover(Duration.ofSeconds(10), 3);
        this.fixture.claimAhead(this.fixture.join(), 1, 0, true);
        this.clock.advance(Duration.ofSeconds(30));
        assertThat(this.store.recover(Duration.ofSeconds(10), 3).failed()).isEqualTo(1);
        assertThat(this.store.state(id)).contains(TaskState.FAILED);
    }

    @Test
    void guarantee5_tasksThatRanBesideAnotherWhenItEndedTheirWorkersAreSpared() {
        TaskId fatal = this.fixture.insert("default");
        TaskId beside = this.fixture.insert("default");
        for (int death = 1; death <= 2; death++) {
            assertThat(this.fixture.claim(this.fixture.join(), 10, "default")).hasSize(2);
            this.clock.advance(Duration.ofSeconds(30));
            this.fixture.join();
            this.store.recover(Duration.ofSeconds(10), 3);
        }
        for (int death = 3; death <= 4; death++) {
            assertThat(ids(this.fixture.claim(this.fixture.join(), 10, "default")))
                    .containsExactly(fatal);
            this.clock.advance(Duration.ofSeconds(30));
            this.fixture.join();
            this.store.recover(Duration.ofSeconds(10), 3);
        }
        assertThat(this.store.state(fatal)).contains(TaskState.FAILED);
        assertThat(this.store.state(beside)).contains(TaskState.QUEUED);
        assertThat(this.store.find(beside).orElseThrow().recoveries()).isEqualTo(2);
    }

    @Test
    void guarantee5_aTaskThatIsPutBackOnlyOnceIsASuspectThen() {
        this.fixture.insert("default");
        this.fixture.insert("default");
        assertThat(this.fixture.claim(this.fixture.join(), 10, "default")).hasSize(2);
        this.clock.advance(Duration.ofSeconds(30));
        long worker = this.fixture.join();
        this.store.recover(Duration.ofSeconds(10), 1);
        assertThat(this.fixture.claim(worker, 10, "default")).hasSize(1);
    }

    @Test
    void guarantee5_tasksThatLostTheConnectionsOfTheirTransactionsAndOnceTheirWorkerRunSideBySide() {
        long worker = this.fixture.join();
        this.fixture.insert("default");
        this.fixture.insert("default");
        this.fixture
                .claim(worker, 10, "default")
                .forEach(task -> this.fixture.complete(task, new TaskOutcome.Released(true)));
        assertThat(this.fixture.claim(worker, 10, "default"))
                .extracting(LeasedTask::recoveries)
                .containsExactly(1, 1);
        this.clock.advance(Duration.ofSeconds(30));
        worker = this.fixture.join();
        this.store.recover(Duration.ofSeconds(10), 3);
        assertThat(this.fixture.claim(worker, 10, "default"))
                .extracting(LeasedTask::recoveries)
                .containsExactly(2, 2);
        // The second death of a worker, and the last time that they are put back.
        this.clock.advance(Duration.ofSeconds(30));
        worker = this.fixture.join();
        this.store.recover(Duration.ofSeconds(10), 3);
        assertThat(this.fixture.claim(worker, 10, "default")).hasSize(1);
    }

    @Test
    void guarantee5_aTaskThatIsPutBackForTheLastTimeIsASuspectWhateverTheReasonsBefore() {
        long worker = this.fixture.join();
        this.fixture.insert("default");
        this.fixture.insert("default");
        for (int i = 0; i < 2; i++) {
            this.fixture
                    .claim(worker, 10, "default")
                    .forEach(task -> this.fixture.complete(task, new TaskOutcome.Released(true)));
        }
        assertThat(this.fixture.claim(worker, 10, "default")).hasSize(2);
        this.clock.advance(Duration.ofSeconds(30));
        worker = this.fixture.join();
        this.store.recover(Duration.ofSeconds(10), 3);
        assertThat(this.fixture.claim(worker, 10, "default")).hasSize(1);
    }

    @Test
    void guarantee5_deathsBeforeARequeueMakeNoSuspect() {
        TaskId id = this.fixture.insert("default");
        for (int death = 1; death <= 4; death++) {
            assertThat(this.fixture.claim(this.fixture.join(), 1, "default")).hasSize(1);
            this.clock.advance(Duration.ofSeconds(30));
            this.fixture.join();
            this.store.recover(Duration.ofSeconds(10), 3);
        }
        assertThat(this.store.state(id)).contains(TaskState.FAILED);
        assertThat(this.store.retry(id, this.changes)).isTrue();
        assertThat(this.fixture.claim(this.fixture.join(), 1, "default")).hasSize(1);
        this.clock.advance(Duration.ofSeconds(30));
        long worker = this.fixture.join();
        this.store.recover(Duration.ofSeconds(10), 3);
        assertThat(this.fixture.claim(worker, 1, "default"))
                .extracting(LeasedTask::suspect)
                .containsExactly(false);
    }

    @Test
    void decision3_aSuspectThatIsPassedOverTakesNoSlotFromOthers() {
        TaskId suspect = this.fixture.insert("default");
        this.fixture.claimAhead(this.fixture.join(), 1, 0, true);
        this.clock.advance(Duration.ofSeconds(30));
        long worker = this.fixture.join();
        this.store.recover(Duration.ofSeconds(10), 3);
        TaskId before = this.fixture.task().priority(1).insert();
        TaskId behind = this.fixture.insert("default");
        assertThat(ids(this.fixture.claimAhead(worker, 3, 2, true))).containsExactly(before, behind);
        this.clock.advance(Duration.ofSeconds(30));
        this.fixture.join();
        this.store.recover(Duration.ofSeconds(10), 3);
        assertThat(this.store.find(behind).orElseThrow().recoveries()).isOne();
        assertThat(this.store.find(suspect).orElseThrow().recoveries()).isZero();
    }

    @Test
    void decision3_aTaskClaimedAheadGoesBackHoweverOftenItWasPutBackBefore() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        for (int i = 0; i <= MAX_RECOVERIES; i++) {
            this.fixture.complete(this.fixture.claimOne(worker, "default"), new TaskOutcome.Released(true));
        }
        assertThat(this.fixture.claimAhead(worker, 1, 0, true)).hasSize(1);
        this.store.leave(worker);
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).putBack()).isEqualTo(1);
        assertThat(this.store.state(id)).contains(TaskState.QUEUED);
    }

    @Test
    void aReleasedSuspectStaysOne() {
        TaskId id = this.fixture.insert("default");
        this.fixture.claimAhead(this.fixture.join(), 1, 0, true);
        this.clock.advance(Duration.ofSeconds(30));
        long worker = this.fixture.join();
        this.store.recover(Duration.ofSeconds(10), 3);
        LeasedTask suspect = this.fixture.claimOne(worker, "default");
        assertThat(suspect.lease().task()).isEqualTo(id);
        this.fixture.complete(suspect, new TaskOutcome.Released(false));
        assertThat(this.fixture.claimOne(worker, "default").suspect()).isTrue();
    }

    @Test
    void oneExchangeWritesOutcomesOfAllKindsAndClaimsTheNext() {
        List<TaskId> inserted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            inserted.add(this.fixture.insert("default"));
        }
        long worker = this.fixture.join();
        List<LeasedTask> claimed = this.fixture.claim(worker, 6, "default");
        List<TaskOutcome> outcomes = List.of(
                new TaskOutcome.Succeeded(null),
                new TaskOutcome.Failed(ERROR),
                new TaskOutcome.Retried(ERROR, Duration.ofSeconds(1)),
                new TaskOutcome.Retried(ERROR, Duration.ZERO),
                new TaskOutcome.Released(false),
                new TaskOutcome.Postponed(ERROR, Duration.ofSeconds(1)));
        List<TaskCompletion> completions = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Instant at = this.clock.instant();
            completions.add(new TaskCompletion(claimed.get(i).lease(), at, at, outcomes.get(i)));
        }
        TaskExchange exchange = this.store.exchange(
                worker, completions, new ClaimRequest(List.of(new QueueClaim("default", 10)), 10, 1_000_000, Set.of()));
        assertThat(exchange.refused()).isEmpty();
        assertThat(ids(exchange.claimed())).containsExactly(inserted.get(4), inserted.get(6), inserted.get(3));
        assertThat(inserted)
                .extracting(id -> this.store.state(id).orElseThrow())
                .containsExactly(
                        TaskState.SUCCEEDED,
                        TaskState.FAILED,
                        TaskState.SCHEDULED,
                        TaskState.RUNNING,
                        TaskState.RUNNING,
                        TaskState.SCHEDULED,
                        TaskState.RUNNING);
    }

    // ---- fencing

    @Test
    void r20_aStaleLeaseCanWriteNothing() {
        TaskId id = this.fixture.insert("default");
        long frozen = this.fixture.join();
        LeasedTask stale = this.fixture.claimOne(frozen, "default");
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        long other = this.fixture.join();
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).putBack()).isEqualTo(1);
        LeasedTask current = this.fixture.claimOne(other, "default");

        List<TaskOutcome> outcomes = List.of(
                new TaskOutcome.Succeeded("stale"),
                new TaskOutcome.Failed(ERROR),
                new TaskOutcome.Retried(ERROR, Duration.ZERO),
                new TaskOutcome.Postponed(ERROR, Duration.ofSeconds(1)),
                new TaskOutcome.Released(false));
        for (TaskOutcome outcome : outcomes) {
            assertThat(this.fixture.complete(stale, outcome)).as("%s", outcome).containsExactly(id);
            assertThat(this.store.state(id)).contains(TaskState.RUNNING);
        }
        assertThat(this.fixture.complete(current, new TaskOutcome.Succeeded("current")))
                .isEmpty();
        assertThat(this.store.find(id).orElseThrow().result()).isEqualTo("current");
        assertThat(this.fixture.complete(current, new TaskOutcome.Failed(ERROR)))
                .containsExactly(id);
    }

    @Test
    void r20_theTokenOfAnEarlierClaimOfTheSameWorkerIsStale() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask first = this.fixture.claimOne(worker, "default");
        this.fixture.complete(first, new TaskOutcome.Released(false));
        LeasedTask second = this.fixture.claimOne(worker, "default");
        assertThat(second.lease().token()).isNotEqualTo(first.lease().token());
        assertThat(this.fixture.complete(first, new TaskOutcome.Succeeded(null)))
                .containsExactly(id);
        assertThat(this.fixture.complete(second, new TaskOutcome.Succeeded(null)))
                .isEmpty();
    }

    @Test
    void aRefusedCompletionDoesNotStopTheOthersOfItsBatch() {
        TaskId first = this.fixture.insert("default");
        TaskId second = this.fixture.insert("default");
        long worker = this.fixture.join();
        List<LeasedTask> claimed = this.fixture.claim(worker, 2, "default");
        Instant at = this.clock.instant();
        TaskLease wrong = new TaskLease(first, worker, claimed.get(0).lease().token() + 1);
        TaskLease unknown = new TaskLease(new TaskId(Long.MAX_VALUE), worker, 1);
        Set<TaskId> refused = this.store
                .exchange(
                        worker,
                        List.of(
                                new TaskCompletion(wrong, at, at, new TaskOutcome.Succeeded(null)),
                                new TaskCompletion(unknown, at, at, new TaskOutcome.Succeeded(null)),
                                new TaskCompletion(claimed.get(1).lease(), at, at, new TaskOutcome.Succeeded(null))),
                        null)
                .refused();
        assertThat(refused).containsExactlyInAnyOrder(first, unknown.task());
        assertThat(this.store.state(first)).contains(TaskState.RUNNING);
        assertThat(this.store.state(second)).contains(TaskState.SUCCEEDED);
    }

    // ---- delay

    @Test
    void a24_nullAndPastAreQueuedFutureIsScheduled() {
        Instant now = this.clock.instant();
        TaskId none = this.fixture.task().insert();
        TaskId past = this.fixture.task().runAt(now.minusSeconds(1)).insert();
        TaskId zero = this.fixture.task().delay(Duration.ZERO).insert();
        TaskId future = this.fixture.task().runAt(now.plusSeconds(1)).insert();
        assertThat(List.of(none, past, zero, future))
                .extracting(id -> this.store.state(id).orElseThrow())
                .containsExactly(TaskState.QUEUED, TaskState.QUEUED, TaskState.QUEUED, TaskState.SCHEDULED);
        assertThat(ids(this.fixture.claim(this.fixture.join(), 10, "default"))).containsExactly(none, past, zero);
    }

    @Test
    void a24_theFarthestPastIsAtOnceAndTheFarthestFutureIsNever() {
        TaskId past = this.fixture.task().runAt(Instant.MIN).insert();
        TaskId future = this.fixture.task().runAt(Instant.MAX).insert();
        TaskId late =
                this.fixture.task().delay(Duration.ofSeconds(Long.MAX_VALUE)).insert();
        assertThat(List.of(past, future, late))
                .extracting(id -> this.store.state(id).orElseThrow())
                .containsExactly(TaskState.QUEUED, TaskState.SCHEDULED, TaskState.SCHEDULED);
        long worker = this.fixture.join();
        LeasedTask leased = this.fixture.claimOne(worker, "default");
        this.fixture.complete(leased, new TaskOutcome.Retried(ERROR, Duration.ofSeconds(Long.MAX_VALUE)));
        this.clock.advance(Duration.ofDays(100_000));
        assertThat(this.store.promoteDue(10).count()).isZero();
        assertThat(this.store.state(past)).contains(TaskState.SCHEDULED);
    }

    @Test
    void a9_aDelayIsMeasuredByTheClockOfTheStore() {
        TaskId id = this.fixture.task().delay(Duration.ofMillis(2_500)).insert();
        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(stored.createdAt()).isEqualTo(this.clock.instant());
        assertThat(stored.runAt()).isEqualTo(this.clock.instant().plusMillis(2_500));

        this.clock.advance(Duration.ofMillis(2_499));
        assertThat(this.store.promoteDue(10)).isEqualTo(new PromotedTasks(0, Set.of()));
        this.clock.advance(Duration.ofMillis(1));
        assertThat(this.store.promoteDue(10)).isEqualTo(new PromotedTasks(1, Set.of("default")));
        assertThat(this.store.state(id)).contains(TaskState.QUEUED);
        assertThat(this.fixture.claimOne(this.fixture.join(), "default").readyAt())
                .isEqualTo(this.clock.instant());
    }

    @Test
    void d11_dueTasksGoToTheBackOfTheirPriorityInTheOrderInWhichTheyAreDue() {
        TaskId later = this.fixture.task().delay(Duration.ofSeconds(2)).insert();
        TaskId sooner = this.fixture.task().delay(Duration.ofSeconds(1)).insert();
        TaskId urgent =
                this.fixture.task().priority(5).delay(Duration.ofSeconds(3)).insert();
        TaskId plain = this.fixture.insert("default");
        this.clock.advance(Duration.ofSeconds(3));
        assertThat(this.store.promoteDue(10).count()).isEqualTo(3);
        assertThat(ids(this.fixture.claim(this.fixture.join(), 10, "default")))
                .containsExactly(urgent, plain, sooner, later);
    }

    @Test
    void a25_promotionStopsAtItsLimitAndGoesOnNextTime() {
        this.store.declare(QueueSpec.named("email"));
        for (int i = 1; i <= 3; i++) {
            this.fixture.task().queue("email").delay(Duration.ofSeconds(i)).insert();
        }
        this.clock.advance(Duration.ofMinutes(1));
        assertThat(this.store.promoteDue(2)).isEqualTo(new PromotedTasks(2, Set.of("email")));
        assertThat(this.store.promoteDue(2)).isEqualTo(new PromotedTasks(1, Set.of("email")));
        assertThat(this.store.promoteDue(2).count()).isZero();
        assertThat(this.fixture.claim(this.fixture.join(), 10, "email")).hasSize(3);
    }

    @Test
    void aProbeNamesQueuesWithWorkAndTheTimeUntilTheNextIsDue() {
        this.store.declare(QueueSpec.named("a"));
        this.store.declare(QueueSpec.named("b"));
        this.store.declare(QueueSpec.named("c"));
        List<String> all = List.of("a", "b", "c", "unknown");
        assertThat(this.store.probe(all, Set.of())).isEqualTo(new TaskProbe(Set.of(), null));
        this.fixture.insert("a");
        this.fixture.task().queue("b").name("Unknown.task").insert();
        this.fixture.task().queue("c").delay(Duration.ofMillis(1_500)).insert();
        assertThat(this.store.probe(all, Set.of()))
                .isEqualTo(new TaskProbe(Set.of("a", "b"), Duration.ofMillis(1_500)));
        assertThat(this.store.probe(all, Set.of("Unknown.task")).queues()).containsExactly("a");
        assertThat(this.store.probe(List.of("b"), Set.of()).queues()).containsExactly("b");
        assertThat(this.store.probe(List.of(), Set.of())).isEqualTo(new TaskProbe(Set.of(), Duration.ofMillis(1_500)));
        this.clock.advance(Duration.ofSeconds(10));
        assertThat(this.store.probe(all, Set.of()).untilDue()).isEqualTo(Duration.ZERO);
    }

    // ---- workers

    @Test
    void aDeadWorkersTasksAreRecoveredAndItCanDoNothingMore() {
        TaskId id = this.fixture.insert("default");
        TaskId behind = this.fixture.insert("default");
        long dead = this.fixture.join("default");
        LeasedTask claimed = this.fixture.claim(dead, 1, "default").get(0);
        this.clock.advance(DEAD_AFTER);
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES))
                .as("exactly at the limit it is alive")
                .isEqualTo(new Recovery(List.of(), 0, 0, 0, Set.of(), false));
        this.clock.advance(Duration.ofMillis(1));
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES))
                .isEqualTo(new Recovery(List.of(dead), 1, 0, 0, Set.of("default"), false));
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES))
                .isEqualTo(new Recovery(List.of(), 0, 0, 0, Set.of(), false));

        assertThat(this.fixture.heartbeat(dead)).isFalse();
        assertThat(this.fixture.claim(dead, 10, "default")).isEmpty();
        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.QUEUED);
        assertThat(stored.recoveries()).isEqualTo(1);
        assertThat(stored.retriesUsed()).as("a crash uses no retry").isZero();
        StoredAttempt lost = this.store.attempts(id).get(0);
        assertThat(lost.outcome()).isEqualTo(StoredAttempt.Outcome.LOST);
        assertThat(lost.worker()).isEqualTo(dead);
        assertThat(lost.startedAt()).isEqualTo(claimed.claimedAt());
        assertThat(lost.finishedAt()).isEqualTo(this.clock.instant());

        List<LeasedTask> again = this.fixture.claim(this.fixture.join(), 10, "default");
        assertThat(ids(again)).as("it keeps its place").containsExactly(id, behind);
        assertThat(again).extracting(LeasedTask::recoveries).containsExactly(1, 0);
    }

    @Test
    void aHeartbeatKeepsTheTasksOfAWorker() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join("default");
        this.fixture.claimOne(worker, "default");
        for (int i = 0; i < 5; i++) {
            this.clock.advance(Duration.ofSeconds(6));
            assertThat(this.fixture.heartbeat(worker)).isTrue();
            assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).deadWorkers())
                    .isEmpty();
        }
        assertThat(this.store.state(id)).contains(TaskState.RUNNING);
    }

    @Test
    void x28_aTaskThatKillsItsWorkerAgainAndAgainFails() {
        TaskId id = this.fixture.insert("default");
        for (int crash = 0; crash < MAX_RECOVERIES; crash++) {
            this.fixture.claimOne(this.fixture.join(), "default");
            this.clock.advance(DEAD_AFTER.plusSeconds(1));
            assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).putBack()).isEqualTo(1);
        }
        long last = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(last, "default");
        assertThat(task.recoveries()).isEqualTo(MAX_RECOVERIES);
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES))
                .isEqualTo(new Recovery(List.of(last), 0, 1, 0, Set.of(), false));
        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.FAILED);
        assertThat(stored.retriesUsed()).isZero();
        assertThat(stored.worker()).isEqualTo(last);
        assertThat(stored.error()).isNotNull();
        assertThat(stored.error().message()).contains("worker died");
        assertThat(this.store.attempts(id))
                .hasSize(MAX_RECOVERIES + 1)
                .extracting(StoredAttempt::outcome)
                .containsOnly(StoredAttempt.Outcome.LOST);
    }

    @Test
    void tasksOfAWorkerThatLeftAreRecoveredToo() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(worker, "default");
        this.store.leave(worker);
        assertThat(this.fixture.heartbeat(worker)).isFalse();
        assertThat(this.fixture.claim(worker, 10, "default")).isEmpty();
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).putBack()).isEqualTo(1);
        assertThat(this.fixture.complete(task, new TaskOutcome.Succeeded(null))).containsExactly(id);
    }

    @Test
    void workersAreListedWhileAliveAndForADayAfterTheirDeath() {
        WorkerDescription description = new WorkerDescription(
                "shop", "node-7", 4711, List.of("*", "has=gpu"), List.of("shared"), List.of("high", "low"), 10, 0);
        Instant joinedAt = this.clock.instant();
        long worker = this.store.join(description);
        this.clock.advance(Duration.ofSeconds(3));
        assertThat(this.store.workers())
                .extracting(StoredWorker::tags)
                .containsExactly(List.of("*", "has=gpu", "worker_id=" + worker));
        WorkerDescription busy = new WorkerDescription(
                "shop", "node-7", 4711, List.of("has=tpu"), List.of("shared", "own"), List.of("high"), 8, 5);
        assertThat(this.store.heartbeat(worker, busy)).isTrue();
        assertThat(this.store.workers())
                .containsExactly(new StoredWorker(worker, busy, joinedAt, this.clock.instant(), true));

        Instant lastBeat = this.clock.instant();
        this.clock.advance(Duration.ofMinutes(1));
        this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        assertThat(this.store.workers()).containsExactly(new StoredWorker(worker, busy, joinedAt, lastBeat, false));
        this.clock.advance(Duration.ofHours(25));
        long other = this.fixture.join();
        this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        assertThat(this.store.workers()).extracting(StoredWorker::id).containsExactly(other);
        this.store.leave(other);
        assertThat(this.store.workers()).isEmpty();
        assertThat(this.fixture.join()).isNotIn(worker, other);
    }

    @Test
    void p14_aWorkerIsToldWhatToStopUntilItEndsWhateverItSaysOfItself() {
        long worker = this.fixture.join();
        long other = this.fixture.join();
        assertThat(this.store.stopped(worker)).contains(StoppedWork.NONE);
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).stops()).isFalse();
        assertThat(this.store.stop(worker, stopped -> stopped.withQueue("low", true)))
                .contains(StoppedWork.of(Set.of("low"), Set.of()));
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).stops()).isTrue();
        this.store.stop(worker, stopped -> stopped.withQueue("high", true).withContainer("shared", true));
        assertThat(this.fixture.heartbeat(worker)).isTrue();
        StoppedWork all = StoppedWork.of(Set.of("high", "low"), Set.of("shared"));
        assertThat(this.store.stopped(worker)).contains(all);
        assertThat(this.store.workers()).extracting(StoredWorker::stopped).containsExactly(all, StoppedWork.NONE);
        assertThat(this.store.stop(
                        worker, stopped -> stopped.withQueue("low", false).withContainer("shared", false)))
                .contains(StoppedWork.of(Set.of("high"), Set.of()));
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        this.fixture.join();
        this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).stops())
                .as("of the dead")
                .isFalse();
        assertThat(this.store.stopped(worker)).isEmpty();
        assertThat(this.store.stop(other, stopped -> stopped)).isEmpty();
        assertThat(this.store.stopped(4711)).isEmpty();
    }

    @Test
    void aDeadWorkerIsListedForADayAfterItsDeathAndNotAfterItsLastHeartbeat() {
        long worker = this.fixture.join();
        this.clock.advance(Duration.ofHours(20));
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).deadWorkers()).containsExactly(worker);
        this.clock.advance(Duration.ofHours(20));
        this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        assertThat(this.store.workers()).extracting(StoredWorker::id).containsExactly(worker);
        this.clock.advance(Duration.ofHours(5));
        assertThat(this.store.workers()).isEmpty();
    }

    @Test
    void aWorkerMayConsumeNoQueue() {
        long worker = this.fixture.join();
        assertThat(this.store.workers()).hasSize(1);
        assertThat(this.store.workers().get(0).description().queues()).isEmpty();
        assertThat(this.store.workers().get(0).id()).isEqualTo(worker);
    }

    // ---- queues

    @Test
    void theDefaultQueueAlwaysExists() {
        assertThat(this.store.queue("default")).isPresent();
        assertThat(this.store.queues()).extracting(TaskQueue::name).containsExactly("default");
    }

    @Test
    void c7_declareLeavesAnExistingQueueAlone() {
        QueueSpec spec = QueueSpec.named("email")
                .concurrency(10)
                .retries(0)
                .defaultPriority(-5)
                .minPriority(-10)
                .maxPriority(10)
                .backoff(Duration.ofSeconds(90), 1.5, Duration.ofHours(2), 0.25)
                .tags("has=gpu", "java=21\\.[0-9.]+")
                .maxRunning(50)
                .reservedSlots(3);
        TaskQueue declared = this.store.declare(spec);
        assertThat(declared).isEqualTo(new TaskQueue("email", TaskQueue.State.ACTIVE, null, spec.settings()));
        assertThat(this.store.declare(QueueSpec.named("email").concurrency(3))).isEqualTo(declared);
        assertThat(this.store.queue("email")).contains(declared);
        assertThat(this.store.queue("Email")).isEmpty();
        assertThat(this.store.queue("sms")).isEmpty();
    }

    @Test
    void c17_noMoreTasksOfALimitedQueueRunThanAllNodesTogetherMay() {
        this.store.declare(QueueSpec.named("limited").maxRunning(3));
        for (int i = 0; i < 6; i++) {
            this.fixture.insert("limited");
            this.fixture.insert("default");
        }
        long one = this.fixture.join();
        long other = this.fixture.join();
        List<LeasedTask> first = claimLimited(one, 2);
        assertThat(first).hasSize(2);
        assertThat(claimLimited(other, 5)).hasSize(1);
        assertThat(claimLimited(one, 5)).isEmpty();
        assertThat(this.fixture.claim(other, 10, "default"))
                .as("others are not limited")
                .hasSize(6);

        // What ends with a claim is not counted any more by it.
        TaskExchange exchanged = this.store.exchange(
                one,
                List.of(new TaskCompletion(
                        first.get(0).lease(),
                        this.clock.instant(),
                        this.clock.instant(),
                        new TaskOutcome.Succeeded(null))),
                limitedClaim(5));
        assertThat(exchanged.claimed()).hasSize(1);
        assertThat(claimLimited(other, 5)).isEmpty();

        this.store.patch("limited", settings -> settings.with(QueueSetting.MAX_RUNNING, 4));
        assertThat(claimLimited(other, 5)).hasSize(1);
        this.store.patch("limited", settings -> settings.with(QueueSetting.MAX_RUNNING, null));
        assertThat(claimLimited(other, 5))
                .as("a worker that has not heard of the end of the limit")
                .hasSize(1);
    }

    @Test
    void c17_aWorkerThatHasNotHeardOfALimitClaimsNothingAndWhatRunsBeforeItCounts() {
        this.store.declare(QueueSpec.named("limited"));
        for (int i = 0; i < 6; i++) {
            this.fixture.insert("limited");
        }
        long worker = this.fixture.join();
        assertThat(this.fixture.claim(worker, 2, "limited")).hasSize(2);
        this.store.patch("limited", settings -> settings.with(QueueSetting.MAX_RUNNING, 3));
        assertThat(this.fixture.claim(worker, 5, "limited")).isEmpty();
        assertThat(claimLimited(worker, 5)).hasSize(1);
        assertThat(claimLimited(worker, 5)).isEmpty();
        this.store.replace(QueueSpec.named("limited"));
        assertThat(this.fixture.claim(worker, 5, "limited")).hasSize(3);
    }

    @Test
    void c17_aDeadWorkersTasksCountUntilTheyAreRecovered() {
        this.store.declare(QueueSpec.named("limited").maxRunning(1));
        this.fixture.insert("limited");
        this.fixture.insert("limited");
        long dead = this.fixture.join();
        assertThat(claimLimited(dead, 1)).hasSize(1);
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        long living = this.fixture.join();
        assertThat(claimLimited(living, 1)).isEmpty();
        this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        assertThat(claimLimited(living, 5)).hasSize(1);
    }

    @Test
    void c17_claimsOfSeveralLimitedQueuesInAnyOrderNeitherExceedNorBlockEachOther() throws Exception {
        List<String> queues = List.of("a", "b", "c");
        queues.forEach(queue -> this.store.declare(QueueSpec.named(queue).maxRunning(5)));
        for (int i = 0; i < 30; i++) {
            queues.forEach(this.fixture::insert);
        }
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        AtomicLong tokens = new AtomicLong(1_000);
        Map<String, AtomicInteger> claimed = new ConcurrentHashMap<>();
        inParallel(4, number -> {
            long worker = stores.get(number % 2).join(new WorkerDescription("shop", "n", 1, queues, 10, 0));
            List<String> order = new ArrayList<>(queues);
            Collections.rotate(order, number);
            for (int i = 0; i < 10; i++) {
                List<QueueClaim> claims = order.stream()
                        .map(queue -> new QueueClaim(queue, 2, 2, true))
                        .toList();
                stores.get(number % 2)
                        .exchange(worker, List.of(), new ClaimRequest(claims, 6, tokens.incrementAndGet(), Set.of()))
                        .claimed()
                        .forEach(task -> claimed.computeIfAbsent(task.queue(), queue -> new AtomicInteger())
                                .incrementAndGet());
            }
        });
        assertThat(claimed).hasSize(3);
        assertThat(claimed.values()).extracting(AtomicInteger::get).containsOnly(5);
    }

    private List<LeasedTask> claimLimited(long worker, int limit) {
        return this.store.exchange(worker, List.of(), limitedClaim(limit)).claimed();
    }

    private ClaimRequest limitedClaim(int limit) {
        return new ClaimRequest(
                List.of(new QueueClaim("limited", limit, limit, true)), limit, ++this.limitedToken, Set.of());
    }

    @Test
    void c11_noTagAtAllIsAnotherThingThanTagsThatAreNotSet() {
        assertThat(this.store
                        .declare(QueueSpec.named("nobody").tags())
                        .settings()
                        .get(QueueSetting.TAGS))
                .isEqualTo(WorkerTags.of());
        assertThat(this.store.queue("nobody").orElseThrow().settings().get(QueueSetting.TAGS))
                .isEqualTo(WorkerTags.of());
        this.store.patch("nobody", settings -> settings.with(QueueSetting.TAGS, null));
        assertThat(this.store.queue("nobody").orElseThrow().settings()).isEqualTo(QueueSettings.NONE);
    }

    @Test
    void c5_anUnsetSettingStaysUnset() {
        assertThat(this.store.declare(QueueSpec.named("email")).settings())
                .isEqualTo(QueueSpec.named("email").settings());
    }

    @Test
    void queuesAreListedByName() throws Exception {
        this.store.declare(QueueSpec.named("sms"));
        this.store.declare(QueueSpec.named("a-queue"));
        this.store.declare(QueueSpec.named("B_queue"));
        List<String> names = List.of("B_queue", "a-queue", "default", "sms");
        assertThat(this.store.queues()).extracting(TaskQueue::name).containsExactlyElementsOf(names);
        assertThat(openAnotherStore().queues()).extracting(TaskQueue::name).containsExactlyElementsOf(names);
        assertThat(this.store.statistics()).extracting(QueueStatistics::queue).containsExactlyElementsOf(names);
    }

    @Test
    void aNameThatDiffersOnlyInCaseIsRefused() {
        this.store.declare(QueueSpec.named("email"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.store.declare(QueueSpec.named("Email")))
                .withMessageContaining("Email")
                .withMessageContaining("email");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.store.apply(QueueSpec.named("EMAIL"), "shop", "h1", Duration.ofHours(1)));
        assertThatExceptionOfType(NoSuchQueueException.class).isThrownBy(() -> this.fixture.insert("Email"));
    }

    @Test
    void manyNodesMayDeclareTheSameQueueAtOnce() throws Exception {
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        inParallel(4, number -> {
            for (int i = 0; i < 5; i++) {
                stores.get(number % 2).declare(QueueSpec.named("queue-" + i));
            }
        });
        assertThat(this.store.queues()).hasSize(6);
    }

    @Test
    void c8_replaceSetsAllSettingsAndKeepsAPauseUnlessItSaysOtherwise() {
        this.store.declare(QueueSpec.named("email").concurrency(10).retries(5));
        this.store.pause("email", Duration.ofMinutes(5));
        Instant until = this.clock.instant().plus(Duration.ofMinutes(5));
        QueueSpec three = QueueSpec.named("email").concurrency(3);
        TaskQueue replaced = this.store.replace(three);
        assertThat(replaced).isEqualTo(new TaskQueue("email", TaskQueue.State.PAUSED, until, three.settings()));
        assertThat(this.store.queue("email")).contains(replaced);
        assertThat(this.store.replace(three.active()).isPaused()).isFalse();
        assertThat(this.store.replace(three.paused()))
                .isEqualTo(new TaskQueue("email", TaskQueue.State.PAUSED, null, three.settings()));
        TaskQueue created = this.store.replace(QueueSpec.named("sms").retries(1).paused());
        assertThat(this.store.queue("sms")).contains(created);
        assertThat(created.isPaused()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.store.replace(QueueSpec.named("Email")))
                .withMessageContaining("email");
    }

    @Test
    void rank42_bothNumbersOfAConcurrencyRangeAreKept() {
        QueueSpec email = QueueSpec.named("email").concurrency(2, 10);
        this.store.declare(email);
        assertThat(this.store.queue("email").orElseThrow().settings()).isEqualTo(email.settings());
        this.store.patch("email", settings -> settings.withConcurrency(ConcurrencyRange.of(5)));
        assertThat(this.store.queue("email").orElseThrow().settings())
                .isEqualTo(QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 5));
    }

    @Test
    void c4_aPatchChangesAndLiftsSingleSettings() {
        this.store.declare(QueueSpec.named("email").concurrency(10).retries(5));
        this.store.pause("email", null);
        TaskQueue patched = this.store
                .patch(
                        "email",
                        settings -> settings.with(QueueSetting.CONCURRENCY, 4).with(QueueSetting.RETRIES, null))
                .orElseThrow();
        assertThat(patched.settings()).isEqualTo(QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 4));
        assertThat(patched.isPaused()).isTrue();
        assertThat(this.store.queue("email")).contains(patched);
        assertThatExceptionOfType(InvalidQueueSettingException.class)
                .isThrownBy(() -> this.store.patch("email", settings -> settings.with(QueueSetting.CONCURRENCY, 0)))
                .satisfies(ex -> assertThat(ex.setting()).isEqualTo("concurrency"));
        assertThat(this.store.queue("email")).contains(patched);
        assertThat(this.store.patch("unknown", settings -> settings)).isEmpty();
    }

    @Test
    void x9_c20_aPauseWithAnEndEndsByItselfEvenIfNobodyIsThere() throws Exception {
        TaskId id = this.fixture.insert("default");
        TaskQueue paused = this.store.pause("default", Duration.ofSeconds(10)).orElseThrow();
        Instant end = this.clock.instant().plusSeconds(10);
        assertThat(paused).isEqualTo(new TaskQueue("default", TaskQueue.State.PAUSED, end, QueueSettings.NONE));
        assertThat(this.store.queue("default")).contains(paused);
        long worker = this.fixture.join();
        this.clock.advance(Duration.ofMillis(9_999));
        assertThat(this.fixture.claim(worker, 10, "default")).isEmpty();
        assertThat(this.store.probe(List.of("default"), Set.of()).queues()).isEmpty();
        this.clock.advance(Duration.ofMillis(1));
        TaskQueue active = new TaskQueue("default", TaskQueue.State.ACTIVE, null, QueueSettings.NONE);
        assertThat(openAnotherStore().queue("default")).contains(active);
        assertThat(this.store.queues()).containsExactly(active);
        assertThat(this.store.probe(List.of("default"), Set.of()).queues()).containsExactly("default");
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(id);
    }

    @Test
    void x9_theLastPauseCounts() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        Instant until = this.clock.instant().plusSeconds(30);
        assertThat(this.store.pauseUntil("default", until).orElseThrow().pausedUntil())
                .isEqualTo(until);
        this.store.pause("default", null);
        this.clock.advance(Duration.ofDays(400));
        assertThat(this.fixture.claim(worker, 10, "default")).as("for good").isEmpty();
        assertThat(this.store.queue("default").orElseThrow().pausedUntil()).isNull();
        this.store.pause("default", Duration.ofSeconds(1));
        assertThat(this.store
                        .pauseUntil("default", this.clock.instant())
                        .orElseThrow()
                        .isPaused())
                .as("until now is no pause")
                .isFalse();
        this.store.pause("default", Duration.ofDays(1));
        this.store.resume("default");
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(id);
        assertThat(this.store.pauseUntil("unknown", until)).isEmpty();
        assertThat(this.store.resume("unknown")).isEmpty();
    }

    @Test
    void x9_whatIsSetLaterKeepsAPauseThatHasAnEnd() {
        this.store.declare(QueueSpec.named("email"));
        this.store.pause("email", Duration.ofSeconds(10));
        this.store.patch("email", settings -> settings.with(QueueSetting.RETRIES, 1));
        this.store.apply(QueueSpec.named("email").concurrency(2), "shop", "h", Duration.ofHours(1));
        assertThat(this.store.queue("email").orElseThrow().pausedUntil())
                .isEqualTo(this.clock.instant().plusSeconds(10));
        this.clock.advance(Duration.ofSeconds(10));
        this.store.patch("email", settings -> settings.with(QueueSetting.RETRIES, 2));
        assertThat(this.store.queue("email").orElseThrow().isPaused()).isFalse();
    }

    @Test
    void c20_aQueueWithoutTasksThatWaitOrRunIsDeleted() throws Exception {
        this.store.declare(QueueSpec.named("email").concurrency(4));
        TaskId ended = endedIn("email");
        assertThat(this.store.delete("email", null)).isTrue();
        assertThat(this.store.queue("email")).isEmpty();
        assertThat(this.store.queues()).extracting(TaskQueue::name).containsExactly("default");
        assertThat(this.store.statistics()).extracting(QueueStatistics::queue).containsExactly("default");
        assertThat(this.store.state(ended)).as("retention deletes it").contains(TaskState.SUCCEEDED);
        assertThat(this.store.delete("email", null)).isFalse();
        assertThat(this.store.patch("email", settings -> settings)).isEmpty();
        assertThat(this.store.pause("email", null)).isEmpty();
        assertThat(this.store.resume("email")).isEmpty();
        TaskStoreFixture other = new TaskStoreFixture(openAnotherStore());
        assertThatExceptionOfType(NoSuchQueueException.class).isThrownBy(() -> other.insert("email"));
    }

    @Test
    void c20_aQueueWithTasksIsDeletedOnlyIfItIsSaidWhatBecomesOfThem() {
        this.store.declare(QueueSpec.named("email"));
        long worker = this.fixture.join("email");
        TaskId running = this.fixture.insert("email");
        LeasedTask claimed = this.fixture.claimOne(worker, "email");
        this.fixture.insert("email");
        this.fixture.task().queue("email").delay(Duration.ofHours(1)).insert();
        for (RemainingTasks remaining : new RemainingTasks[] {null, RemainingTasks.DELETE}) {
            assertThatExceptionOfType(QueueInUseException.class)
                    .isThrownBy(() -> this.store.delete("email", remaining))
                    .satisfies(ex -> assertThat(ex.queue()).isEqualTo("email"))
                    .satisfies(ex -> assertThat(ex.running()).isOne())
                    .satisfies(ex -> assertThat(ex.waiting()).isEqualTo(2))
                    .withMessage(
                            "Queue 'email' is not deleted: 1 of its tasks run and 2 wait. Pause it and let the running"
                                    + " ones end; then delete it with RemainingTasks.DELETE, or at once with RemainingTasks.KEEP");
        }
        assertThat(this.store.queue("email").orElseThrow().isPaused()).isFalse();
        this.fixture.complete(claimed, new TaskOutcome.Succeeded(null));
        assertThatExceptionOfType(QueueInUseException.class).isThrownBy(() -> this.store.delete("email", null));
        assertThat(this.store.delete("email", RemainingTasks.DELETE)).isTrue();
        assertThat(this.store.find(running)).isEmpty();
        assertThat(this.store.probe(List.of("default"), Set.of()).untilDue()).isNull();
        assertThat(this.store.delete("email", RemainingTasks.DELETE)).isFalse();
    }

    @Test
    void c20_allTasksOfADeletedQueueAreDeletedAndNoOthers() {
        this.store.declare(QueueSpec.named("email"));
        long worker = this.fixture.join("email", "default");
        TaskId other = this.fixture.insert("default");
        TaskId otherLater = this.fixture.task().delay(Duration.ofHours(1)).insert();
        TaskId otherEnded = endedIn("default");
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 2_300; i++) {
            Duration delay = i % 2 == 0 ? null : Duration.ofMinutes(i);
            tasks.add(this.fixture
                    .task()
                    .queue("email")
                    .priority(i % 3)
                    .delay(delay)
                    .build());
        }
        this.store.insert(tasks, committed -> {});
        for (LeasedTask claimed : this.fixture.claim(worker, 50, "email")) {
            this.fixture.complete(
                    claimed,
                    claimed.seq() % 2 == 0
                            ? new TaskOutcome.Failed(ERROR)
                            : new TaskOutcome.Retried(ERROR, Duration.ofSeconds(5)));
        }
        assertThat(this.store.delete("email", RemainingTasks.DELETE)).isTrue();
        for (NewTask task : tasks) {
            assertThat(this.store.find(task.id())).isEmpty();
            assertThat(this.store.attempts(task.id())).isEmpty();
        }
        assertThat(this.store.state(other)).contains(TaskState.QUEUED);
        assertThat(this.store.state(otherLater)).contains(TaskState.SCHEDULED);
        assertThat(this.store.state(otherEnded)).contains(TaskState.SUCCEEDED);
        this.store.declare(QueueSpec.named("email"));
        assertThat(count("email", TaskState.QUEUED)).isZero();
        assertThat(count("email", TaskState.SCHEDULED)).isZero();
        assertThat(count("email", TaskState.FAILED)).isZero();
    }

    @Test
    void c20_keptTasksWaitUntilTheQueueIsThereAgainAndRunningOnesEnd() {
        this.store.declare(QueueSpec.named("email").concurrency(4));
        this.store.apply(QueueSpec.named("email").concurrency(5), "shop", "h", Duration.ofHours(1));
        long worker = this.fixture.join("email");
        TaskId running = this.fixture.insert("email");
        LeasedTask claimed = this.fixture.claimOne(worker, "email");
        TaskId retried = this.fixture.insert("email");
        LeasedTask failing = this.fixture.claimOne(worker, "email");
        TaskId waiting = this.fixture.insert("email");
        TaskId later =
                this.fixture.task().queue("email").delay(Duration.ofSeconds(5)).insert();
        assertThat(this.store.delete("email", RemainingTasks.KEEP)).isTrue();
        assertThat(this.fixture.complete(claimed, new TaskOutcome.Succeeded(null)))
                .isEmpty();
        assertThat(this.fixture.complete(failing, new TaskOutcome.Retried(ERROR, Duration.ZERO)))
                .isEmpty();
        assertThat(this.store.state(running)).contains(TaskState.SUCCEEDED);
        this.clock.advance(Duration.ofSeconds(5));
        this.store.promoteDue(100);
        assertThat(this.fixture.claim(worker, 10, "email")).isEmpty();
        assertThat(this.store.probe(List.of("email"), Set.of()).queues()).isEmpty();
        assertThat(this.store.find(waiting).orElseThrow().queue()).isEqualTo("email");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.store.declare(QueueSpec.named("EMAIL")))
                .withMessageContaining("deleted queue 'email'");

        assertThat(this.store.apply(QueueSpec.named("email").concurrency(5), "shop", "h", Duration.ofHours(1)))
                .as("deleting forgets what was applied")
                .isEqualTo(new AppliedQueue(Result.CREATED, null));
        assertThat(this.store.queue("email"))
                .contains(new TaskQueue(
                        "email", TaskQueue.State.ACTIVE, null, QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 5)));
        assertThat(ids(this.fixture.claim(worker, 10, "email"))).containsExactly(waiting, retried, later);
    }

    @Test
    void c20_aQueueDeclaredAgainHasNothingOfItsFormerSelf() {
        for (boolean replace : new boolean[] {false, true}) {
            this.store.declare(QueueSpec.named("email").concurrency(4));
            this.store.pause("email", null);
            this.store.delete("email", RemainingTasks.KEEP);
            QueueSpec spec = QueueSpec.named("email").retries(1);
            TaskQueue again = replace ? this.store.replace(spec) : this.store.declare(spec);
            assertThat(again).isEqualTo(new TaskQueue("email", TaskQueue.State.ACTIVE, null, spec.settings()));
            assertThat(this.store.queue("email")).contains(again);
        }
    }

    @Test
    void c20_tasksOfDeadWorkersStayInTheirDeletedQueue() throws Exception {
        this.store.declare(QueueSpec.named("email"));
        long worker = this.fixture.join("email");
        TaskId id = this.fixture.insert("email");
        this.fixture.claimOne(worker, "email");
        this.store.delete("email", RemainingTasks.KEEP);
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        assertThat(openAnotherStore().recover(DEAD_AFTER, MAX_RECOVERIES).putBack())
                .isOne();
        assertThat(this.store.state(id)).contains(TaskState.QUEUED);
    }

    @Test
    void c4_c5_eightCallersMayDeclarePatchAndPauseOneQueueAtOnce() throws Exception {
        int rounds = 10;
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        Set<TaskQueue> declared = ConcurrentHashMap.newKeySet();
        inParallel(8, number -> {
            TaskStore own = stores.get(number % 2);
            declared.add(
                    own.declare(QueueSpec.named("email").concurrency(1 + number).retries(0)));
            for (int i = 0; i < rounds; i++) {
                own.patch(
                        "email",
                        settings -> settings.with(QueueSetting.RETRIES, 1 + settings.get(QueueSetting.RETRIES)));
                own.pause("email", Duration.ofHours(1));
                own.patch("email", settings -> settings.with(QueueSetting.DEFAULT_PRIORITY, number));
            }
        });
        assertThat(declared).extracting(TaskQueue::name).containsOnly("email");
        assertThat(declared)
                .extracting(queue -> queue.settings().get(QueueSetting.CONCURRENCY))
                .containsOnly(concurrency("email"));
        TaskQueue stored = this.store.queue("email").orElseThrow();
        assertThat(stored.settings().get(QueueSetting.RETRIES))
                .as("no change is lost")
                .isEqualTo(8 * rounds);
        assertThat(stored.pausedUntil()).isEqualTo(this.clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void eightCallersMayDeleteAndDeclareOneQueueAtOnce() throws Exception {
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        this.store.declare(QueueSpec.named("email"));
        inParallel(8, number -> {
            TaskStore own = stores.get(number % 2);
            for (int i = 0; i < 10; i++) {
                if (number < 4) {
                    own.delete("email", RemainingTasks.KEEP);
                } else {
                    own.declare(QueueSpec.named("email"));
                    own.replace(QueueSpec.named("email").concurrency(number));
                }
            }
        });
        this.store.replace(QueueSpec.named("email").concurrency(7));
        assertThat(this.store.queues()).extracting(TaskQueue::name).containsExactly("default", "email");
        assertThat(concurrency("email")).isEqualTo(7);
    }

    private TaskId endedIn(String queue) {
        TaskId id = this.fixture.task().queue(queue).priority(1_000).insert();
        LeasedTask claimed =
                this.fixture.claim(this.fixture.join(queue), 1, queue).get(0);
        this.fixture.complete(claimed, new TaskOutcome.Succeeded(null));
        return id;
    }

    @Test
    void x19_anEntryIsAppliedOnlyIfItDiffersFromTheOneLastApplied() {
        Duration hour = Duration.ofHours(1);
        QueueSpec ten = QueueSpec.named("email").concurrency(10);
        QueueSpec three = QueueSpec.named("email").concurrency(3);
        assertThat(this.store.apply(ten, "shop", "ten", hour)).isEqualTo(new AppliedQueue(Result.CREATED, null));
        assertThat(this.store.apply(ten, "shop", "ten", hour)).isEqualTo(new AppliedQueue(Result.UNCHANGED, null));
        this.store.pause("email", null);
        assertThat(this.store.apply(three, "shop", "three", hour)).isEqualTo(new AppliedQueue(Result.REPLACED, null));
        TaskQueue stored = this.store.queue("email").orElseThrow();
        assertThat(stored.settings()).isEqualTo(three.settings());
        assertThat(stored.isPaused()).as("the state is kept").isTrue();
    }

    @Test
    void x19_anOldNodeThatRestartsDuringADeploymentChangesNothing() {
        Duration hour = Duration.ofHours(1);
        QueueSpec old = QueueSpec.named("email").concurrency(10);
        QueueSpec current = QueueSpec.named("email").concurrency(3);
        this.store.apply(old, "shop", "old", hour);
        this.clock.advance(Duration.ofDays(30));
        this.store.apply(current, "shop", "current", hour);
        this.clock.advance(Duration.ofMinutes(59));
        assertThat(this.store.apply(old, "shop", "old", hour).result()).isEqualTo(Result.SUPERSEDED);
        assertThat(concurrency("email")).isEqualTo(3);
        assertThat(this.store.apply(current, "shop", "current", hour).result()).isEqualTo(Result.UNCHANGED);
        this.clock.advance(Duration.ofMinutes(2));
        assertThat(this.store.apply(old, "shop", "old", hour).result())
                .as("after an hour it is a deliberate way back")
                .isEqualTo(Result.REPLACED);
        assertThat(concurrency("email")).isEqualTo(10);
        assertThat(this.store.apply(current, "shop", "current", hour).result()).isEqualTo(Result.SUPERSEDED);
    }

    @Test
    void x19_ofTwoApplicationsTheLastChangeWinsAndTheOtherIsNamed() {
        Duration hour = Duration.ofHours(1);
        QueueSpec ten = QueueSpec.named("email").concurrency(10);
        QueueSpec three = QueueSpec.named("email").concurrency(3);
        this.store.apply(ten, "shop", "ten", hour);
        assertThat(this.store.apply(three, "billing", "three", hour))
                .isEqualTo(new AppliedQueue(Result.REPLACED, "shop"));
        assertThat(concurrency("email")).isEqualTo(3);
        assertThat(this.store.apply(ten, "shop", "ten", hour)).isEqualTo(new AppliedQueue(Result.UNCHANGED, "billing"));
        assertThat(this.store.apply(three, "reports", "three", hour).otherApplication())
                .as("the same settings are no disagreement")
                .isNull();
    }

    @Test
    void x19_aQueueDeclaredAtRunTimeTakesTheFirstEntry() {
        this.store.declare(QueueSpec.named("email").concurrency(1));
        assertThat(this.store.apply(QueueSpec.named("email").concurrency(7), "shop", "h", Duration.ofHours(1)))
                .isEqualTo(new AppliedQueue(Result.REPLACED, null));
        assertThat(concurrency("email")).isEqualTo(7);
    }

    // ---- counting

    @Test
    void x15_statisticsCountEveryStateWithZeros() {
        this.store.declare(QueueSpec.named("email"));
        this.store.declare(QueueSpec.named("empty"));
        long worker = this.fixture.join("email", "default");
        this.fixture.join("email");
        for (TaskOutcome outcome : List.of(
                new TaskOutcome.Succeeded(null),
                new TaskOutcome.Succeeded(null),
                new TaskOutcome.Failed(ERROR),
                new TaskOutcome.Retried(ERROR, Duration.ofSeconds(5)))) {
            this.fixture.insert("email");
            this.fixture.complete(this.fixture.claimOne(worker, "email"), outcome);
        }
        this.fixture.insert("email");
        this.fixture.claimOne(worker, "email");
        this.fixture.task().queue("email").priority(-1).insert();
        this.clock.advance(Duration.ofMillis(12_500));
        this.fixture.insert("email");
        this.fixture.task().queue("email").delay(Duration.ofDays(1)).insert();

        List<QueueStatistics> statistics = this.store.statistics();
        assertThat(statistics).extracting(QueueStatistics::queue).containsExactly("default", "email", "empty");
        QueueStatistics email = statistics.get(1);
        assertThat(email.tasks().keySet()).containsExactly(TaskState.values());
        assertThat(email.count(TaskState.SCHEDULED)).isEqualTo(2);
        assertThat(email.count(TaskState.BLOCKED)).isZero();
        assertThat(email.count(TaskState.QUEUED)).isEqualTo(2);
        assertThat(email.count(TaskState.RUNNING)).isEqualTo(1);
        assertThat(email.count(TaskState.SUCCEEDED)).isEqualTo(2);
        assertThat(email.count(TaskState.FAILED)).isEqualTo(1);
        assertThat(email.count(TaskState.CANCELLED)).isZero();
        assertThat(email.count(TaskState.EXPIRED)).isZero();
        assertThat(email.oldestAge()).isEqualTo(Duration.ofMillis(12_500));
        assertThat(email.consumers()).isEqualTo(2);

        Set<TaskState> ended =
                EnumSet.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED, TaskState.EXPIRED);
        QueueStatistics endedOnly = this.store.statistics(ended).get(1);
        assertThat(endedOnly.tasks().keySet()).containsExactly(TaskState.values());
        assertThat(endedOnly.count(TaskState.SUCCEEDED)).isEqualTo(2);
        assertThat(endedOnly.count(TaskState.FAILED)).isEqualTo(1);
        assertThat(endedOnly.count(TaskState.QUEUED)).isZero();
        assertThat(endedOnly.oldestAge()).isNull();
        QueueStatistics others = this.store
                .statistics(EnumSet.complementOf(EnumSet.copyOf(ended)))
                .get(1);
        assertThat(others.count(TaskState.SCHEDULED)).isEqualTo(2);
        assertThat(others.count(TaskState.QUEUED)).isEqualTo(2);
        assertThat(others.count(TaskState.RUNNING)).isEqualTo(1);
        assertThat(others.count(TaskState.SUCCEEDED)).isZero();
        assertThat(others.oldestAge()).isEqualTo(Duration.ofMillis(12_500));

        QueueStatistics empty = statistics.get(2);
        assertThat(empty.tasks().values()).containsOnly(0L);
        assertThat(empty.tasks().keySet()).containsExactly(TaskState.values());
        assertThat(empty.oldestAge()).isNull();
        assertThat(empty.consumers()).isZero();
        assertThat(statistics.get(0).consumers()).isEqualTo(1);
    }

    @Test
    void c16_deadWorkersAreNoConsumers() {
        this.fixture.join("default");
        assertThat(this.store.statistics().get(0).consumers()).isEqualTo(1);
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        assertThat(this.store.statistics().get(0).consumers()).isZero();
    }

    // ---- by id

    @Test
    void r16_anUnknownIdIsEmptyNotPending() {
        TaskId unknown = this.store.newId();
        assertThat(this.store.state(unknown)).isEmpty();
        assertThat(this.store.find(unknown)).isEmpty();
        assertThat(this.store.attempts(unknown)).isEmpty();
    }

    @Test
    void r19_aRunningTaskShowsItsWorker() {
        TaskId id = this.fixture
                .task()
                .name("Mailer.welcome")
                .priority(4)
                .retries(2)
                .insert();
        Instant createdAt = this.clock.instant();
        StoredTask queued = this.store.find(id).orElseThrow();
        assertThat(queued)
                .isEqualTo(new StoredTask(
                        id,
                        "Mailer.welcome",
                        "default",
                        TaskState.QUEUED,
                        4,
                        2,
                        0,
                        0,
                        "{\"userId\":42}",
                        1,
                        createdAt,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        this.clock.advance(Duration.ofSeconds(1));
        long worker = this.fixture.join();
        this.fixture.claimOne(worker, "default");
        assertThat(this.store.find(id).orElseThrow())
                .isEqualTo(new StoredTask(
                        id,
                        "Mailer.welcome",
                        "default",
                        TaskState.RUNNING,
                        4,
                        2,
                        0,
                        0,
                        "{\"userId\":42}",
                        1,
                        createdAt,
                        null,
                        worker,
                        this.clock.instant(),
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void aQueuedTaskShowsWhatItHasUsedUp() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        this.fixture.complete(this.fixture.claimOne(worker, "default"), new TaskOutcome.Retried(ERROR, Duration.ZERO));
        this.fixture.complete(this.fixture.claimOne(worker, "default"), new TaskOutcome.Released(true));
        StoredTask queued = this.store.find(id).orElseThrow();
        assertThat(queued.state()).isEqualTo(TaskState.QUEUED);
        assertThat(queued.retriesUsed()).isEqualTo(1);
        assertThat(queued.recoveries()).isEqualTo(1);
        assertThat(queued.error()).isEqualTo(ERROR);
    }

    @Test
    void idsAreNeverGivenTwice() throws Exception {
        Set<TaskId> ids = ConcurrentHashMap.newKeySet();
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        int each = 2_500;
        inParallel(4, number -> {
            for (int i = 0; i < each; i++) {
                assertThat(ids.add(stores.get(number % 2).newId())).isTrue();
            }
        });
        assertThat(ids).hasSize(4 * each);
    }

    // ---- inserting

    @Test
    void a14_manyTasksAreInsertedAtOnce() {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            tasks.add(this.fixture
                    .task()
                    .name("Task." + i % 3)
                    .delay(i % 10 == 0 ? Duration.ofSeconds(i + 1) : null)
                    .payload("{\"i\":" + i + "}")
                    .build());
        }
        List<List<NewTask>> told = new ArrayList<>();
        this.store.insert(tasks, told::add);
        assertThat(told).containsExactly(tasks);
        assertThat(count("default", TaskState.QUEUED)).isEqualTo(2_250);
        assertThat(count("default", TaskState.SCHEDULED)).isEqualTo(250);
        List<LeasedTask> claimed = this.fixture.claim(this.fixture.join(), 2_500, "default");
        assertThat(claimed)
                .extracting(LeasedTask::payload)
                .containsExactlyElementsOf(tasks.stream()
                        .filter(task -> task.delay() == null)
                        .map(NewTask::payload)
                        .toList());
    }

    @Test
    void a14_oneTaskOfAnUnknownQueueSparesAllOthers() {
        List<NewTask> tasks = List.of(
                this.fixture.task().build(), this.fixture.task().queue("emial").build());
        assertThatExceptionOfType(NoSuchQueueException.class)
                .isThrownBy(() -> this.store.insert(tasks, committed -> {
                    throw new AssertionError("told of what was not inserted");
                }))
                .satisfies(ex -> assertThat(ex.queue()).isEqualTo("emial"))
                .satisfies(ex -> assertThat(ex.known()).contains("default"));
        assertThat(count("default", TaskState.QUEUED)).isZero();
        assertThat(this.store.state(tasks.get(0).id())).isEmpty();
    }

    @Test
    void insertingNothingTellsNobody() {
        this.store.insert(List.of(), committed -> {
            throw new AssertionError("told of nothing");
        });
    }

    @Test
    void poison_onlySmallPayloadsComeWithTheClaim() {
        String small = "\"" + "ä".repeat(8_000) + "\"";
        String large = "\"" + "ä".repeat(8_200) + "\"";
        this.fixture.task().payload(small).insert();
        this.fixture.task().payload(large).insert();
        List<LeasedTask> claimed = this.fixture.claim(this.fixture.join(), 10, "default");
        assertThat(claimed.get(0).payload()).isEqualTo(small);
        assertThat(claimed.get(1).payload()).isIn(null, large);
        assertThat(claimed).extracting(task -> this.store.payload(task.lease())).containsExactly(small, large);
        assertThat(this.store.payload(new TaskLease(this.store.newId(), 1, 1))).isNull();
    }

    @Test
    void payloadsAndResultsOfOneMegabyteAreKept() {
        String large = "\"" + "ä".repeat(512 * 1024) + "\"";
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tasks.add(this.fixture.task().payload(large).build());
        }
        this.store.insert(tasks, committed -> {});
        long worker = this.fixture.join();
        List<LeasedTask> claimed = this.fixture.claim(worker, 10, "default");
        assertThat(claimed).hasSize(6).allSatisfy(task -> {
            assertThat(task.payload()).isIn(null, large);
            assertThat(this.store.payload(task.lease())).isEqualTo(large);
        });
        Instant at = this.clock.instant();
        List<TaskCompletion> completions = claimed.stream()
                .map(task -> new TaskCompletion(task.lease(), at, at, new TaskOutcome.Succeeded(large)))
                .toList();
        assertThat(this.store.exchange(worker, completions, null).refused()).isEmpty();
        assertThat(this.store.find(tasks.get(3).id()).orElseThrow().result()).isEqualTo(large);
    }

    @Test
    void aListenerThatFailsDoesNotDisturbTheCaller() {
        NewTask task = this.fixture.task().build();
        this.store.insert(List.of(task), committed -> {
            throw new IllegalStateException("listener");
        });
        assertThat(this.store.state(task.id())).contains(TaskState.QUEUED);
    }

    // ---- operating single tasks

    @Test
    void a30_aQueuedTaskThatIsCancelledNeverRuns() {
        TaskId first = this.fixture.insert("default");
        TaskId second = this.fixture.insert("default");
        assertThat(this.store.cancel(first, this.changes)).isTrue();
        assertThat(this.store.state(first)).contains(TaskState.CANCELLED);
        assertThat(count("default", TaskState.QUEUED)).isOne();
        assertThat(count("default", TaskState.CANCELLED)).isOne();
        assertThat(ids(this.fixture.claim(this.fixture.join(), 10, "default"))).containsExactly(second);
        StoredTask stored = this.store.find(first).orElseThrow();
        assertThat(stored.finishedAt()).isEqualTo(this.clock.instant());
        assertThat(stored.startedAt()).isNull();
        assertThat(stored.worker()).isNull();
        assertThat(stored.cancelledAt()).isNull();
        assertThat(this.store.attempts(first)).isEmpty();
        assertThat(this.changes.cancelled()).isEmpty();
    }

    @Test
    void a30_aQueuedTaskIsFoundAmongOthersOfAllPriorities() {
        List<TaskId> tasks = new ArrayList<>();
        for (int priority : List.of(0, -Integer.MAX_VALUE, 5, Integer.MAX_VALUE, 5)) {
            tasks.add(this.fixture.task().priority(priority).insert());
        }
        TaskId cancelled = tasks.remove(2);
        assertThat(this.store.cancel(cancelled, this.changes)).isTrue();
        assertThat(ids(this.fixture.claim(this.fixture.join(), 10, "default")))
                .containsExactly(tasks.get(2), tasks.get(3), tasks.get(0), tasks.get(1));
    }

    @Test
    void a30_aScheduledTaskThatIsCancelledNeverBecomesDue() {
        TaskId id = this.fixture.task().delay(Duration.ofMinutes(1)).insert();
        TaskId retried = this.fixture.insert("default");
        long worker = this.fixture.join();
        this.fixture.complete(
                this.fixture.claimOne(worker, "default"), new TaskOutcome.Retried(ERROR, Duration.ofMinutes(2)));
        assertThat(this.store.cancel(id, this.changes)).isTrue();
        assertThat(this.store.cancel(retried, this.changes)).isTrue();
        this.clock.advance(Duration.ofMinutes(3));
        assertThat(this.store.promoteDue(10).count()).isZero();
        assertThat(this.store.state(id)).contains(TaskState.CANCELLED);
        StoredTask stored = this.store.find(retried).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(stored.retriesUsed()).isOne();
        assertThat(stored.error()).isEqualTo(ERROR);
    }

    @Test
    void a30_unknownAndFinishedTasksAreNotCancelled() {
        TaskId id = this.fixture.insert("default");
        this.fixture.complete(this.fixture.claimOne(this.fixture.join(), "default"), new TaskOutcome.Succeeded("42"));
        assertThat(this.store.cancel(id, this.changes)).isFalse();
        assertThat(this.store.state(id)).contains(TaskState.SUCCEEDED);
        assertThat(this.store.cancel(this.store.newId(), this.changes)).isFalse();
        TaskId cancelled = this.fixture.insert("default");
        assertThat(this.store.cancel(cancelled, this.changes)).isTrue();
        assertThat(this.store.cancel(cancelled, this.changes)).isFalse();
        assertThat(this.store.delete(this.store.newId())).isFalse();
        assertThat(this.store.retry(this.store.newId(), this.changes)).isFalse();
    }

    @Test
    void x29_aRunningTaskThatIsCancelledEndsCancelledWhateverItsOutcome() {
        long worker = this.fixture.join();
        for (TaskOutcome outcome : List.of(
                new TaskOutcome.Succeeded("42"),
                new TaskOutcome.Failed(ERROR),
                new TaskOutcome.Retried(ERROR, Duration.ZERO),
                new TaskOutcome.Retried(ERROR, Duration.ofMinutes(1)),
                new TaskOutcome.Postponed(ERROR, Duration.ofMinutes(1)),
                new TaskOutcome.Released(false),
                new TaskOutcome.Released(true),
                new TaskOutcome.Cancelled())) {
            TaskId id = this.fixture.insert("default");
            LeasedTask task = this.fixture.claimOne(worker, "default");
            this.clock.advance(Duration.ofMillis(10));
            assertThat(this.store.cancel(id, this.changes)).isTrue();
            StoredTask running = this.store.find(id).orElseThrow();
            assertThat(running.state()).isEqualTo(TaskState.RUNNING);
            assertThat(running.cancelledAt()).isEqualTo(this.clock.instant());
            this.clock.advance(Duration.ofMillis(10));
            assertThat(this.store.cancel(id, this.changes)).as("again").isTrue();
            assertThat(this.store.find(id).orElseThrow()).isEqualTo(running);

            assertThat(this.fixture.complete(task, outcome)).isEmpty();
            StoredTask stored = this.store.find(id).orElseThrow();
            assertThat(stored.state()).as("%s", outcome).isEqualTo(TaskState.CANCELLED);
            assertThat(stored.result()).isNull();
            assertThat(stored.error()).isNull();
            assertThat(stored.worker()).isEqualTo(worker);
            assertThat(stored.startedAt()).isEqualTo(task.claimedAt());
            assertThat(stored.retriesUsed()).isZero();
            assertThat(stored.recoveries()).isZero();
            assertThat(this.store.attempts(id)).singleElement().satisfies(attempt -> {
                assertThat(attempt.outcome()).isEqualTo(StoredAttempt.Outcome.CANCELLED);
                assertThat(attempt.worker()).isEqualTo(worker);
                assertThat(attempt.startedAt()).isEqualTo(task.claimedAt());
                assertThat(attempt.error()).isNull();
            });
            assertThat(this.fixture.complete(task, outcome)).as("twice").containsExactly(id);
        }
        assertThat(this.changes.cancelled()).hasSize(16).containsOnly(worker);
        assertThat(count("default", TaskState.QUEUED)).isZero();
        assertThat(count("default", TaskState.SCHEDULED)).isZero();
    }

    @Test
    void x29_cancelledAndOtherTasksAreWrittenTogether() {
        long worker = this.fixture.join();
        for (int i = 0; i < 6; i++) {
            this.fixture.insert("default");
        }
        List<LeasedTask> claimed = this.fixture.claim(worker, 6, "default");
        this.store.cancel(claimed.get(1).lease().task(), this.changes);
        this.store.cancel(claimed.get(4).lease().task(), this.changes);
        TaskLease lost = new TaskLease(claimed.get(5).lease().task(), worker, 4711);
        List<TaskCompletion> completions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TaskOutcome outcome =
                    i < 3 ? new TaskOutcome.Succeeded("42") : new TaskOutcome.Retried(ERROR, Duration.ofMinutes(1));
            completions.add(new TaskCompletion(
                    i == 5 ? lost : claimed.get(i).lease(), claimed.get(i).claimedAt(), this.clock.instant(), outcome));
        }
        assertThat(this.store.exchange(worker, completions, null).refused()).containsExactly(lost.task());
        assertThat(claimed.stream()
                        .map(task -> this.store.state(task.lease().task()).orElseThrow()))
                .containsExactly(
                        TaskState.SUCCEEDED,
                        TaskState.CANCELLED,
                        TaskState.SUCCEEDED,
                        TaskState.SCHEDULED,
                        TaskState.CANCELLED,
                        TaskState.RUNNING);
    }

    @Test
    void x29_aTaskThatIsCancelledBeforeItStartedWasNotAttempted() {
        TaskId id = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(worker, "default");
        this.store.cancel(id, this.changes);
        TaskCompletion completion = new TaskCompletion(task.lease(), null, null, new TaskOutcome.Released(false));
        assertThat(this.store.exchange(worker, List.of(completion), null).refused())
                .isEmpty();
        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(stored.startedAt()).isNull();
        assertThat(stored.finishedAt()).isEqualTo(this.clock.instant());
        assertThat(this.store.attempts(id)).isEmpty();
    }

    @Test
    void x29_aCancelledTaskWhoseWorkerDiesIsNotPutBack() {
        TaskId id = this.fixture.insert("default");
        TaskId other = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claim(worker, 10, "default").get(0);
        this.store.cancel(id, this.changes);
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES))
                .isEqualTo(new Recovery(List.of(worker), 1, 0, 1, Set.of("default"), false));
        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(stored.recoveries()).isZero();
        assertThat(stored.startedAt()).isEqualTo(task.claimedAt());
        assertThat(this.store.attempts(id))
                .extracting(StoredAttempt::outcome)
                .containsExactly(StoredAttempt.Outcome.LOST);
        assertThat(this.fixture.complete(task, new TaskOutcome.Succeeded(null))).containsExactly(id);
        assertThat(ids(this.fixture.claim(this.fixture.join(), 10, "default"))).containsExactly(other);
    }

    @Test
    void x29_x35_aTaskThatHasStartedOnceAndIsCancelledEndsCancelledToo() {
        long worker = this.fixture.join();
        for (TaskOutcome outcome : List.of(
                new TaskOutcome.Succeeded("42"),
                new TaskOutcome.Failed(ERROR),
                new TaskOutcome.Released(false),
                new TaskOutcome.Cancelled())) {
            TaskId id = this.fixture.insert("default");
            LeasedTask task = this.fixture.claimOne(worker, "default");
            this.store.start(task.lease());
            this.store.cancel(id, this.changes);
            TaskCompletion completion = new TaskCompletion(task.lease(), null, null, outcome);
            assertThat(this.store.exchange(worker, List.of(completion), null).refused())
                    .isEmpty();
            StoredTask stored = this.store.find(id).orElseThrow();
            assertThat(stored.state()).as("%s", outcome).isEqualTo(TaskState.CANCELLED);
            assertThat(stored.startedAt()).isEqualTo(task.claimedAt());
            assertThat(this.store.attempts(id))
                    .extracting(StoredAttempt::outcome)
                    .containsExactly(StoredAttempt.Outcome.CANCELLED);
        }
        TaskId id = this.fixture.insert("default");
        this.store.start(this.fixture.claimOne(worker, "default").lease());
        this.store.cancel(id, this.changes);
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).cancelled()).isOne();
        assertThat(this.store.state(id)).contains(TaskState.CANCELLED);
    }

    @Test
    void x26_cancelledTasksAreDeletedAtTheirAge() {
        TaskId id = this.fixture.insert("default");
        this.store.cancel(id, this.changes);
        Map<TaskState, Duration> ages = Map.of(TaskState.CANCELLED, DAY);
        this.clock.advance(DAY);
        assertThat(this.store.prune(ages, 10)).isZero();
        this.clock.advance(Duration.ofMillis(1));
        assertThat(this.store.prune(ages, 10)).isOne();
        assertThat(this.store.state(id)).isEmpty();
    }

    @Test
    void rank8_aFailedTaskThatIsRetriedRunsLikeANewOneAndKeepsItsHistory() {
        TaskId id = this.fixture.task().retries(1).insert();
        long worker = this.fixture.join();
        this.fixture.complete(this.fixture.claimOne(worker, "default"), new TaskOutcome.Retried(ERROR, Duration.ZERO));
        this.fixture.complete(this.fixture.claimOne(worker, "default"), new TaskOutcome.Failed(ERROR));
        TaskId behind = this.fixture.insert("default");
        assertThat(this.store.retry(id, this.changes)).isTrue();
        StoredTask stored = this.store.find(id).orElseThrow();
        assertThat(stored.state()).isEqualTo(TaskState.QUEUED);
        assertThat(stored.retriesUsed()).isZero();
        assertThat(stored.error()).as("of the last attempt that failed").isEqualTo(ERROR);
        assertThat(stored.finishedAt()).isNull();
        assertThat(this.store.attempts(id)).hasSize(2);
        assertThat(this.changes.requeued()).containsExactly("default");
        assertThat(this.store.retry(id, this.changes)).as("it runs anyway").isFalse();

        List<LeasedTask> claimed = this.fixture.claim(worker, 10, "default");
        assertThat(ids(claimed)).as("at the back").containsExactly(behind, id);
        assertThat(claimed.get(1).retriesUsed()).isZero();
        assertThat(this.store.retry(id, this.changes)).as("it runs").isFalse();
        this.fixture.complete(claimed.get(1), new TaskOutcome.Retried(ERROR, Duration.ofSeconds(1)));
        assertThat(this.store.retry(id, this.changes)).as("it is due soon").isFalse();
        assertThat(this.store.attempts(id)).extracting(StoredAttempt::number).containsExactly(1, 2, 3);
        assertThat(this.store.find(id).orElseThrow().retriesUsed()).isOne();
    }

    @Test
    void rank8_aTaskThatKilledItsWorkersIsRetriedWithAllItsRecoveries() {
        TaskId id = this.fixture.insert("default");
        for (int crash = 0; crash <= MAX_RECOVERIES; crash++) {
            this.fixture.claimOne(this.fixture.join(), "default");
            this.clock.advance(DEAD_AFTER.plusSeconds(1));
            this.store.recover(DEAD_AFTER, MAX_RECOVERIES);
        }
        assertThat(this.store.state(id)).contains(TaskState.FAILED);
        assertThat(this.store.retry(id, this.changes)).isTrue();
        assertThat(this.store.find(id).orElseThrow().recoveries()).isZero();
        assertThat(this.fixture.claimOne(this.fixture.join(), "default").recoveries())
                .isZero();
        this.clock.advance(DEAD_AFTER.plusSeconds(1));
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).putBack()).isOne();
    }

    @Test
    void rank8_aCancelledTaskCanBeRetriedAndASucceededOneCannot() {
        TaskId id = this.fixture.insert("default");
        this.store.cancel(id, this.changes);
        assertThat(this.store.retry(id, this.changes)).isTrue();
        LeasedTask task = this.fixture.claimOne(this.fixture.join(), "default");
        this.store.cancel(id, this.changes);
        this.fixture.complete(task, new TaskOutcome.Cancelled());
        assertThat(this.store.retry(id, this.changes)).isTrue();
        LeasedTask again = this.fixture.claimOne(this.fixture.join(), "default");
        assertThat(this.fixture.complete(task, new TaskOutcome.Succeeded(null)))
                .as("the old lease")
                .containsExactly(id);
        this.fixture.complete(again, new TaskOutcome.Succeeded("42"));
        assertThat(this.store.find(id).orElseThrow().result()).isEqualTo("42");
        assertThatExceptionOfType(TaskStateException.class)
                .isThrownBy(() -> this.store.retry(id, this.changes))
                .satisfies(ex -> assertThat(ex.state()).isEqualTo(TaskState.SUCCEEDED))
                .satisfies(ex -> assertThat(ex.id()).isEqualTo(id))
                .withMessageContaining("enqueue another one");
        assertThat(this.store.state(id)).contains(TaskState.SUCCEEDED);
    }

    @Test
    void rank8_aTaskIsDeletedWithItsAttemptsUnlessItRuns() {
        TaskId queued = this.fixture.insert("default");
        TaskId scheduled = this.fixture.task().delay(Duration.ofMinutes(1)).insert();
        assertThat(this.store.delete(queued)).isTrue();
        assertThat(this.store.delete(scheduled)).isTrue();
        TaskId failed = this.fixture.insert("default");
        long worker = this.fixture.join();
        LeasedTask task = this.fixture.claimOne(worker, "default");
        assertThatExceptionOfType(TaskStateException.class)
                .isThrownBy(() -> this.store.delete(failed))
                .withMessageContaining("cancel it first");
        assertThat(this.fixture.complete(task, new TaskOutcome.Failed(ERROR))).isEmpty();
        assertThat(this.store.delete(failed)).isTrue();
        assertThat(this.store.delete(failed)).isFalse();
        for (TaskId id : List.of(queued, scheduled, failed)) {
            assertThat(this.store.find(id)).isEmpty();
            assertThat(this.store.attempts(id)).isEmpty();
        }
        this.clock.advance(Duration.ofHours(1));
        assertThat(this.store.promoteDue(10).count()).isZero();
        assertThat(this.fixture.claim(worker, 10, "default")).isEmpty();
        assertThat(tasksIn(EnumSet.allOf(TaskState.class))).isZero();
    }

    @Test
    void x29_cancelRacesWithClaimCompletionRetryAndRecovery() throws Exception {
        int tasks = 150;
        List<TaskId> inserted = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            inserted.add(this.fixture
                    .task()
                    .priority(i % 3)
                    .delay(i % 5 == 0 ? Duration.ofMillis(1) : null)
                    .insert());
        }
        Map<TaskId, Boolean> cancelled = new ConcurrentHashMap<>();
        // Some in any case before workers are through with them.
        inserted.subList(0, 10).forEach(id -> cancelled.put(id, this.store.cancel(id, this.changes)));
        Set<TaskId> retried = ConcurrentHashMap.newKeySet();
        CountDownLatch operators = new CountDownLatch(2);
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        inParallel(5, number -> {
            TaskStore own = stores.get(number % 2);
            switch (number) {
                case 0 -> {
                    for (TaskId id : inserted.subList(10, tasks)) {
                        cancelled.put(id, own.cancel(id, this.changes));
                    }
                    operators.countDown();
                }
                case 1 -> {
                    for (int i = 0; i < tasks; i += 3) {
                        TaskId id = inserted.get(i);
                        await().atMost(Duration.ofSeconds(50))
                                .until(() -> cancelled.containsKey(id)
                                        && own.state(id).orElseThrow().isFinished());
                        if (cancelled.get(id) && own.retry(id, this.changes)) {
                            retried.add(id);
                        }
                    }
                    operators.countDown();
                }
                default -> work(own, number, operators);
            }
        });
        for (TaskId id : inserted) {
            TaskState state = this.store.state(id).orElseThrow();
            assertThat(state)
                    .as("task %s", id)
                    .isEqualTo(cancelled.get(id) && !retried.contains(id) ? TaskState.CANCELLED : TaskState.SUCCEEDED);
        }
        assertThat(retried).isNotEmpty();
        assertThat(tasksIn(EnumSet.allOf(TaskState.class)))
                .as("each in one place")
                .isEqualTo(tasks);
    }

    /** Promotes, claims and completes, and crashes now and then, until the operators are done and all tasks have ended. */
    private void work(TaskStore own, int number, CountDownLatch operators) {
        TaskStoreFixture worker = new TaskStoreFixture(own);
        long id = worker.join("default");
        Set<TaskState> unfinished = EnumSet.of(TaskState.SCHEDULED, TaskState.QUEUED, TaskState.RUNNING);
        for (int round = number; operators.getCount() > 0 || tasksIn(unfinished) > 0; round++) {
            this.clock.advance(Duration.ofMillis(1));
            own.promoteDue(10);
            List<LeasedTask> claimed = worker.claim(id, 7, "default");
            if (round % 10 == 9) {
                own.leave(id);
                own.recover(Duration.ofDays(1), Integer.MAX_VALUE - 1);
                id = worker.join("default");
                continue;
            }
            List<TaskCompletion> completions = new ArrayList<>();
            for (LeasedTask task : claimed) {
                TaskOutcome outcome = switch ((int) (task.lease().task().value() + round) % 4) {
                    case 0 -> new TaskOutcome.Retried(ERROR, Duration.ZERO);
                    case 1 -> new TaskOutcome.Retried(ERROR, Duration.ofMillis(1));
                    case 2 -> new TaskOutcome.Released(false);
                    default -> new TaskOutcome.Succeeded(null);
                };
                completions.add(new TaskCompletion(task.lease(), task.claimedAt(), task.claimedAt(), outcome));
            }
            assertThat(own.exchange(id, completions, null).refused()).isEmpty();
        }
    }

    private long tasksIn(Set<TaskState> states) {
        return this.store.statistics().stream()
                .mapToLong(each -> states.stream().mapToLong(each::count).sum())
                .sum();
    }

    // ---- rate limits

    @Test
    void a5_x8_noMoreIsClaimedThanTheBucketHasTokensAndTheAnswerSaysHowLongToWait() {
        limited("email", 10, 1_000);
        long worker = this.fixture.join("email");
        // What is carried over of a token is there at the start too.
        assertThat(this.fixture.claimLimited(worker, 20, "email")).hasSize(1);
        this.clock.advance(Duration.ofMillis(1));
        assertThat(this.fixture.claimLimited(worker, 20, "email")).hasSize(1);
        TaskExchange blocked = this.fixture.exchange(worker, 20, "email");
        assertThat(blocked.claimed()).isEmpty();
        Duration wait = blocked.limited().get("email");
        assertThat(wait).isBetween(Duration.ofMillis(99), Duration.ofMillis(101));

        this.clock.advance(wait.minusMillis(1));
        assertThat(this.fixture.claimLimited(worker, 20, "email")).isEmpty();
        this.clock.advance(Duration.ofMillis(1));
        TaskExchange next = this.fixture.exchange(worker, 20, "email");
        assertThat(next.claimed()).hasSize(1);
        assertThat(next.limited().get("email")).isBetween(Duration.ofMillis(98), Duration.ofMillis(101));
    }

    @Test
    void a5_x8_noWindowOfTheIntervalHasMoreThanLimitAndBurstHoweverSeveralNodesAsk() throws Exception {
        limited("email", 100, 2_000);
        List<TaskStoreFixture> nodes = List.of(this.fixture, new TaskStoreFixture(openAnotherStore()));
        List<Long> workers = nodes.stream().map(node -> node.join("email")).toList();
        List<Instant> starts = new ArrayList<>();
        Instant begin = this.clock.instant();
        this.clock.advance(Duration.ofMinutes(1));
        Instant end = this.clock.instant().plusSeconds(10);
        for (int i = 0; this.clock.instant().isBefore(end); i++) {
            List<LeasedTask> claimed = nodes.get(i % 2).claimLimited(workers.get(i % 2), i % 7 == 0 ? 50 : 3, "email");
            claimed.forEach(task -> starts.add(task.claimedAt()));
            this.clock.advance(Duration.ofMillis(3 + i % 40));
        }
        assertThat(starts).hasSizeBetween(1_000, 1_011).allMatch(begin::isBefore);
        for (int i = 0; i + 110 < starts.size(); i++) {
            assertThat(Duration.between(starts.get(i), starts.get(i + 110))).isGreaterThan(Duration.ofMillis(999));
        }
    }

    @Test
    void a5_aClaimThatComesALittleLateLosesNothing() {
        limited("email", 10, 200);
        long worker = this.fixture.join("email");
        Instant begin = this.clock.instant();
        for (int claimed = 0; claimed < 101; ) {
            TaskExchange answer = this.fixture.exchange(worker, 10, "email");
            claimed += answer.claimed().size();
            this.clock.advance(answer.limited().get("email").plusMillis(30));
        }
        assertThat(Duration.between(begin, this.clock.instant()))
                .isBetween(Duration.ofMillis(9_900), Duration.ofMillis(10_100));
    }

    @Test
    void x8_aClaimThatFindsNothingTakesNoToken() {
        limited("email", 10, 0);
        this.store.patch("email", settings -> settings.with(QueueSetting.RATE_BURST, 5));
        long worker = this.fixture.join("email");
        for (int i = 0; i < 20; i++) {
            TaskExchange empty = this.fixture.exchange(worker, 10, "email");
            assertThat(empty.claimed()).isEmpty();
            assertThat(empty.limited()).isEmpty();
        }
        insert("email", 20);
        assertThat(this.fixture.claimLimited(worker, 10, "email")).hasSize(5);
    }

    @Test
    void a6_x7_aLimitOf0StartsNothingUntilItIsLifted() {
        limited("email", 0, 3);
        long worker = this.fixture.join("email");
        TaskExchange blocked = this.fixture.exchange(worker, 10, "email");
        assertThat(blocked.claimed()).isEmpty();
        assertThat(blocked.limited()).isEmpty();
        assertThat(this.store.probe(List.of("email"), Set.of()).queues()).isEmpty();
        assertThat(count("email", TaskState.QUEUED)).isEqualTo(3);

        this.store.patch("email", settings -> settings.with(QueueSetting.RATE_LIMIT, null));
        assertThat(this.store.probe(List.of("email"), Set.of()).queues()).containsExactly("email");
        TaskExchange free = this.fixture.exchange(worker, 2, "email");
        assertThat(free.claimed()).hasSize(2);
        assertThat(free.limited()).isEmpty();
    }

    @Test
    void a5_aChangedLimitHoldsFromTheNextClaim() {
        limited("email", 1, 1_000);
        long worker = this.fixture.join("email");
        assertThat(this.fixture.claimLimited(worker, 10, "email")).hasSize(1);
        assertThat(this.fixture.claimLimited(worker, 10, "email")).isEmpty();
        this.store.patch("email", settings -> settings.with(QueueSetting.RATE_LIMIT, 200));
        this.clock.advance(Duration.ofMillis(10));
        assertThat(this.fixture.claimLimited(worker, 10, "email")).hasSize(2);
        this.store.patch("email", settings -> settings.with(QueueSetting.RATE_INTERVAL, Duration.ofMillis(100)));
        this.clock.advance(Duration.ofMillis(5));
        assertThat(this.fixture.claimLimited(worker, 10, "email")).hasSize(10);
    }

    @Test
    void a5_aNodeThatHasNotHeardOfALimitClaimsNothing() {
        this.store.declare(QueueSpec.named("email"));
        insert("email", 10);
        long worker = this.fixture.join("email");
        assertThat(this.fixture.claim(worker, 1, "email")).hasSize(1);
        this.store.patch("email", settings -> settings.with(QueueSetting.RATE_LIMIT, 1));
        assertThat(this.fixture.claim(worker, 10, "email")).isEmpty();
        assertThat(this.fixture.claimLimited(worker, 10, "email")).hasSize(1);
        this.store.patch("email", settings -> settings.with(QueueSetting.RATE_LIMIT, null));
        assertThat(this.fixture.claimLimited(worker, 3, "email")).hasSize(3);
        assertThat(this.fixture.claim(worker, 10, "email")).hasSize(5);
    }

    @Test
    void a5_aRateLimitAndALimitOfRunningTasksBothHold() {
        limited("email", 50, 10);
        this.store.patch("email", settings -> settings.with(QueueSetting.MAX_RUNNING, 3));
        long worker = this.fixture.join("email");
        TaskExchange first = this.fixture.exchange(worker, 10, "email");
        assertThat(first.claimed()).hasSize(3);
        assertThat(first.limited()).isEmpty();
        first.claimed().forEach(task -> this.fixture.complete(task, new TaskOutcome.Succeeded(null)));
        TaskExchange second = this.fixture.exchange(worker, 10, "email");
        assertThat(second.claimed()).hasSize(2);
        assertThat(second.limited()).containsOnlyKeys("email");
    }

    @Test
    void a5_onlyFreeSlotsAreFilledAndOtherQueuesGetTheRest() {
        limited("email", 40, 10);
        insert("default", 10);
        long worker = this.fixture.join("email", "default");
        List<QueueClaim> claims = List.of(new QueueClaim("email", 8, 3, true), new QueueClaim("default", 8, 5));
        TaskExchange first =
                this.store.exchange(worker, List.of(), new ClaimRequest(claims, 8, 5, 1_000, Set.of(), true));
        assertThat(first.claimed())
                .extracting(LeasedTask::queue)
                .containsExactly("email", "email", "email", "default", "default", "default", "default", "default");
        assertThat(first.limited()).isEmpty();

        // No slot is left for it, which is not for want of tokens.
        List<QueueClaim> reversed = List.of(new QueueClaim("default", 2, 2), new QueueClaim("email", 2, 2, true));
        TaskExchange second =
                this.store.exchange(worker, List.of(), new ClaimRequest(reversed, 2, 2, 1_001, Set.of(), true));
        assertThat(second.claimed()).extracting(LeasedTask::queue).containsExactly("default", "default");
        assertThat(second.limited()).containsOnlyKeys("email").containsEntry("email", Duration.ZERO);
    }

    @Test
    void a5_claimersAtOnceShareTheTokensAndNeverWaitForEachOther() throws Exception {
        for (String queue : List.of("email", "reports")) {
            limited(queue, 1, 200);
            this.store.patch(queue, settings -> settings.with(QueueSetting.RATE_BURST, 60));
        }
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        Set<TaskId> claimed = ConcurrentHashMap.newKeySet();
        inParallel(6, number -> {
            TaskStoreFixture own = new TaskStoreFixture(stores.get(number % 2));
            long worker = own.join("email", "reports");
            for (int i = 0; i < 20; i++) {
                String[] order =
                        number % 3 == 0 ? new String[] {"email", "reports"} : new String[] {"reports", "email"};
                claimed.addAll(ids(own.claimLimited(worker, 4, order)));
            }
        });
        assertThat(claimed).hasSize(120);
    }

    @Test
    void a5_aTaskThatIsPutBackDoesNotReturnItsToken() {
        limited("email", 1, 2);
        long worker = this.fixture.join("email");
        LeasedTask task = this.fixture.claimLimited(worker, 1, "email").get(0);
        this.fixture.complete(task, new TaskOutcome.Released(false));
        assertThat(this.fixture.claimLimited(worker, 1, "email")).isEmpty();
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(ids(this.fixture.claimLimited(worker, 1, "email")))
                .containsExactly(task.lease().task());
    }

    @Test
    void rank30_ofATaskWithALimitNoMoreStartThanItHasTokensAndOthersOfTheQueueGoOn() {
        this.store.setRateLimit("Limited.send", RateLimit.of(10, Duration.ofSeconds(1)));
        insert("Limited.send", "default", 50);
        insert("Free.send", "default", 5);
        long worker = this.fixture.join();
        TaskExchange first = this.fixture.exchange(worker, 10, "default");
        assertThat(first.claimed()).extracting(LeasedTask::task).containsExactly("Limited.send");
        assertThat(first.limited()).containsEntry("default", Duration.ZERO);

        TaskExchange next = this.fixture.exchange(worker, 10, "default");
        assertThat(next.claimed())
                .extracting(LeasedTask::task)
                .containsOnly("Free.send")
                .hasSize(5);
        assertThat(next.limited()).isEmpty();
        Duration wait = next.later().get("default");
        assertThat(wait).isBetween(Duration.ZERO, Duration.ofMillis(101));

        this.clock.advance(wait);
        assertThat(this.fixture.claim(worker, 10, "default"))
                .extracting(LeasedTask::task)
                .containsExactly("Limited.send");
        assertThat(this.fixture.claim(worker, 10, "default")).isEmpty();
    }

    @Test
    void rank30_aTaskHasOneLimitInAllItsQueuesAndOnAllNodes() throws Exception {
        this.store.declare(QueueSpec.named("email"));
        this.store.setRateLimit("Limited.send", new RateLimit(1, Duration.ofSeconds(1), 5));
        insert("Limited.send", "default", 10);
        insert("Limited.send", "email", 10);
        TaskStore other = openAnotherStore();
        TaskStoreFixture node = new TaskStoreFixture(other);
        node.knowsLimits();
        long here = this.fixture.join();
        long there = node.join();
        assertThat(this.fixture.claim(here, 3, "default", "email")).hasSize(3);
        assertThat(node.claim(there, 10, "email")).hasSize(2);
        assertThat(node.claim(there, 10, "default")).isEmpty();
        assertThat(this.fixture.claim(here, 10, "email", "default")).isEmpty();
        this.clock.advance(Duration.ofMillis(1_500));
        assertThat(this.fixture.claim(here, 10, "email", "default")).hasSize(2);
    }

    @Test
    void rank30_n8_tasksOfAFairKeyKeepItWhileTheirNameHasNoTokens() {
        this.store.setRateLimit("Limited.send", new RateLimit(1, Duration.ofSeconds(1), 2));
        TaskKey key = new TaskKey("tenant", 1, TaskKey.Hold.UNTIL_CLAIMED);
        List<TaskId> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(this.fixture.task().name("Limited.send").key(key).insert());
        }
        release();
        long worker = this.fixture.join();
        TaskExchange first = this.fixture.exchange(worker, 10, "default");
        assertThat(ids(first.claimed())).containsExactly(tasks.get(0));
        assertThat(first.passedOn().tasks()).containsEntry("default", 1);
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(tasks.get(1));

        TaskExchange waiting = this.fixture.exchange(worker, 10, "default");
        assertThat(waiting.claimed()).isEmpty();
        assertThat(waiting.passedOn()).isEqualTo(ReleasedTasks.NONE);
        assertThat(waiting.later()).containsKey("default");
        assertThat(this.store.state(tasks.get(2))).contains(TaskState.QUEUED);
        assertThat(this.store.state(tasks.get(3))).contains(TaskState.BLOCKED);

        this.clock.advance(Duration.ofSeconds(1));
        assertThat(ids(this.fixture.claim(worker, 10, "default"))).containsExactly(tasks.get(2));
        assertThat(this.store.state(tasks.get(3))).contains(TaskState.QUEUED);
    }

    @Test
    void rank30_claimersAtOnceShareTheTokensOfATask() throws Exception {
        this.store.declare(QueueSpec.named("email"));
        for (String task : List.of("One.send", "Two.send")) {
            this.store.setRateLimit(task, new RateLimit(1, Duration.ofSeconds(1), 40));
            insert(task, "default", 60);
            insert(task, "email", 60);
        }
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        new TaskStoreFixture(stores.get(1)).knowsLimits();
        Set<TaskId> claimed = ConcurrentHashMap.newKeySet();
        inParallel(4, number -> {
            TaskStoreFixture own = new TaskStoreFixture(stores.get(number % 2));
            long worker = own.join("default", "email");
            String[] queues = number < 2 ? new String[] {"email", "default"} : new String[] {"default", "email"};
            for (int i = 0; i < 15; i++) {
                claimed.addAll(ids(own.claim(worker, 4, queues)));
            }
        });
        long worker = this.fixture.join();
        for (int i = 0; i < 40; i++) {
            claimed.addAll(ids(this.fixture.claim(worker, 4, "default", "email")));
        }
        assertThat(claimed).hasSize(80);
    }

    @Test
    void rank30_aLimitOf0StartsNoTaskOfTheNameAndLiftingItHoldsFromTheNextClaim() {
        this.store.setRateLimit("Limited.send", RateLimit.of(0, Duration.ofSeconds(1)));
        insert("Limited.send", "default", 3);
        insert("Free.send", "default", 1);
        long worker = this.fixture.join();
        TaskExchange answer = this.fixture.exchange(worker, 10, "default");
        assertThat(answer.claimed()).extracting(LeasedTask::task).containsExactly("Free.send");
        assertThat(answer.later()).isEmpty();
        this.store.setRateLimit("Limited.send", null);
        assertThat(this.store.rateLimits()).isEmpty();
        assertThat(this.fixture.claim(worker, 10, "default")).hasSize(3);
    }

    @Test
    void rank30_x19_aDeclaredLimitIsAppliedOnlyIfItDiffersFromTheOneLastApplied() {
        RateLimit ten = RateLimit.of(10, Duration.ofSeconds(1));
        RateLimit twenty = RateLimit.of(20, Duration.ofMinutes(1));
        assertThat(this.store.applyRateLimits("shop", declared(null))).isEmpty();
        assertThat(this.store.applyRateLimits("shop", declared(ten))).containsExactly("Limited.send");
        assertThat(this.store.rateLimits()).containsOnly(Map.entry("Limited.send", ten));
        this.store.setRateLimit("Limited.send", twenty);
        assertThat(this.store.applyRateLimits("shop", declared(ten))).isEmpty();
        assertThat(this.store.rateLimits()).containsOnly(Map.entry("Limited.send", twenty));
        assertThat(this.store.applyRateLimits("billing", declared(null))).isEmpty();
        assertThat(this.store.applyRateLimits("shop", declared(null))).containsExactly("Limited.send");
        assertThat(this.store.rateLimits()).isEmpty();
        assertThat(this.store.applyRateLimits("shop", declared(twenty))).containsExactly("Limited.send");
    }

    private static List<DeclaredRateLimit> declared(RateLimit limit) {
        return List.of(new DeclaredRateLimit("Limited.send", limit), new DeclaredRateLimit("Free.send", null));
    }

    private void insert(String task, String queue, int count) {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(this.fixture.task().name(task).queue(queue).build());
        }
        this.store.insert(tasks, committed -> {});
    }

    /** Declares a queue that starts so many tasks a second, with some to start. */
    private void limited(String queue, int limit, int tasks) {
        this.store.declare(QueueSpec.named(queue).rateLimit(limit, Duration.ofSeconds(1)));
        insert(queue, tasks);
    }

    private void insert(String queue, int count) {
        insert("Mailer.send", queue, count);
    }

    // ---- aging

    private static final PriorityAging AGING = new PriorityAging(Duration.ofMinutes(10), 5, 20);

    @Test
    void rank31_anOldTaskOfLowPriorityOvertakesFreshOnesOfMiddlePriority() {
        TaskId old = this.fixture.task().priority(0).insert();
        TaskId older = this.fixture.task().priority(12).insert();
        this.clock.advance(Duration.ofMinutes(21));
        TaskId fresh = this.fixture.task().priority(10).insert();
        TaskId middle = this.fixture.task().priority(8).insert();
        TaskId urgent = this.fixture.task().priority(30).insert();
        assertThat(age(100)).isEqualTo(2);
        long worker = this.fixture.join();
        List<LeasedTask> claimed = this.fixture.claim(worker, 10, "default");
        assertThat(ids(claimed)).containsExactly(urgent, older, old, fresh, middle);
        assertThat(claimed).extracting(LeasedTask::priority).containsExactly(30, 20, 10, 10, 8);
        assertThat(this.store.find(old).orElseThrow().priority()).isZero();
    }

    @Test
    void rank31_tasksGainAStepEachTimeUpToTheMostAndKeepTheirOrder() throws Exception {
        this.store.declare(QueueSpec.named("email"));
        TaskId first = this.fixture.task().priority(1).insert();
        TaskId second = this.fixture.task().priority(1).insert();
        TaskId elsewhere = this.fixture.insert("email");
        this.clock.advance(Duration.ofMinutes(9));
        assertThat(age(100)).isZero();
        this.clock.advance(Duration.ofMinutes(1));
        assertThat(age(100)).isEqualTo(2);
        assertThat(age(100)).isZero();
        TaskId equal = this.fixture.task().priority(6).insert();
        long worker = this.fixture.join();
        List<LeasedTask> claimed = this.fixture.claim(worker, 2, "default");
        assertThat(ids(claimed)).containsExactly(first, second);
        assertThat(claimed).extracting(LeasedTask::priority).containsOnly(6);

        this.fixture.complete(claimed.get(0), new TaskOutcome.Released(false));
        this.fixture.complete(claimed.get(1), new TaskOutcome.Retried(ERROR, Duration.ZERO));
        List<LeasedTask> again = this.fixture.claim(worker, 10, "default");
        assertThat(ids(again)).containsExactly(first, equal, second);
        assertThat(again).extracting(LeasedTask::priority).containsOnly(6);
        again.forEach(task -> this.fixture.complete(task, new TaskOutcome.Released(false)));

        this.clock.advance(Duration.ofDays(100));
        age(100);
        assertThat(openAnotherStore().age("default", AGING, null, 100).count()).isZero();
        assertThat(this.fixture.claim(worker, 10, "default"))
                .extracting(LeasedTask::priority)
                .containsOnly(20);
        assertThat(this.fixture.claimOne(worker, "email").lease().task()).isEqualTo(elsewhere);
    }

    @Test
    void rank31_aStepLooksAtABoundedNumberOfTasksAndTheNextGoesOn() {
        for (int i = 0; i < 10; i++) {
            this.fixture.task().priority(i % 2).insert();
        }
        this.clock.advance(Duration.ofMinutes(10));
        List<AgedTasks> steps = new ArrayList<>();
        AgedTasks step = this.store.age("default", AGING, null, 3);
        while (step.next() != null) {
            steps.add(step);
            step = this.store.age("default", AGING, step.next(), 3);
        }
        steps.add(step);
        assertThat(steps).hasSizeBetween(4, 6).allMatch(each -> each.count() <= 3);
        assertThat(steps.stream().mapToInt(AgedTasks::count).sum()).isEqualTo(10);
        assertThat(this.fixture.claim(this.fixture.join(), 10, "default"))
                .extracting(LeasedTask::priority)
                .containsExactly(6, 6, 6, 6, 6, 5, 5, 5, 5, 5);
        assertThat(this.store.age("default", AGING, null, 3)).isEqualTo(AgedTasks.NONE);
        assertThat(this.store.age("unknown", AGING, null, 3)).isEqualTo(AgedTasks.NONE);
    }

    @Test
    void rank31_aRaisedTaskIsCancelledAndDeletedLikeAnyOther() {
        TaskId cancelled = this.fixture.insert("default");
        TaskId deleted = this.fixture.insert("default");
        this.clock.advance(Duration.ofMinutes(10));
        assertThat(age(100)).isEqualTo(2);
        assertThat(this.store.cancel(cancelled, this.changes)).isTrue();
        assertThat(this.store.state(cancelled)).contains(TaskState.CANCELLED);
        assertThat(this.store.delete(deleted)).isTrue();
        assertThat(this.fixture.claim(this.fixture.join(), 10, "default")).isEmpty();
        assertThat(this.store.retry(cancelled, this.changes)).isTrue();
        assertThat(this.fixture.claimOne(this.fixture.join(), "default").priority())
                .isZero();
    }

    @Test
    void rank31_tasksAreClaimedOnceWhileTheyAreRaised() throws Exception {
        int tasks = 200;
        for (int i = 0; i < tasks; i++) {
            this.fixture.task().priority(i % 3).insert();
        }
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        Map<TaskId, Integer> claims = new ConcurrentHashMap<>();
        AtomicLong minutes = new AtomicLong();
        inParallel(3, number -> {
            TaskStoreFixture own = new TaskStoreFixture(stores.get(number % 2));
            long worker = own.join();
            while (claims.size() < tasks) {
                if (number == 0) {
                    PriorityAging rule =
                            new PriorityAging(Duration.ofNanos(1_000), 1, (int) minutes.incrementAndGet() % 50);
                    stores.get(0).age("default", rule, null, 50);
                } else {
                    ids(own.claim(worker, 5, "default")).forEach(id -> claims.merge(id, 1, Integer::sum));
                }
            }
        });
        assertThat(claims)
                .hasSize(tasks)
                .allSatisfy((id, count) -> assertThat(count).isOne());
    }

    /** Looks at the whole queue, so many tasks at a time; returns how many have gained. */
    private int age(int limit) {
        int count = 0;
        AgedTasks step = this.store.age("default", AGING, null, limit);
        count += step.count();
        while (step.next() != null) {
            step = this.store.age("default", AGING, step.next(), limit);
            count += step.count();
        }
        return count;
    }

    // ---- maintenance

    private long limitedToken = 500_000;

    private static final Duration DAY = Duration.ofDays(1);

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Test
    void rank4_oneWorkerAtATimeHoldsTheMaintenanceLease() throws Exception {
        long first = this.fixture.join();
        long second = this.fixture.join();
        assertThat(this.store.leaseMaintenance(first, LEASE)).isTrue();
        TaskStore other = openAnotherStore();
        assertThat(other.leaseMaintenance(second, LEASE)).isFalse();
        this.clock.advance(LEASE.minusMillis(1));
        assertThat(this.store.leaseMaintenance(first, LEASE)).isTrue();
        this.clock.advance(LEASE.minusMillis(1));
        assertThat(other.leaseMaintenance(second, LEASE)).isFalse();
        this.clock.advance(Duration.ofMillis(1));
        assertThat(other.leaseMaintenance(second, LEASE)).isTrue();
        assertThat(this.store.leaseMaintenance(first, LEASE)).isFalse();
    }

    @Test
    void rank4_ofManyWorkersThatAskAtOnceOneGetsTheMaintenanceLease() throws Exception {
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        Set<Long> holders = ConcurrentHashMap.newKeySet();
        inParallel(4, number -> {
            TaskStore own = stores.get(number % 2);
            long worker = new TaskStoreFixture(own).join();
            for (int i = 0; i < 20; i++) {
                if (own.leaseMaintenance(worker, LEASE)) {
                    holders.add(worker);
                }
            }
        });
        assertThat(holders).hasSize(1);
    }

    @Test
    void rank4_aHolderThatLeavesGivesTheMaintenanceLeaseFree() {
        long first = this.fixture.join();
        long second = this.fixture.join();
        assertThat(this.store.leaseMaintenance(first, LEASE)).isTrue();
        this.store.leave(first);
        assertThat(this.store.leaseMaintenance(first, LEASE)).isFalse();
        assertThat(this.store.leaseMaintenance(second, LEASE)).isTrue();
    }

    @Test
    void rank4_aHolderThatIsDeadGivesTheMaintenanceLeaseFree() {
        long first = this.fixture.join();
        assertThat(this.store.leaseMaintenance(first, Duration.ofHours(1))).isTrue();
        this.clock.advance(DEAD_AFTER.plusMillis(1));
        long second = this.fixture.join();
        assertThat(this.store.leaseMaintenance(second, LEASE)).isFalse();
        assertThat(this.store.recover(DEAD_AFTER, MAX_RECOVERIES).deadWorkers()).containsExactly(first);
        assertThat(this.store.leaseMaintenance(first, LEASE)).isFalse();
        assertThat(this.store.leaseMaintenance(second, LEASE)).isTrue();
    }

    @Test
    void x26_tasksThatEndedLongAgoAreDeletedAndAllOthersStay() {
        this.store.declare(QueueSpec.named("email"));
        long worker = this.fixture.join("default", "email");
        TaskId succeeded = finished("default", worker, new TaskOutcome.Succeeded("1"));
        TaskId failed = finished("default", worker, new TaskOutcome.Failed(ERROR));
        TaskId email = finished("email", worker, new TaskOutcome.Succeeded(null));
        TaskId running = this.fixture.insert("default");
        this.fixture.claimOne(worker, "default");
        TaskId queued = this.fixture.insert("default");
        TaskId scheduled = this.fixture.task().delay(Duration.ofDays(100)).insert();
        this.clock.advance(Duration.ofHours(1));
        TaskId later = finished("email", worker, new TaskOutcome.Succeeded(null));
        Map<TaskState, Duration> ages = Map.of(TaskState.SUCCEEDED, DAY, TaskState.FAILED, DAY.multipliedBy(30));
        this.clock.advance(DAY.minusHours(1));
        assertThat(this.store.prune(ages, 100)).isZero();

        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.store.prune(ages, 100)).isEqualTo(2);
        assertThat(this.store.prune(ages, 100)).isZero();
        assertThat(this.store.state(succeeded)).isEmpty();
        assertThat(this.store.state(email)).isEmpty();
        assertThat(this.store.find(failed).orElseThrow().error()).isEqualTo(ERROR);

        this.clock.advance(DAY.multipliedBy(29));
        assertThat(this.store.prune(ages, 100)).isEqualTo(2);
        assertThat(this.store.find(failed)).isEmpty();
        assertThat(this.store.attempts(failed)).isEmpty();
        assertThat(this.store.state(later)).isEmpty();

        this.clock.advance(DAY.multipliedBy(30));
        assertThat(this.store.prune(ages, 100)).isZero();
        assertThat(this.store.state(running)).contains(TaskState.RUNNING);
        assertThat(this.store.state(queued)).contains(TaskState.QUEUED);
        assertThat(this.store.state(scheduled)).contains(TaskState.SCHEDULED);
    }

    @Test
    void x26_aTaskThatWaitsForItsRetryIsKeptHoweverOldItIs() {
        long worker = this.fixture.join();
        TaskId retried = this.fixture.insert("default");
        this.fixture.complete(
                this.fixture.claimOne(worker, "default"), new TaskOutcome.Retried(ERROR, Duration.ofDays(50)));
        this.clock.advance(Duration.ofDays(49));
        assertThat(this.store.prune(Map.of(TaskState.FAILED, Duration.ofNanos(1)), 100))
                .isZero();
        assertThat(this.store.attempts(retried)).hasSize(1);
    }

    @Test
    void x26_aStateWithoutAnAgeIsKeptForEver() {
        TaskId succeeded = finished("default", this.fixture.join(), new TaskOutcome.Succeeded(null));
        this.clock.advance(Duration.ofDays(10_000));
        assertThat(this.store.prune(Map.of(TaskState.FAILED, DAY), 100)).isZero();
        assertThat(this.store.prune(Map.of(), 100)).isZero();
        assertThat(this.store.prune(Map.of(TaskState.SUCCEEDED, Duration.ofSeconds(Long.MAX_VALUE)), 100))
                .isZero();
        assertThat(this.store.state(succeeded)).contains(TaskState.SUCCEEDED);
    }

    @Test
    void rank9_oldTasksAreDeletedInBoundedBatchesOldestFirst() {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            tasks.add(this.fixture.task().build());
        }
        this.store.insert(tasks, committed -> {});
        long worker = this.fixture.join();
        for (int i = 0; i < 5; i++) {
            List<TaskCompletion> completions = this.fixture.claim(worker, 500, "default").stream()
                    .map(task -> new TaskCompletion(
                            task.lease(),
                            task.claimedAt(),
                            this.clock.advance(Duration.ofMillis(1)),
                            new TaskOutcome.Succeeded(null)))
                    .toList();
            assertThat(this.store.exchange(worker, completions, null).refused()).isEmpty();
        }
        this.clock.advance(DAY.plusMillis(1));
        Map<TaskState, Duration> ages = Map.of(TaskState.SUCCEEDED, DAY, TaskState.FAILED, DAY);
        assertThat(this.store.prune(ages, 1_000)).isEqualTo(1_000);
        assertThat(this.store.state(tasks.get(999).id())).isEmpty();
        assertThat(this.store.state(tasks.get(1_000).id())).contains(TaskState.SUCCEEDED);
        assertThat(this.store.prune(ages, 1_000)).isEqualTo(1_000);
        assertThat(this.store.prune(ages, 1_000)).isEqualTo(500);
        assertThat(count("default", TaskState.SUCCEEDED)).isZero();
    }

    @Test
    void x26_otherAgesAreHeededBetweenTwoBatches() {
        long worker = this.fixture.join();
        TaskId first = finished("default", worker, new TaskOutcome.Succeeded(null));
        TaskId second = finished("default", worker, new TaskOutcome.Succeeded(null));
        TaskId failed = finished("default", worker, new TaskOutcome.Failed(ERROR));
        this.clock.advance(DAY.plusSeconds(1));
        assertThat(this.store.prune(Map.of(TaskState.SUCCEEDED, DAY), 1)).isOne();
        assertThat(this.store.prune(Map.of(TaskState.FAILED, DAY), 1)).isOne();
        assertThat(this.store.state(failed)).isEmpty();
        assertThat(List.of(first, second))
                .filteredOn(id -> this.store.state(id).isPresent())
                .hasSize(1);
        assertThat(this.store.prune(Map.of(TaskState.SUCCEEDED, DAY), 10)).isOne();
    }

    @Test
    void x26_severalPrunersAtOnceDeleteEachTaskOnce() throws Exception {
        long worker = this.fixture.join();
        for (int i = 0; i < 200; i++) {
            this.fixture.insert("default");
        }
        for (LeasedTask task : this.fixture.claim(worker, 200, "default")) {
            this.fixture.complete(task, new TaskOutcome.Succeeded(null));
        }
        this.clock.advance(DAY.plusSeconds(1));
        List<TaskStore> stores = List.of(this.store, openAnotherStore());
        AtomicLong deleted = new AtomicLong();
        inParallel(4, number -> {
            while (deleted.get() < 200) {
                deleted.addAndGet(stores.get(number % 2).prune(Map.of(TaskState.SUCCEEDED, DAY), 20));
            }
        });
        assertThat(deleted).hasValue(200);
        assertThat(count("default", TaskState.SUCCEEDED)).isZero();
    }

    private TaskId finished(String queue, long worker, TaskOutcome outcome) {
        TaskId id = this.fixture.insert(queue);
        LeasedTask claimed = this.fixture.claimOne(worker, queue);
        Instant now = this.clock.instant();
        TaskCompletion completion = new TaskCompletion(claimed.lease(), now, now, outcome);
        assertThat(this.store.exchange(worker, List.of(completion), null).refused())
                .isEmpty();
        return id;
    }

    protected final long count(String queue, TaskState state) {
        return this.store.statistics().stream()
                .filter(each -> each.queue().equals(queue))
                .findFirst()
                .orElseThrow()
                .count(state);
    }

    protected static List<TaskId> ids(List<LeasedTask> tasks) {
        return tasks.stream().map(task -> task.lease().task()).toList();
    }

    /** Runs the same work on several threads that start together, and passes on what one of them throws. */
    protected static void inParallel(int threads, ParallelWork work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(executor.submit(() -> {
                    start.await();
                    work.run(number);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private Integer concurrency(String queue) {
        return this.store.queue(queue).orElseThrow().settings().get(QueueSetting.CONCURRENCY);
    }

    /** Work of one of several threads. */
    @FunctionalInterface
    protected interface ParallelWork {

        void run(int number) throws Exception;
    }

    /** What the store has told of. */
    protected static final class RecordedChanges implements TaskChangeListener {

        private final List<String> requeued = Collections.synchronizedList(new ArrayList<>());

        private final List<Long> cancelled = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void requeued(String queue) {
            this.requeued.add(queue);
        }

        @Override
        public void cancelled(long worker) {
            this.cancelled.add(worker);
        }

        public List<String> requeued() {
            return this.requeued;
        }

        public List<Long> cancelled() {
            return this.cancelled;
        }
    }
}
