package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.QueueClaim;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.TransientDataAccessResourceException;

/** What a worker holds, compared with what the store says it holds. */
@Timeout(60)
class LeaseAuditTests {

    private final TestStore store = new TestStore();

    private final TestNode node = new TestNode(this.store, TestNode.settings(), 2);

    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        this.end.countDown();
        this.node.close();
    }

    @Test
    void guarantee2_aTaskThatTheWorkerDoesNotKnowOfIsPutBack() {
        this.store.queue("other");
        TaskId held = this.store.enqueue("endless", "default");
        TaskId stray = this.store.enqueue("task", "other");
        this.node.handle("endless", call -> this.end.await(1, TimeUnit.MINUTES)).start();
        await().until(() -> this.node.started.size() == 1);
        long worker = this.node.registry.workerId().orElseThrow();
        this.store
                .real()
                .exchange(
                        worker,
                        List.of(),
                        new ClaimRequest(List.of(new QueueClaim("other", 1)), 1, Long.MAX_VALUE, Set.of()));
        assertThat(this.store.state(stray)).isEqualTo(TaskState.RUNNING);
        await().until(() -> this.store.state(stray) == TaskState.QUEUED);
        assertThat(this.store.find(stray).retriesUsed()).isZero();
        assertThat(this.store.find(stray).recoveries()).isZero();
        assertThat(this.store.state(held)).isEqualTo(TaskState.RUNNING);
        assertThat(this.node.lost).hasValue(0);
    }

    @Test
    void guarantee4_aTaskWhoseClaimIsNotAnsweredYetIsLeftAlone() {
        this.store.enqueue("endless", "default");
        this.node
                .handle("endless", call -> this.end.await(1, TimeUnit.MINUTES))
                .handle("task", call -> null)
                .start();
        await().until(() -> this.node.started.size() == 1);
        AtomicInteger awaited = new AtomicInteger();
        this.store.aftermath = (method, arguments) -> {
            if (method.equals("exchange") && this.store.count("default", TaskState.RUNNING) == 2) {
                awaitLooks();
                awaited.incrementAndGet();
            }
        };
        TaskId task = this.store.enqueue("task", "default", this.node.registry);
        awaitSuccess(task, 2);
        assertThat(awaited.get()).isPositive();
    }

    @Test
    void guarantee4_aTaskThatIsStillToBeWrittenIsLeftAlone() {
        TaskId task = this.store.enqueue("task", "default");
        AtomicInteger failures = new AtomicInteger();
        this.store.interference = (method, arguments) -> {
            if (method.equals("exchange") && !((List<?>) arguments[1]).isEmpty() && failures.getAndIncrement() < 3) {
                awaitLooks();
                throw new TransientDataAccessResourceException("slow, and then broken");
            }
        };
        this.node.handle("task", call -> null).start();
        awaitSuccess(task, 1);
        assertThat(failures.get()).isGreaterThan(3);
    }

    private void awaitLooks() {
        int before = this.store.calls("leases");
        await().until(() -> this.store.calls("leases") >= before + 3);
    }

    private void awaitSuccess(TaskId task, int started) {
        await().until(() -> this.store.state(task) == TaskState.SUCCEEDED);
        assertThat(this.node.started).hasSize(started);
        assertThat(this.node.lost).hasValue(0);
    }
}
