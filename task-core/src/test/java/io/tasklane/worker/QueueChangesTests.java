package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSpec;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskId;
import io.tasklane.TaskQueues;
import io.tasklane.TaskState;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.queue.TestQueues;
import io.tasklane.retry.RetryBackoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that run while their queues change. */
@Timeout(60)
class QueueChangesTests {

    private static final Duration SELDOM = Duration.ofHours(1);

    private final TestStore store = new TestStore();

    private final Semaphore gate = new Semaphore(0);

    private TestNode node;

    @BeforeEach
    void declare() {
        this.store.real().declare(QueueSpec.named("email").concurrency(1));
    }

    @AfterEach
    void stop() {
        this.gate.release(1_000);
        this.node.close();
    }

    @Test
    void c4_moreSlotsAreFilledAtOnceAndFewerLetRunningTasksEnd() {
        start(SELDOM, SELDOM);
        for (int i = 0; i < 10; i++) {
            enqueue();
        }
        awaitStarted(1);
        here().patch("email", settings -> settings.with(QueueSetting.CONCURRENCY, 4));
        awaitStarted(4);
        assertThat(this.store.count("email", TaskState.RUNNING)).isEqualTo(4);

        here().patch("email", settings -> settings.with(QueueSetting.CONCURRENCY, 2));
        this.gate.release(2);
        await().until(() -> this.store.count("email", TaskState.SUCCEEDED) == 2);
        assertThat(this.store.count("email", TaskState.RUNNING)).isEqualTo(2);
        assertThat(this.node.started).hasSize(4);
        this.gate.release(1);
        awaitStarted(5);
    }

    @Test
    void rank42_aRangeIsSetWhileTheNodeRunsGrowsWithTheBacklogAndIsEndedByANumber() {
        start(SELDOM, SELDOM);
        for (int i = 0; i < 10; i++) {
            enqueue();
        }
        awaitStarted(1);
        here().patch("email", settings -> settings.withConcurrency(new ConcurrencyRange(1, 4)));
        await().until(() -> this.node.started.size() == 4);
        assertThat(emailSlots()).isEqualTo(4);
        here().patch("email", settings -> settings.withConcurrency(ConcurrencyRange.of(2)));
        await().until(() -> emailSlots() == 2);
        this.gate.release(2);
        await().until(() -> this.store.count("email", TaskState.SUCCEEDED) == 2);
        assertThat(this.node.started).hasSize(4);
    }

    private int emailSlots() {
        return this.node.registry.containers().stream()
                .filter(container -> container.name().equals("email"))
                .findFirst()
                .orElseThrow()
                .slots();
    }

    @Test
    void c4_aChangeOnAnotherNodeHoldsAfterTheRefreshIntervalWhateverThePollInterval() {
        start(Duration.ofMillis(50), SELDOM);
        for (int i = 0; i < 10; i++) {
            enqueue();
        }
        awaitStarted(1);
        elsewhere().patch("email", settings -> settings.with(QueueSetting.CONCURRENCY, 3));
        awaitStarted(3);
        elsewhere().patch("email", settings -> settings.with(QueueSetting.CONCURRENCY, null));
        awaitStarted(10);
    }

    @Test
    void c4_aResumeOnAnotherNodeIsSeenByTheRefreshAndOneHereAtOnce() {
        this.store.real().pause("email", null);
        start(Duration.ofMillis(50), SELDOM);
        TaskId first = enqueue();
        await().until(() -> this.store.calls("exchange") > 0);
        this.gate.release(2);
        elsewhere().resume("email");
        awaitState(first, TaskState.SUCCEEDED);

        this.node.close();
        start(SELDOM, SELDOM);
        here().pause("email");
        TaskId second = enqueue();
        here().resume("email");
        awaitState(second, TaskState.SUCCEEDED);
    }

    @Test
    void x9_aPauseEndsByItselfAndIsSeenAtThePoll() {
        this.gate.release(1);
        start(SELDOM, Duration.ofSeconds(1));
        Instant end = here().pause("email", Duration.ofMillis(700)).pausedUntil();
        TaskId task = enqueue();
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.store.find(task).startedAt()).isAfterOrEqualTo(end);
    }

    @Test
    void c3_aQueueThatIsDeclaredIsConsumedAndOneThatIsDeletedNoLonger() {
        start(Duration.ofMillis(50), SELDOM);
        here().declare(QueueSpec.named("here"));
        elsewhere().declare(QueueSpec.named("elsewhere"));
        this.gate.release(2);
        awaitState(this.store.enqueue("task", "here", this.node.registry), TaskState.SUCCEEDED);
        awaitState(this.store.enqueue("task", "elsewhere", this.node.registry), TaskState.SUCCEEDED);
        awaitConsumed("default", "elsewhere", "email", "here");
        here().delete("here");
        elsewhere().delete("elsewhere");
        awaitConsumed("default", "email");
        await().until(() -> this.node.registry.containers().size() == 2);
    }

    @Test
    void c20_aRunningTaskOfADeletedQueueEndsAndItsContainerToo() {
        start(Duration.ofMillis(50), SELDOM);
        TaskId running = enqueue();
        awaitStarted(1);
        TaskId waiting = enqueue();
        here().delete("email", RemainingTasks.KEEP);
        assertThat(this.node.registry.containers())
                .filteredOn(info -> info.name().equals("email"))
                .extracting(WorkerContainerInfo::state)
                .containsExactly(WorkerContainerInfo.State.DRAINING);
        this.gate.release(2);
        awaitState(running, TaskState.SUCCEEDED);
        await().until(() -> this.node.registry.containers().size() == 1);
        assertThat(this.store.state(waiting)).isEqualTo(TaskState.QUEUED);
        here().declare(QueueSpec.named("email"));
        awaitState(waiting, TaskState.SUCCEEDED);
        assertThat(this.node.lost).hasValue(0);
    }

    @Test
    void d20_aQueueThatIsDeclaredAgainSharesItsSlotsWithTasksThatRunOfItsFormerSelf() {
        start(Duration.ofMillis(50), SELDOM);
        enqueue();
        awaitStarted(1);
        here().delete("email", RemainingTasks.KEEP);
        here().declare(QueueSpec.named("email").concurrency(2));
        for (int i = 0; i < 3; i++) {
            enqueue();
        }
        awaitStarted(2);
        assertThat(this.store.count("email", TaskState.RUNNING)).isEqualTo(2);
        assertThat(this.node.registry.containers())
                .filteredOn(info -> info.name().equals("email"))
                .extracting(WorkerContainerInfo::state)
                .containsExactly(WorkerContainerInfo.State.RUNNING);
        this.gate.release(4);
        await().until(() -> this.store.count("email", TaskState.SUCCEEDED) == 4);
    }

    @Test
    void c20_aNodeThatStopsWaitsForTheTasksOfADeletedQueue() {
        start(SELDOM, SELDOM);
        TaskId running = enqueue();
        awaitStarted(1);
        here().delete("email", RemainingTasks.KEEP);
        Thread stop = new Thread(this.node::close);
        stop.start();
        await().until(() -> this.node.registry.containers().stream()
                .allMatch(info -> info.state() == WorkerContainerInfo.State.DRAINING));
        this.gate.release(1);
        awaitState(running, TaskState.SUCCEEDED);
        await().until(() -> !stop.isAlive());
    }

    @Test
    void c4_anApplicationThatOnlyProducesReadsTheQueuesAnewToo() {
        start(SELDOM, SELDOM);
        QueueRegistry producer = registry();
        producer.refresh();
        QueueWatch watch = new QueueWatch(producer, Duration.ofMillis(20));
        watch.start();
        try {
            elsewhere().patch("email", settings -> settings.with(QueueSetting.RETRIES, 9));
            await().until(() -> producer.retries(null, "email") == 9);
            elsewhere().delete("email");
            await().until(() -> producer.find("email").isEmpty());
        } finally {
            watch.stop();
        }
        assertThat(watch.isRunning()).isFalse();
    }

    private void start(Duration refresh, Duration poll) {
        WorkerSettings settings = TestNode.settings().withPollInterval(poll);
        this.node = new TestNode(this.store, settings.withNode(settings.node().withQueueRefresh(refresh)));
        this.node
                .handle("task", call -> {
                    this.gate.acquire();
                    return null;
                })
                .start();
        awaitConsumed("default", "email");
    }

    private TaskId enqueue() {
        return this.store.enqueue("task", "email", this.node.registry);
    }

    private TaskQueues here() {
        return TestQueues.of(this.store.real(), this.node.queues, this.node.registry);
    }

    private TaskQueues elsewhere() {
        return TestQueues.of(this.store.real(), registry());
    }

    private QueueRegistry registry() {
        return new QueueRegistry(
                this.store::real, new TaskDefaults(3, 0, RetryBackoff.DEFAULT, ConcurrencyRange.of(10)));
    }

    private void awaitStarted(int count) {
        await().until(() -> this.node.started.size() >= count);
        assertThat(this.node.started).hasSize(count);
    }

    private void awaitState(TaskId task, TaskState state) {
        await().until(() -> this.store.state(task) == state);
    }

    private void awaitConsumed(String... queues) {
        await().until(() -> this.store.real().workers().stream()
                .anyMatch(worker ->
                        worker.alive() && worker.description().queues().equals(List.of(queues))));
    }
}
