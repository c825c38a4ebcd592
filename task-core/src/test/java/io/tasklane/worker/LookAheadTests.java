package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.ConcurrencyRange;
import io.tasklane.TaskContext;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.WorkerDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks claimed ahead of free slots, and the suspects that they become when their worker dies. */
@Timeout(60)
class LookAheadTests {

    private final TestStore store = new TestStore();

    @Test
    void decision5_aTaskClaimedAheadThatDoesNotStartInTimeGoesBackToItsPlace() {
        List<TaskId> short_ = enqueue(200, "short");
        CountDownLatch gate = new CountDownLatch(1);
        TaskId blocking = this.store.enqueue("blocking", "default");
        List<TaskId> behind = enqueue(50, "short");
        try (TestNode node = new TestNode(this.store, TestNode.settings(), 1)) {
            node.handle("short", call -> null)
                    .handle("blocking", call -> {
                        gate.await();
                        return null;
                    })
                    .start();
            await().until(() -> this.store.state(blocking) == TaskState.RUNNING && node.started.contains("blocking"));
            await().until(() -> this.store.count("default", TaskState.RUNNING) == 1);
            assertThat(behind).allSatisfy(id -> {
                assertThat(this.store.state(id)).isEqualTo(TaskState.QUEUED);
                assertThat(this.store.real().attempts(id)).isEmpty();
            });
            gate.countDown();
            await().until(() -> this.store.count("default", TaskState.SUCCEEDED) == 251);
        }
        assertThat(short_)
                .allSatisfy(id -> assertThat(this.store.find(id).recoveries()).isZero());
    }

    @ParameterizedTest
    @EnumSource(QueueOrder.class)
    void x5_whatIsClaimedAheadOfAQueueKeepsNoOtherFromItsTurn(QueueOrder order) {
        this.store.queue("other");
        enqueue(10_000, "short");
        WorkerSettings settings = TestNode.settings()
                .withContainers(new WorkerContainerSettings(
                        "shared",
                        List.of("other", "default"),
                        Set.of(),
                        order,
                        order == QueueOrder.WEIGHTED ? Map.of("other", 1) : Map.of(),
                        ConcurrencyRange.of(2),
                        WorkerThreads.PLATFORM));
        try (TestNode node = new TestNode(this.store, settings)) {
            AtomicInteger runs = new AtomicInteger();
            node.handle("short", call -> {
                        if (runs.incrementAndGet() == 1_000) {
                            this.store.enqueue("other", "other", node.registry);
                        }
                        return null;
                    })
                    .handle("other", call -> null)
                    .start();
            await().until(() -> node.started.size() == 10_001);
            // What is claimed already may come first, and what the claim brings that is under way.
            assertThat(node.started.indexOf("other")).isLessThan(1_000 + 3 * RunPace.MAX_AHEAD);
        }
    }

    @Test
    void decision8_whatWasClaimedAheadGoesBackAtOnceWhenTheNodeStops() throws Exception {
        enqueue(100, "short");
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        TaskId blocking = this.store.enqueue("blocking", "default");
        enqueue(50, "short");
        try (TestNode node = new TestNode(this.store, TestNode.settings(), 1)) {
            node.handle("short", call -> null)
                    .handle("blocking", call -> {
                        blocked.countDown();
                        gate.await();
                        return null;
                    })
                    .start();
            blocked.await();
            node.registry.stop(() -> {});
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> node.registry.containers().stream()
                            .allMatch(container -> container.state() == WorkerContainerInfo.State.DRAINING));
            // The slot that becomes free now would take what was claimed ahead.
            gate.countDown();
        }
        assertThat(this.store.state(blocking)).isEqualTo(TaskState.SUCCEEDED);
        assertThat(this.store.count("default", TaskState.SUCCEEDED)).isEqualTo(101);
        assertThat(this.store.count("default", TaskState.QUEUED)).isEqualTo(50);
    }

    @Test
    void decision3_suspectsRunOneAtATimeOnANode() {
        this.store.queue("second");
        List<TaskId> suspects = new ArrayList<>(enqueue(6, "task"));
        for (int i = 0; i < 6; i++) {
            suspects.add(this.store.enqueue("task", "second"));
        }
        long dead =
                this.store.real().join(new WorkerDescription("test", "host", 1, List.of("default", "second"), 10, 0));
        List<QueueClaim> ahead = List.of(new QueueClaim("default", 10, 0), new QueueClaim("second", 10, 0));
        assertThat(this.store
                        .real()
                        .exchange(dead, List.of(), new ClaimRequest(ahead, 20, 0, 1, Set.of(), true))
                        .claimed())
                .hasSize(12);
        this.store.real().leave(dead);
        this.store.real().recover(Duration.ofSeconds(10), 3);
        TaskId innocent = this.store.enqueue("innocent", "default", 0, "innocent");

        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        try (TestNode node = new TestNode(this.store, TestNode.settings(), 10)) {
            node.handle("task", call -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        gate.await();
                        running.decrementAndGet();
                        return TaskContext.current().recoveries();
                    })
                    .handle("innocent", call -> null)
                    .start();
            // A suspect that runs for long holds up other suspects, and nobody else.
            await().until(() -> running.get() == 1);
            await().until(() -> this.store.state(innocent) == TaskState.SUCCEEDED);
            gate.countDown();
            await().until(() -> suspects.stream().allMatch(id -> this.store.state(id) == TaskState.SUCCEEDED));
        }
        assertThat(most).hasValue(1);
        assertThat(suspects)
                .allSatisfy(id -> assertThat(this.store.find(id).recoveries()).isZero());
    }

    private List<TaskId> enqueue(int count, String task) {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(this.store.enqueue(task, "default"));
        }
        return ids;
    }
}
