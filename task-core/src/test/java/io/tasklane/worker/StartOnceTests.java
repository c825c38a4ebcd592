package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.Completion;
import io.tasklane.RetryTaskException;
import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.handler.TaskHandler;
import io.tasklane.store.MayHaveRun;
import io.tasklane.store.TaskLease;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;

/** Tasks whose body starts at most once, whatever happens. */
@Timeout(60)
class StartOnceTests {

    private final TestStore store = new TestStore();

    private final TestNode node = new TestNode(this.store, settings(), 2);

    private static WorkerSettings settings() {
        return TestNode.settings().withNode(TestNode.settings().node().withDrainTimeout(Duration.ofMillis(50)));
    }

    @AfterEach
    void stop() {
        this.node.close();
    }

    @Test
    void x35_thatItStartsIsWrittenBeforeTheBody() {
        TaskId task = run(call -> {
            assertThat(this.store.calls("start")).isEqualTo(1);
            assertThat(this.store
                            .real()
                            .start(this.store.real().leases(1).get(0).lease()))
                    .isTrue();
            return null;
        });
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.node.started).hasSize(1);
        this.node.handle("other", call -> null);
        awaitState(this.store.enqueue("other", "default", this.node.registry), TaskState.SUCCEEDED);
        assertThat(this.store.calls("start")).as("others write nothing").isEqualTo(1);
    }

    @Test
    void decision15_aFailureIsTheEndWhateverRetriesTheRowHas() {
        TaskId task = run(call -> {
            throw new RetryTaskException(new IllegalStateException("no luck"), Duration.ZERO);
        });
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).retries())
                .as("enqueued by who did not know better")
                .isEqualTo(3);
        assertThat(this.store.find(task).error().message()).isEqualTo("no luck");
        assertThat(this.node.started).hasSize(1);
    }

    @Test
    void decision15_whileItIsNotKnownWhetherTheStartIsWrittenTheBodyWaits() {
        AtomicInteger failures = new AtomicInteger();
        this.store.interference = (method, arguments) -> {
            if (method.equals("start") && failures.get() < 2) {
                throw away(failures);
            }
        };
        this.store.aftermath = (method, arguments) -> {
            if (method.equals("start") && failures.get() < 4) {
                throw away(failures);
            }
        };
        TaskId task = run(call -> {
            assertThat(failures).hasValue(4);
            return null;
        });
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.node.started).hasSize(1);
        assertThat(this.store.calls("start")).isEqualTo(5);
    }

    @Test
    void decision15_aTaskWhoseStartIsSurelyNotWrittenGoesBackWhenTheNodeStops() {
        this.store.interference = (method, arguments) -> {
            if (method.equals("start")) {
                throw new DataAccessResourceFailureException("away");
            }
        };
        TaskId task = run(call -> null);
        await().until(() -> this.store.calls("start") >= 2);
        this.node.close();
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        assertThat(this.node.started).isEmpty();
    }

    @Test
    void decision15_aTaskWhoseStartMayBeWrittenFailsWhenTheNodeStops() {
        this.store.aftermath = (method, arguments) -> {
            if (method.equals("start")) {
                throw new DataAccessResourceFailureException("the answer got lost");
            }
        };
        TaskId task = run(call -> null);
        await().until(() -> this.store.calls("start") >= 2);
        this.node.close();
        assertThat(this.store.state(task)).isEqualTo(TaskState.FAILED);
        assertThat(this.store.find(task).error()).isEqualTo(MayHaveRun.GIVEN_BACK);
        assertThat(this.node.started).isEmpty();
    }

    @Test
    void decision15_aStartThatCannotBeWrittenForAnotherReasonFailsTheTaskWithoutRunningIt() {
        this.store.interference = (method, arguments) -> {
            if (method.equals("start")) {
                throw new InvalidDataAccessResourceUsageException("no such column");
            }
        };
        TaskId task = run(call -> null);
        awaitState(task, TaskState.FAILED);
        assertThat(this.store.find(task).error().message()).isEqualTo("no such column");
        assertThat(this.node.started).isEmpty();
    }

    @Test
    void decision15_aTaskWhoseLeaseIsLostDoesNotStart() {
        AtomicInteger runs = new AtomicInteger();
        this.store.interference = (method, arguments) -> {
            if (method.equals("start") && runs.getAndIncrement() == 0) {
                // Somebody else has put it back in the meantime.
                TaskLease lease = (TaskLease) arguments[0];
                this.store.real().leave(lease.worker());
                this.store.real().recover(Duration.ofHours(1), 3);
            }
        };
        TaskId task = run(call -> null);
        awaitState(task, TaskState.SUCCEEDED);
        assertThat(this.node.started).hasSize(1);
        assertThat(this.store.find(task).recoveries()).isEqualTo(1);
        assertThat(this.node.lost).hasValue(1);
    }

    @Test
    void decision15_aTaskPastTheDrainTimeoutFails() {
        CountDownLatch never = new CountDownLatch(1);
        TaskId task = run(call -> {
            never.await();
            return null;
        });
        await().until(() -> this.node.started.size() == 1);
        this.node.close();
        assertThat(this.store.state(task)).isEqualTo(TaskState.FAILED);
        assertThat(this.store.find(task).error()).isEqualTo(MayHaveRun.GIVEN_BACK);
    }

    @Test
    void decision15_aTaskOfAWorkerThatIsDeclaredDeadFails() {
        CountDownLatch never = new CountDownLatch(1);
        TaskId task = run(call -> {
            never.await();
            return null;
        });
        await().until(() -> this.node.started.size() == 1);
        await().until(() ->
                this.store.real().recover(Duration.ofNanos(1_000), 3).failed() == 1);
        assertThat(this.store.state(task)).isEqualTo(TaskState.FAILED);
        assertThat(this.store.find(task).error()).isEqualTo(MayHaveRun.WORKER_DIED);
        await().until(() -> this.node.lost.get() == 1);
        assertThat(this.node.started).hasSize(1);
    }

    private static DataAccessResourceFailureException away(AtomicInteger failures) {
        return new DataAccessResourceFailureException("away " + failures.incrementAndGet());
    }

    private TaskId run(TaskHandler body) {
        this.node
                .handle(TestNode.definition("task", Completion.BEFORE_RUN), body)
                .start();
        return this.store.enqueue("task", "default", this.node.registry);
    }

    private void awaitState(TaskId task, TaskState state) {
        await().until(() -> this.store.state(task) == state);
    }
}
