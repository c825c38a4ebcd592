package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.NewTask;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import io.tasklane.store.WorkerDescription;
import io.tasklane.store.memory.InMemoryTaskStore;
import io.tasklane.test.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;

/** Nodes among themselves and with a store that fails. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class WorkerNodeTests {

    private TestStore store = new TestStore();

    @Test
    void c2_r28_twoNodesRunEachOfAThousandTasksOnce() {
        Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        CountDownLatch nodes = new CountDownLatch(2);
        for (int i = 0; i < 1_000; i++) {
            this.store.enqueue("task", "default", 0, "t" + i);
        }
        try (TestNode one = counting(runs, nodes);
                TestNode two = counting(runs, nodes)) {
            one.start();
            two.start();
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 1_000);
            assertThat(one.started).isNotEmpty();
            assertThat(two.started).isNotEmpty();
        }
        assertThat(runs)
                .hasSize(1_000)
                .allSatisfy((text, count) -> assertThat(count).hasValue(1));
    }

    @Test
    void c18_r4_aTaskCommittedInThisJvmStartsWithoutWaitingForThePoll() {
        try (TestNode node = node(TestNode.settings().withPollInterval(Duration.ofSeconds(60)))) {
            node.handle("task", call -> null).start();
            await().until(() -> this.store.calls("probe") == 1 && this.store.calls("exchange") >= 1);
            TaskId task = this.store.enqueue("task", "default", node.registry);
            await().atMost(Duration.ofSeconds(2)).until(() -> this.store.state(task) == TaskState.SUCCEEDED);
            assertThat(this.store.calls("probe")).isEqualTo(1);
        }
    }

    @Test
    void c18_aTaskCommittedElsewhereRunsByTheNextPoll() {
        try (TestNode node = node(TestNode.settings())) {
            node.handle("task", call -> null).start();
            await().until(() -> this.store.calls("exchange") >= 1);
            awaitState(this.store.enqueue("task", "default"), TaskState.SUCCEEDED);
        }
    }

    @Test
    void rank44_aTaskFollowsTheOneBeforeItWithoutWaitingForThePoll() {
        List<TaskId> tasks = IntStream.range(0, 20)
                .mapToObj(number -> this.store.enqueue("task", "default"))
                .toList();
        try (TestNode node =
                new TestNode(this.store, TestNode.settings().withPollInterval(Duration.ofSeconds(60)), 1)) {
            node.handle("task", call -> null).start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> this.store.count("default", TaskState.SUCCEEDED) == tasks.size());
        }
        List<Instant> starts =
                tasks.stream().map(task -> this.store.find(task).startedAt()).toList();
        List<Duration> gaps = IntStream.range(1, starts.size())
                .mapToObj(next -> Duration.between(starts.get(next - 1), starts.get(next)))
                .sorted()
                .toList();
        assertThat(gaps.get(gaps.size() / 2)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void c18_aDelayOfThisJvmIsKeptExactlyWhateverThePollInterval() {
        try (TestNode node = node(TestNode.settings().withPollInterval(Duration.ofSeconds(60)))) {
            node.handle("task", call -> null).start();
            await().until(() -> this.store.calls("exchange") >= 1);
            TaskId later = this.store.enqueue("task", "default", 0, "x", 3, Duration.ofMillis(300), node.registry);
            TaskId soon = this.store.enqueue("task", "default", 0, "x", 3, Duration.ofMillis(150), node.registry);
            awaitState(soon, TaskState.SUCCEEDED);
            awaitState(later, TaskState.SUCCEEDED);
            assertThat(this.store.find(later).startedAt())
                    .isAfterOrEqualTo(this.store.find(later).createdAt().plusMillis(300));
        }
    }

    @Test
    void c18_aTaskForAnInstantIsFoundByAProbeSoonAfterItsCommit() {
        try (TestNode node = node(TestNode.settings().withPollInterval(Duration.ofSeconds(60)))) {
            node.handle("task", call -> null).start();
            await().until(() -> this.store.calls("exchange") >= 1);
            TaskId task = this.store.real().newId();
            NewTask inserted = new NewTask(
                    task,
                    "task",
                    "default",
                    0,
                    0,
                    "x",
                    Map.of(),
                    null,
                    InstantSource.system().instant().plusMillis(100));
            this.store.real().insert(List.of(inserted), node.registry);
            await().atMost(Duration.ofSeconds(5)).until(() -> this.store.state(task) == TaskState.SUCCEEDED);
        }
    }

    @Test
    void r13_aScheduledTaskRunsOnceAfterItsWorkersWereAway() {
        TaskId task = this.store.enqueue("task", "default", 0, "x", 3, Duration.ofMillis(50));
        try (TestNode node = node(TestNode.settings())) {
            node.handle("task", call -> null).start();
            awaitState(task, TaskState.SUCCEEDED);
            assertThat(node.started).hasSize(1);
        }
    }

    @Test
    void r19_aRunningTaskShowsItsWorker() {
        Gauge gauge = new Gauge();
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = node(TestNode.settings())) {
            node.handle("task", gauge.body()).start();
            await().until(() -> gauge.running() == 1);
            assertThat(this.store.find(task).worker())
                    .isEqualTo(node.registry.workerId().orElseThrow());
            await().atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(this.store
                                    .real()
                                    .workers()
                                    .get(0)
                                    .description()
                                    .queues())
                            .containsExactly("default"));
            assertThat(this.store.real().workers()).singleElement().satisfies(worker -> {
                assertThat(worker.alive()).isTrue();
                assertThat(worker.description().pid())
                        .isEqualTo(ProcessHandle.current().pid());
            });
            gauge.open();
        }
    }

    @Test
    void r20_rank43_aWorkerThatLostItsClaimCannotOverwriteTheNewOwnersResult(CapturedOutput output) {
        MutableInstantSource clock = new MutableInstantSource();
        this.store = new TestStore(new InMemoryTaskStore(clock));
        CountDownLatch gate = new CountDownLatch(1);
        TaskId task = this.store.enqueue("task", "default");
        WorkerSettings slowHeartbeat = WorkerSettings.DEFAULT;
        try (TestNode node = node(slowHeartbeat)) {
            node.handle("task", call -> {
                        gate.await();
                        throw new IllegalStateException("late");
                    })
                    .start();
            await().until(() -> node.started.size() == 1);
            this.store.real().pause("default", null);
            takeOver(clock, task);
            gate.countDown();
            await().until(() -> node.lost.get() == 1);
            assertThat(this.store.state(task)).isEqualTo(TaskState.SUCCEEDED);
            assertThat(this.store.find(task).result()).isEqualTo("by the other");
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("is no longer owned by this worker")))
                .singleElement()
                .asString()
                .contains("WARN", "task 'task' " + task + " (queue 'default')");
    }

    private void takeOver(MutableInstantSource clock, TaskId task) {
        clock.advance(Duration.ofSeconds(11));
        long other = this.store.real().join(new WorkerDescription("other", "host", 1, List.of("default"), 1, 0));
        assertThat(this.store.real().recover(Duration.ofSeconds(10), 3).putBack())
                .isEqualTo(1);
        this.store.real().resume("default");
        LeasedTask leased = this.store
                .real()
                .exchange(other, List.of(), new ClaimRequest(List.of(new QueueClaim("default", 1)), 1, 1, Set.of()))
                .claimed()
                .get(0);
        assertThat(leased.lease().task()).isEqualTo(task);
        this.store
                .real()
                .exchange(
                        other,
                        List.of(new TaskCompletion(
                                leased.lease(),
                                clock.instant(),
                                clock.instant(),
                                new TaskOutcome.Succeeded("by the other"))),
                        null);
    }

    @Test
    void decision3_theTasksOfADeadWorkerRunAgainWithOneMoreRecovery() {
        TaskId task = this.store.enqueue("task", "default");
        long dead = this.store.real().join(new WorkerDescription("dead", "host", 1, List.of("default"), 1, 0));
        this.store
                .real()
                .exchange(dead, List.of(), new ClaimRequest(List.of(new QueueClaim("default", 1)), 1, 1, Set.of()));
        assertThat(this.store.state(task)).isEqualTo(TaskState.RUNNING);
        try (TestNode node = node(TestNode.settings(TestNode.FAST_RECOVERY))) {
            node.handle("task", call -> null).start();
            awaitState(task, TaskState.SUCCEEDED);
            assertThat(this.store.find(task).recoveries()).isEqualTo(1);
            assertThat(this.store.find(task).retriesUsed()).isZero();
        }
    }

    @Test
    void decision3_aWorkerDeclaredDeadStopsItsTasksAndJoinsAnew(CapturedOutput output) {
        CountDownLatch interrupted = new CountDownLatch(1);
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = node(TestNode.settings())) {
            node.handle("task", call -> {
                        if (TaskContext.current().recoveries() > 0) {
                            return null;
                        }
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException ex) {
                            assertThat(TaskContext.current().isLeaseLost()).isTrue();
                            interrupted.countDown();
                        }
                        return null;
                    })
                    .start();
            await().until(() -> node.started.size() == 1);
            long first = node.registry.workerId().orElseThrow();
            this.store.real().recover(Duration.ofNanos(1), 3);
            awaitState(task, TaskState.SUCCEEDED);
            // The second run may end before the thread of the first one has noticed.
            await().until(() -> interrupted.getCount() == 0);
            assertThat(node.registry.workerId().orElseThrow()).isGreaterThan(first);
            assertThat(node.lost).hasValue(1);
            assertThat(this.store.find(task).recoveries()).isEqualTo(1);
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("is no longer owned by this worker")))
                .singleElement()
                .asString()
                .contains("WARN", "task 'task' " + task + " (queue 'default')");
    }

    @Test
    void decision3_aWorkerWithoutHeartbeatsGivesUpItsTasksByItself() {
        CountDownLatch interrupted = new CountDownLatch(1);
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = node(TestNode.settings(TestNode.FAST_RECOVERY))) {
            node.handle("task", call -> {
                        if (node.started.size() > 1) {
                            return null;
                        }
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException ex) {
                            interrupted.countDown();
                        }
                        return "not counted";
                    })
                    .start();
            await().until(() -> node.started.size() == 1);
            this.store.interference = (method, arguments) -> {
                if (method.equals("heartbeat")) {
                    throw new TransientDataAccessResourceException("cut off");
                }
            };
            await().until(() -> interrupted.getCount() == 0);
            assertThat(node.registry.health().storeFailures()).containsKey("tasklane-heartbeat");
            assertThat(node.lost).hasValue(1);
            this.store.interference = (method, arguments) -> {};
            awaitState(task, TaskState.SUCCEEDED);
            assertThat(node.registry.health().storeFailures()).isEmpty();
            assertThat(this.store.find(task).recoveries()).isZero();
        }
    }

    @Test
    void guarantee7_completionsSurviveAnOutageInMemoryAndNothingRunsTwice() {
        Gauge gauge = new Gauge();
        for (int i = 0; i < 20; i++) {
            this.store.enqueue("task", "default", 0, "t" + i);
        }
        try (TestNode node = node(TestNode.settings())) {
            node.handle("task", gauge.body()).start();
            await().until(() -> gauge.running() == 10);
            AtomicInteger failures = new AtomicInteger();
            this.store.interference = (method, arguments) -> {
                if (!method.equals("heartbeat")) {
                    failures.incrementAndGet();
                    throw new TransientDataAccessResourceException("away");
                }
            };
            gauge.open();
            await().until(() -> failures.get() > 3);
            assertThat(this.store.count("default", TaskState.RUNNING)).isEqualTo(10);
            assertThat(node.registry.health().storeFailures()).isNotEmpty();
            assertThat(node.registry.health().isUp()).isTrue();
            this.store.interference = (method, arguments) -> {};
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 20);
            assertThat(node.started).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void guarantee4_anOutcomeThatWasNotWrittenBeforeOthersTookOverIsCountedAndToldOnce(CapturedOutput output) {
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = node(TestNode.settings())) {
            AtomicInteger failures = new AtomicInteger();
            this.store.interference = (method, arguments) -> {
                if (method.equals("exchange") && !((List<?>) arguments[1]).isEmpty()) {
                    failures.incrementAndGet();
                    throw new TransientDataAccessResourceException("away");
                }
            };
            node.handle("task", call -> null).start();
            await().until(() -> failures.get() > 1);
            convict(node);
            this.store.interference = (method, arguments) -> {};
            awaitState(task, TaskState.SUCCEEDED);
            await().until(() -> node.lost.get() > 0);
            assertThat(node.lost).hasValue(1);
            assertThat(node.started).hasSize(2);
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("is no longer owned by this worker")))
                .singleElement()
                .asString()
                .contains("WARN", "task 'task' " + task + " (queue 'default')");
    }

    @Test
    void guarantee4_anOutcomeThatWasWrittenWithoutAnAnswerIsNotLostThoughItsWorkerIsDeclaredDead() {
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = node(TestNode.settings())) {
            AtomicInteger failures = new AtomicInteger();
            this.store.aftermath = (method, arguments) -> {
                if (method.equals("exchange") && !((List<?>) arguments[1]).isEmpty()) {
                    failures.incrementAndGet();
                    throw new TransientDataAccessResourceException("the answer got lost");
                }
            };
            node.handle("task", call -> null).start();
            await().until(() -> failures.get() > 1);
            convict(node);
            this.store.aftermath = (method, arguments) -> {};
            awaitState(this.store.enqueue("task", "default", node.registry), TaskState.SUCCEEDED);
            assertThat(this.store.state(task)).isEqualTo(TaskState.SUCCEEDED);
            assertThat(node.started).hasSize(2);
            assertThat(node.lost).hasValue(0);
        }
    }

    /** Has a node declared dead, and waits until it has joined anew. */
    private void convict(TestNode node) {
        long before = node.registry.workerId().orElseThrow();
        this.store.real().recover(Duration.ofNanos(1), 3);
        await().until(() -> node.registry.workerId().orElse(before) != before);
    }

    @Test
    void aLostAnswerToAClaimLeavesNoTaskBehind() {
        AtomicInteger lost = new AtomicInteger();
        this.store.aftermath = (method, arguments) -> {
            if (method.equals("exchange") && arguments[2] != null && lost.getAndIncrement() == 0) {
                throw new TransientDataAccessResourceException("the answer got lost");
            }
        };
        TaskId task = this.store.enqueue("task", "default");
        // The audit looks with every heartbeat, and at least twice: too late for this.
        RecoverySettings seldom =
                new RecoverySettings(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(1), 3);
        try (TestNode node = node(TestNode.settings(seldom))) {
            node.handle("task", call -> null).start();
            awaitState(task, TaskState.SUCCEEDED);
            assertThat(node.started).hasSize(1);
            assertThat(this.store.find(task).recoveries()).isZero();
            assertThat(this.store.calls("leases")).isBetween(1, 2);
        }
    }

    @Test
    void aLostAnswerToAWrittenCompletionIsNotALostLease() {
        AtomicInteger lost = new AtomicInteger();
        this.store.aftermath = (method, arguments) -> {
            if (method.equals("exchange") && !((List<?>) arguments[1]).isEmpty() && lost.getAndIncrement() == 0) {
                throw new TransientDataAccessResourceException("the answer got lost");
            }
        };
        try (TestNode node = node(TestNode.settings())) {
            node.handle("task", call -> null).start();
            TaskId task = this.store.enqueue("task", "default", node.registry);
            await().until(() -> this.store.calls("exchange") >= 3);
            awaitState(task, TaskState.SUCCEEDED);
            awaitState(this.store.enqueue("task", "default", node.registry), TaskState.SUCCEEDED);
            assertThat(node.lost).hasValue(0);
            assertThat(node.started).hasSize(2);
        }
    }

    @Test
    void aCompletionWhoseDataIsRefusedEndsItsTaskAndHoldsUpNoOther() {
        this.store.interference = (method, arguments) -> {
            if (method.equals("exchange") && arguments[1].toString().contains("poison")) {
                throw new DataIntegrityViolationException("not in this column");
            }
        };
        try (TestNode node = node(TestNode.settings())) {
            node.handle(TestNode.definition("task", RetryableFailures.ALL, String.class), call -> call.arguments()[0])
                    .start();
            TaskId poison = this.store.enqueue("task", "default", 0, "poison", node.registry);
            TaskId other = this.store.enqueue("task", "default", 0, "good", node.registry);
            awaitState(other, TaskState.SUCCEEDED);
            awaitState(poison, TaskState.FAILED);
            assertThat(this.store.find(poison).error().message()).isEqualTo("not in this column");
        }
    }

    @Test
    void decision16_anErrorInTheEngineRestartsItsLoopAndShowsMeanwhile() {
        AtomicInteger failures = new AtomicInteger();
        this.store.interference = (method, arguments) -> {
            if (failures.get() < 4) {
                failures.incrementAndGet();
                throw new OutOfMemoryError("pretended");
            }
            if (failures.get() == 4 && method.equals("probe")) {
                failures.incrementAndGet();
            }
        };
        try (TestNode node = node(TestNode.settings())) {
            node.handle("task", call -> null).start();
            await().until(() -> !node.registry.health().isUp());
            awaitState(this.store.enqueue("task", "default"), TaskState.SUCCEEDED);
            await().until(() -> node.registry.health().isUp());
        }
    }

    @Test
    void aDatabaseThatIsDownAtTheStartHoldsUpNothing() {
        this.store.interference = (method, arguments) -> {
            throw new TransientDataAccessResourceException("down");
        };
        TaskId task = this.store.enqueue("task", "default");
        try (TestNode node = node(TestNode.settings())) {
            node.handle("task", call -> null).start();
            assertThat(node.registry.isRunning()).isTrue();
            await().until(() -> !node.registry.health().storeFailures().isEmpty());
            this.store.interference = (method, arguments) -> {};
            awaitState(task, TaskState.SUCCEEDED);
        }
    }

    @Test
    void decision9_r4_anIdleNodeSendsAtMostTwoStatementsASecond() {
        for (int i = 0; i < 50; i++) {
            this.store.queue("queue" + i);
        }
        try (TestNode node = node(WorkerSettings.DEFAULT)) {
            node.handle("task", call -> null).start();
            // A second probe: what a claim before the joining has missed is claimed by then.
            await().until(() -> this.store.calls("exchange") >= 51 && this.store.calls("probe") >= 2);
            int before = this.store.calls();
            int exchanges = this.store.calls("exchange");
            int probes = this.store.calls("probe");
            long start = System.nanoTime();
            await().atMost(Duration.ofSeconds(30)).until(() -> this.store.calls("probe") >= probes + 6);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat((this.store.calls() - before - 1) / seconds).isLessThanOrEqualTo(2);
            assertThat(this.store.calls("exchange")).isEqualTo(exchanges);
        }
    }

    private TestNode counting(Map<String, AtomicInteger> runs, CountDownLatch nodes) {
        AtomicBoolean first = new AtomicBoolean(true);
        return node(TestNode.settings()).handle("task", call -> {
            // Otherwise the first node may be through before the second has begun.
            if (first.getAndSet(false)) {
                nodes.countDown();
            }
            nodes.await();
            runs.computeIfAbsent(String.valueOf(call.arguments()[0]), text -> new AtomicInteger())
                    .incrementAndGet();
            return null;
        });
    }

    private TestNode node(WorkerSettings settings) {
        return new TestNode(this.store, settings);
    }

    private void awaitState(TaskId task, TaskState state) {
        await().until(() -> this.store.state(task) == state);
    }
}
