package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSpec;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.handler.TaskHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.util.ReflectionUtils;

/** What containers consume, in which order, and how many at once. */
@Timeout(60)
class WorkerContainerTests {

    private final TestStore store = new TestStore();

    private final Gauge gauge = new Gauge();

    @Test
    void d5_aWorkerOnOneQueueLeavesTheOthersAlone() {
        queues("email", "reports");
        TaskId email = this.store.enqueue("task", "email");
        TaskId report = this.store.enqueue("task", "reports");
        try (TestNode node = node(TestNode.settings().withQueues("email"), 10)) {
            node.handle("task", call -> null).start();
            awaitState(email, TaskState.SUCCEEDED);
            assertThat(node.registry.containers())
                    .extracting(WorkerContainerInfo::name)
                    .containsExactly("email");
            assertThat(this.store.state(report)).isEqualTo(TaskState.QUEUED);
        }
    }

    @Test
    void d6_aWorkerOnSeveralQueuesDrainsThem() {
        queues("email", "reports", "other");
        TaskId email = this.store.enqueue("task", "email");
        TaskId report = this.store.enqueue("task", "reports");
        TaskId other = this.store.enqueue("task", "other");
        try (TestNode node = node(TestNode.settings().withQueues("email", "reports"), 10)) {
            node.handle("task", call -> null).start();
            awaitState(email, TaskState.SUCCEEDED);
            awaitState(report, TaskState.SUCCEEDED);
            assertThat(this.store.state(other)).isEqualTo(TaskState.QUEUED);
        }
    }

    @Test
    void d7_x21_aQueueDeclaredAtRunTimeIsConsumedWithoutARestart() {
        try (TestNode node = node(TestNode.settings(), 10)) {
            node.handle("task", call -> null).start();
            await().until(() -> node.registry.containers().size() == 1);
            queues("later");
            awaitState(this.store.enqueue("task", "later"), TaskState.SUCCEEDED);
        }
    }

    @Test
    void d7_theAllContainerTakesQueuesThatAppearLater() {
        WorkerSettings settings =
                TestNode.settings().withContainers(TestNode.container("all", 3, QueueOrder.STRICT, "*"));
        try (TestNode node = node(settings, 10)) {
            node.handle("task", call -> null).start();
            queues("later");
            awaitState(this.store.enqueue("task", "later"), TaskState.SUCCEEDED);
            assertThat(node.registry.containers()).singleElement().satisfies(container -> {
                assertThat(container.queues()).containsExactly("default", "later");
                assertThat(container.order()).isEqualTo(QueueOrder.ROUND_ROBIN);
                assertThat(container.concurrency()).isEqualTo(3);
            });
        }
    }

    @Test
    void d9_a10_higherPriorityRunsFirst() {
        for (int priority : new int[] {-10, 0, 10}) {
            this.store.enqueue("task", "default", priority, "p" + priority);
        }
        assertThat(runAll(1, 3)).containsExactly("p10", "p0", "p-10");
    }

    @Test
    void d11_p12_equalPriorityRunsInTheOrderOfInsertion() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            this.store.enqueue("task", "default", 0, "t" + i);
            expected.add("t" + i);
        }
        assertThat(runAll(1, 30)).isEqualTo(expected);
    }

    @Test
    void d11_aDueTaskOfHigherPriorityBeatsAPlainOne() {
        this.store.enqueue("task", "default", 5, "due", 3, Duration.ofMillis(1));
        for (int i = 0; i < 3; i++) {
            this.store.enqueue("task", "default", 0, "plain" + i);
        }
        await().until(() -> this.store.real().promoteDue(10).count() == 1);
        assertThat(runAll(1, 4)).startsWith("due");
    }

    @Test
    void d12_p13_dedicatedWorkersPerQueueKeepTheirSizes() {
        queues("high", "medium", "low");
        Gauge medium = new Gauge();
        Gauge low = new Gauge();
        WorkerSettings settings = TestNode.settings()
                .withContainers(
                        TestNode.container("a", 5, QueueOrder.STRICT, "high"),
                        TestNode.container("b", 20, QueueOrder.STRICT, "medium"),
                        TestNode.container("c", 50, QueueOrder.STRICT, "low"));
        for (int i = 0; i < 60; i++) {
            this.store.enqueue("high", "high");
            this.store.enqueue("medium", "medium");
            this.store.enqueue("low", "low");
        }
        try (TestNode node = node(settings, 10)) {
            node.handle("high", this.gauge.body())
                    .handle("medium", medium.body())
                    .handle("low", low.body())
                    .start();
            await().until(() -> this.gauge.running() == 5 && medium.running() == 20 && low.running() == 50);
            assertThat(this.store.count("high", TaskState.RUNNING)).isEqualTo(5);
            low.open();
            await().until(() -> this.store.count("low", TaskState.SUCCEEDED) == 60);
            this.gauge.open();
            medium.open();
            await().until(() -> this.store.count("medium", TaskState.SUCCEEDED) == 60);
            await().until(() -> this.store.count("high", TaskState.SUCCEEDED) == 60);
        }
        assertThat(List.of(this.gauge.most(), medium.most(), low.most())).containsExactly(5, 20, 50);
    }

    @Test
    void d13_x6_severalQueuesShareTheSlotsOfOneContainer() {
        queues("low", "reports");
        for (int i = 0; i < 50; i++) {
            this.store.enqueue("task", "low");
            this.store.enqueue("task", "reports");
        }
        WorkerSettings settings = TestNode.settings()
                .withContainers(TestNode.container("shared", 7, QueueOrder.STRICT, "low", "reports"));
        try (TestNode node = node(settings, 10)) {
            node.handle("task", this.gauge.body()).start();
            await().until(() -> this.gauge.running() == 7);
            assertThat(running("low") + running("reports")).isEqualTo(7);
            this.gauge.open();
            await().until(() -> this.store.count("reports", TaskState.SUCCEEDED) == 50);
        }
        assertThat(this.gauge.most()).isEqualTo(7);
    }

    @Test
    void d14_withoutAnyConfigurationTheDefaultQueueIsConsumed() {
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = node(TestNode.settings(), 10)) {
            node.handle("task", call -> null).start();
            awaitState(task, TaskState.SUCCEEDED);
        }
    }

    @Test
    void d15_aFullQueueDoesNotHoldUpAnother() {
        queues("compute", "quick");
        for (int i = 0; i < 20; i++) {
            this.store.enqueue("compute", "compute");
        }
        try (TestNode node = node(TestNode.settings(), 2)) {
            node.handle("compute", this.gauge.body())
                    .handle("quick", call -> null)
                    .start();
            await().until(() -> this.gauge.running() == 2);
            TaskId quick = this.store.enqueue("quick", "quick", node.registry);
            await().atMost(Duration.ofSeconds(1)).until(() -> this.store.state(quick) == TaskState.SUCCEEDED);
            this.gauge.open();
        }
    }

    @Test
    void d16_concurrencyIsKeptAndZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestNode.container("io", 0, QueueOrder.STRICT, "email"))
                .withMessage("concurrency must be 1 to 10000, or a range such as 2-10, not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> TestNode.container("io", -1, QueueOrder.STRICT, "email"));
        for (int i = 0; i < 12; i++) {
            this.store.enqueue("task", "default");
        }
        try (TestNode node = node(TestNode.settings(), 4)) {
            node.handle("task", this.gauge.body()).start();
            await().until(() -> this.gauge.running() == 4);
            this.gauge.open();
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 12);
        }
        assertThat(this.gauge.most()).isEqualTo(4);
    }

    @Test
    void d20_aQueueWithConcurrencyOneNeverRunsTwo() {
        this.store.real().declare(QueueSpec.named("heavy").concurrency(1));
        for (int i = 0; i < 20; i++) {
            this.store.enqueue("task", "heavy");
        }
        Gauge quick = new Gauge();
        quick.open();
        try (TestNode node = node(TestNode.settings(), 10)) {
            node.handle("task", quick.body()).start();
            await().until(() -> this.store.count("heavy", TaskState.SUCCEEDED) == 20);
        }
        assertThat(quick.most()).isEqualTo(1);
    }

    @Test
    void a4_neverMoreRowsRunThanThereAreFreeSlots() {
        this.gauge.open();
        TaskHandler body = this.gauge.body();
        assertThat(mostRowsRunning(TestNode.settings(), invocation -> {
                    takeTime(RunPace.SHORT + 1_000_000);
                    return body.handle(invocation);
                }))
                .isEqualTo(2);
    }

    @Test
    void a4_decision5_withoutLookAheadThatHoldsForShortTasksToo() {
        this.gauge.open();
        WorkerSettings settings =
                TestNode.settings().withNode(TestNode.settings().node().withLookAhead(Duration.ZERO));
        assertThat(mostRowsRunning(settings, this.gauge.body())).isEqualTo(2);
    }

    @Test
    void decision5_shortTasksAreClaimedAheadAndStillRunTwoAtATime() {
        this.gauge.open();
        assertThat(mostRowsRunning(TestNode.settings(), this.gauge.body())).isGreaterThan(2);
        assertThat(this.gauge.most()).isLessThanOrEqualTo(2);
    }

    private long mostRowsRunning(WorkerSettings settings, TaskHandler body) {
        for (int i = 0; i < 100; i++) {
            this.store.enqueue("task", "default");
        }
        AtomicReference<Long> most = new AtomicReference<>(0L);
        this.store.aftermath = (method, arguments) -> {
            if (method.equals("exchange")) {
                most.accumulateAndGet(running("default"), Math::max);
            }
        };
        try (TestNode node = node(settings, 2)) {
            node.handle("task", body).start();
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 100);
        }
        return most.get();
    }

    private static void takeTime(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    @Test
    void c17_x6_aQueueInASharedContainerHasItsOwnCapOnlyWhereItSetsOne() {
        this.store.real().declare(QueueSpec.named("capped").concurrency(2));
        queues("free");
        for (int i = 0; i < 10; i++) {
            this.store.enqueue("capped", "capped");
            this.store.enqueue("free", "free");
        }
        Gauge free = new Gauge();
        WorkerSettings settings = TestNode.settings()
                .withContainers(TestNode.container("shared", 6, QueueOrder.STRICT, "capped", "free"));
        try (TestNode node = node(settings, 1)) {
            node.handle("capped", this.gauge.body()).handle("free", free.body()).start();
            await().until(() -> this.gauge.running() == 2 && free.running() == 4);
            this.gauge.open();
            free.open();
            await().until(() -> this.store.count("capped", TaskState.SUCCEEDED) == 10);
        }
        assertThat(this.gauge.most()).isEqualTo(2);
    }

    @Test
    void c17_twoWorkersWithConcurrencyTwoRunFour() {
        for (int i = 0; i < 10; i++) {
            this.store.enqueue("task", "default");
        }
        try (TestNode one = node(TestNode.settings(), 2);
                TestNode two = node(TestNode.settings(), 2)) {
            one.handle("task", this.gauge.body()).start();
            two.handle("task", this.gauge.body()).start();
            await().until(() -> this.gauge.running() == 4);
            this.gauge.open();
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 10);
        }
        assertThat(this.gauge.most()).isEqualTo(4);
    }

    @Test
    void p2_theNextTaskToStartIsTheMostUrgentOne() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        this.store.enqueue("first", "default", 0, "first");
        try (TestNode node = node(TestNode.settings(), 1)) {
            node.handle("first", call -> {
                        first.await();
                        return null;
                    })
                    .handle("task", call -> null)
                    .start();
            await().until(() -> node.started.contains("first"));
            for (int i = 0; i < 20; i++) {
                this.store.enqueue("task", "default", -5, "low" + i, node.registry);
            }
            this.store.enqueue("task", "default", 9, "high", node.registry);
            first.countDown();
            await().until(() -> node.started.size() == 22);
            assertThat(node.started.get(1)).isEqualTo("high");
        }
    }

    @Test
    void p11_x5_strictOrderTakesTheListedQueuesInTurn() {
        queues("high", "medium", "low");
        for (String queue : List.of("low", "medium", "high")) {
            for (int i = 0; i < 5; i++) {
                this.store.enqueue("task", queue, 0, queue + i);
            }
        }
        WorkerSettings settings = TestNode.settings()
                .withContainers(TestNode.container("all", 1, QueueOrder.STRICT, "high", "medium", "low"));
        try (TestNode node = node(settings, 1)) {
            node.handle("task", call -> {
                        if ("medium2".equals(call.arguments()[0])) {
                            this.store.enqueue("task", "high", 0, "urgent");
                        }
                        return null;
                    })
                    .start();
            await().until(() -> node.started.size() == 16);
            assertThat(node.started)
                    .containsExactly(
                            "high0", "high1", "high2", "high3", "high4", "medium0", "medium1", "medium2", "urgent",
                            "medium3", "medium4", "low0", "low1", "low2", "low3", "low4");
        }
    }

    @Test
    void x5_roundRobinTakesTheQueuesInTurns() {
        queues("a", "b");
        for (int i = 0; i < 3; i++) {
            this.store.enqueue("task", "a", 0, "a" + i);
        }
        for (int i = 0; i < 3; i++) {
            this.store.enqueue("task", "b", 0, "b" + i);
        }
        WorkerSettings settings =
                TestNode.settings().withContainers(TestNode.container("all", 1, QueueOrder.ROUND_ROBIN, "a", "b"));
        try (TestNode node = node(settings, 1)) {
            node.handle("task", call -> null).start();
            await().until(() -> node.started.size() == 6);
            assertThat(node.started).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
        }
    }

    @Test
    void p11_x5_weightedOrderGivesEachQueueItsShareWhileBothHaveTasks() {
        queues("high", "low");
        for (int i = 0; i < 60; i++) {
            this.store.enqueue("task", "low", 9, "low");
            this.store.enqueue("task", "high", 0, "high");
        }
        WorkerSettings settings = TestNode.settings()
                .withContainers(new WorkerContainerSettings(
                        "all",
                        List.of("high", "low"),
                        Set.of(),
                        QueueOrder.WEIGHTED,
                        Map.of("high", 5, "low", 1),
                        ConcurrencyRange.of(1),
                        WorkerThreads.PLATFORM));
        try (TestNode node = node(settings, 1)) {
            node.handle("task", call -> null).start();
            await().until(() -> node.started.size() == 120);
            for (int share = 0; share < 48; share += 12) {
                assertThat(node.started.subList(share, share + 12))
                        .as(() -> node.started.toString())
                        .filteredOn("low"::equals)
                        .hasSizeBetween(1, 3);
            }
            assertThat(node.started.subList(0, 60)).filteredOn("low"::equals).hasSizeBetween(9, 11);
            assertThat(node.started.subList(80, 120))
                    .as("no slot waits for a queue that has nothing")
                    .containsOnly("low");
        }
    }

    @Test
    void aPausedQueueIsConsumedAgainOnceItIsResumed() {
        this.store.real().pause("default", null);
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = node(TestNode.settings(), 1)) {
            node.handle("task", call -> null).start();
            await().until(() -> this.store.calls("probe") > 0);
            assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
            this.store.real().resume("default");
            awaitState(task, TaskState.SUCCEEDED);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void c19_n19_oneQueueRunsAThousandTasksOnVirtualThreadsAtOnceAnotherOnPlatformThreads() {
        queues("virtual");
        for (int i = 0; i < 1_000; i++) {
            this.store.enqueue("virtual", "virtual");
        }
        TaskId platform = this.store.enqueue("platform", "default");
        Map<String, Set<Thread>> threads = new ConcurrentHashMap<>();
        TaskHandler waiting = this.gauge.body();
        WorkerSettings settings = TestNode.settings()
                .withContainers(new WorkerContainerSettings(
                        "many",
                        List.of("virtual"),
                        Set.of(),
                        QueueOrder.STRICT,
                        ConcurrencyRange.of(1_000),
                        WorkerThreads.VIRTUAL));
        try (TestNode node = node(settings, 1_000)) {
            node.handle("virtual", call -> {
                        note(threads, "virtual");
                        return waiting.handle(call);
                    })
                    .handle("platform", call -> {
                        note(threads, "platform");
                        return null;
                    })
                    .start();
            await().until(() -> this.gauge.running() == 1_000);
            awaitState(platform, TaskState.SUCCEEDED);
            this.gauge.open();
            await().until(() -> this.store.count("virtual", TaskState.SUCCEEDED) == 1_000);
        }
        assertThat(threads.get("virtual")).hasSize(1_000).allMatch(WorkerContainerTests::isVirtual);
        assertThat(threads.get("platform")).hasSize(1).noneMatch(WorkerContainerTests::isVirtual);
    }

    private static void note(Map<String, Set<Thread>> threads, String task) {
        threads.computeIfAbsent(task, key -> ConcurrentHashMap.newKeySet()).add(Thread.currentThread());
    }

    // Thread.isVirtual() is not there in Java 17, for which the tests are compiled.
    private static boolean isVirtual(Thread thread) {
        return (boolean) ReflectionUtils.invokeMethod(ReflectionUtils.findMethod(Thread.class, "isVirtual"), thread);
    }

    private List<String> runAll(int concurrency, int count) {
        try (TestNode node = node(TestNode.settings(), concurrency)) {
            node.handle("task", call -> null).start();
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == count);
            return List.copyOf(node.started);
        }
    }

    private TestNode node(WorkerSettings settings, int concurrency) {
        return new TestNode(this.store, settings, concurrency);
    }

    private void queues(String... names) {
        for (String name : names) {
            this.store.queue(name);
        }
    }

    private long running(String queue) {
        return this.store.count(queue, TaskState.RUNNING);
    }

    private void awaitState(TaskId task, TaskState state) {
        await().until(() -> this.store.state(task) == state);
    }
}
