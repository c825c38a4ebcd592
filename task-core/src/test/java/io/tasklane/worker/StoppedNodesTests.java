package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.tasklane.QueueSpec;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.queue.WorkerStops;
import io.tasklane.store.StoppedWork;
import io.tasklane.store.StoredWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers and queues of running nodes are stopped and started. */
@Timeout(60)
class StoppedNodesTests {

    private final TestStore store = new TestStore();

    private final Semaphore gate = new Semaphore(0);

    private final List<TestNode> nodes = new ArrayList<>();

    private final WorkerStops stops = new WorkerStops(this.store.real(), this.store.real(), List::of);

    @BeforeEach
    void declare() {
        this.store.real().declare(QueueSpec.named("low").concurrency(1));
        this.store.queue("high");
    }

    @AfterEach
    void stop() {
        this.gate.release(1_000);
        this.nodes.forEach(TestNode::close);
    }

    @Test
    void p14_rank35_aQueueIsStoppedOnThisNodeWhileWhatRunsEndsAndTheOthersGoOn() {
        TestNode node = start(Duration.ofHours(1));
        TaskId running = this.store.enqueue("gated", "low", node.registry);
        await().until(() -> node.started.size() == 1);
        TaskId waiting = this.store.enqueue("gated", "low", node.registry);

        node.registry.stopConsuming("low");
        this.gate.release(1);
        awaitState(running, TaskState.SUCCEEDED);
        TaskId other = this.store.enqueue("quick", "high", node.registry);
        awaitState(other, TaskState.SUCCEEDED);
        awaitConsumed(node, "default", "high");
        assertThat(this.store.state(waiting)).isEqualTo(TaskState.QUEUED);
        assertThat(worker(node).stopped()).isEqualTo(StoppedWork.of(Set.of("low"), Set.of()));
        assertThat(node.lost).hasValue(0);

        this.gate.release(1);
        node.registry.startConsuming("low");
        awaitState(waiting, TaskState.SUCCEEDED);
        assertThat(worker(node).stopped()).isEqualTo(StoppedWork.NONE);
    }

    @Test
    void a22_oneContainerIsStoppedAndStartedAndTheOthersGoOn() {
        TestNode node = start(Duration.ofHours(1), TestNode.container("shared", 2, QueueOrder.STRICT, "high", "low"));
        node.registry.stop("shared");
        TaskId high = this.store.enqueue("quick", "high", node.registry);
        TaskId low = this.store.enqueue("quick", "low", node.registry);
        TaskId other = this.store.enqueue("quick", "default", node.registry);
        awaitState(other, TaskState.SUCCEEDED);
        awaitConsumed(node, "default");
        assertThat(node.registry.containers())
                .filteredOn(container -> container.name().equals("shared"))
                .extracting(WorkerContainerInfo::state)
                .containsOnly(WorkerContainerInfo.State.DRAINING);
        assertThat(this.store.state(high)).isEqualTo(TaskState.QUEUED);
        assertThat(this.store.state(low)).isEqualTo(TaskState.QUEUED);
        assertThat(worker(node).description().containers()).containsExactly("default", "shared");

        node.registry.start("shared");
        awaitState(high, TaskState.SUCCEEDED);
        awaitState(low, TaskState.SUCCEEDED);
        awaitConsumed(node, "default", "high", "low");
    }

    @Test
    void a22_stoppingOneQueueOfASharedContainerLeavesItsOthersRunning() {
        TestNode node = start(Duration.ofHours(1), TestNode.container("shared", 2, QueueOrder.STRICT, "high", "low"));
        node.registry.stopConsuming("high");
        TaskId high = this.store.enqueue("quick", "high", node.registry);
        awaitState(this.store.enqueue("quick", "low", node.registry), TaskState.SUCCEEDED);
        awaitConsumed(node, "default", "low");
        assertThat(this.store.state(high)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void p14_anotherNodeAndAllNodesAreToldThroughTheirRows() {
        TestNode one = start(Duration.ofMillis(50));
        TestNode other = start(Duration.ofMillis(50));
        this.stops.queue(List.of(worker(one)), "low", true);
        awaitConsumed(one, "default", "high");
        awaitConsumed(other, "default", "high", "low");
        this.gate.release(1);
        TaskId task = this.store.enqueue("gated", "low");
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(other.started).hasSize(1);

        this.stops.queue(this.store.real().workers(), "high", true);
        awaitConsumed(one, "default");
        awaitConsumed(other, "default", "low");
        this.stops.queue(this.store.real().workers(), "high", false);
        this.stops.queue(this.store.real().workers(), "low", false);
        awaitConsumed(one, "default", "high", "low");
        awaitConsumed(other, "default", "high", "low");
        this.stops.container(this.store.real().workers(), "low", true);
        awaitConsumed(one, "default", "high");
    }

    @Test
    void p14_whatIsStoppedStaysSoWhenTheNodeWasDeclaredDeadAndJoinsAnew() {
        TestNode node = start(Duration.ofMillis(50));
        node.registry.stopConsuming("low");
        awaitConsumed(node, "default", "high");
        long before = node.registry.workerId().orElseThrow();
        this.store.real().leave(before);
        await().until(() ->
                node.registry.workerId().isPresent() && node.registry.workerId().getAsLong() != before);
        assertThat(worker(node).stopped()).isEqualTo(StoppedWork.of(Set.of("low"), Set.of()));
        TaskId low = this.store.enqueue("gated", "low", node.registry);
        awaitState(this.store.enqueue("quick", "high", node.registry), TaskState.SUCCEEDED);
        assertThat(this.store.state(low)).isEqualTo(TaskState.QUEUED);
        assertThat(node.started).doesNotContain("gated");
    }

    @Test
    void p14_unknownNamesAreRefusedWithThoseThatThereAre() {
        TestNode node = start(Duration.ofHours(1), TestNode.container("shared", 2, QueueOrder.STRICT, "high"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node.registry.stopConsuming("lwo"))
                .withMessage("There is no queue 'lwo' on this node; there are: default, high, low");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node.registry.start("high"))
                .withMessage("There is no container 'high' on this node; there are: default, low, shared");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.stops.queue(List.of(worker(node)), "lwo", true))
                .withMessage("There is no queue 'lwo'; there are: default, high, low");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.stops.container(List.of(worker(node)), "high", true))
                .withMessage("There is no container 'high'; there are: default, low, shared");
        node.close();
        assertThatIllegalStateException().isThrownBy(() -> node.registry.stop("low"));
    }

    private TestNode start(Duration refresh, WorkerContainerSettings... containers) {
        WorkerSettings settings = TestNode.settings().withContainers(containers);
        TestNode node =
                new TestNode(this.store, settings.withNode(settings.node().withQueueRefresh(refresh)));
        node.handle("quick", call -> null)
                .handle("gated", call -> {
                    this.gate.acquire();
                    return null;
                })
                .start();
        this.nodes.add(node);
        awaitConsumed(node, "default", "high", "low");
        return node;
    }

    private void awaitState(TaskId task, TaskState state) {
        await().until(() -> this.store.state(task) == state);
    }

    private void awaitConsumed(TestNode node, String... queues) {
        await().until(() -> node.registry.workerId().isPresent());
        await().untilAsserted(
                        () -> assertThat(worker(node).description().queues()).containsExactly(queues));
    }

    private StoredWorker worker(TestNode node) {
        long id = node.registry.workerId().orElseThrow();
        return this.store.real().workers().stream()
                .filter(worker -> worker.id() == id)
                .findFirst()
                .orElseThrow();
    }
}
