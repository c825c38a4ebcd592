package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.TaskState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes whose queues raise the priority of tasks that wait. */
@Timeout(60)
class TaskAgingTests {

    private final TestStore store = new TestStore();

    @Test
    void rank31_theNodeThatMaintainsRaisesWhatHasWaitedAndItOvertakesWhatIsFresh() {
        this.store
                .real()
                .declare(new QueueSpec(
                                "email",
                                QueueSettings.NONE
                                        .with(QueueSetting.AGING_AFTER, Duration.ofSeconds(1))
                                        .with(QueueSetting.AGING_STEP, 10)
                                        .with(QueueSetting.AGING_MAX, 50))
                        .paused());
        try (TestNode node = new TestNode(this.store, TestNode.settings(), 1)) {
            node.handle("task", call -> null).start();
            this.store.enqueue("task", "email", 0, "old");
            await().pollDelay(Duration.ofMillis(1_100)).until(() -> this.store.calls("age") > 0);
            int looks = this.store.calls("age");
            await().until(() -> this.store.calls("age") > looks);
            this.store.enqueue("task", "email", 5, "middle");
            this.store.real().resume("email");
            await().until(() -> this.store.count("email", TaskState.SUCCEEDED) == 2);
            assertThat(node.started).containsExactly("old", "middle");
            // Once a second for a queue whose tasks gain each second.
            assertThat(this.store.calls("age")).isLessThan(30);
        }
    }

    @Test
    void rank31_queuesThatDoNotAgeCostNothing() {
        try (TestNode node = new TestNode(this.store, TestNode.settings(), 1)) {
            node.start();
            await().until(() -> this.store.calls("leaseMaintenance") > 0);
            await().during(Duration.ofMillis(500)).until(() -> this.store.calls("age") == 0);
        }
    }
}
