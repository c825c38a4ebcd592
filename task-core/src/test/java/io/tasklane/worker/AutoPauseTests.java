package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.TaskId;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueuePausedEvent;
import io.tasklane.TaskState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queues that are paused because their tasks fail. */
@Timeout(60)
class AutoPauseTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestStore store = new TestStore();

    private final AtomicBoolean broken = new AtomicBoolean(true);

    private final TestNode node = new TestNode(this.store, TestNode.settings(), 1);

    @AfterEach
    void stop() {
        this.node.close();
    }

    @Test
    void rank32_tenFailuresInARowPauseTheQueueAndItResumesByItself() {
        start(QueueSettings.NONE
                .with(QueueSetting.AUTO_PAUSE_FAILURES, 10)
                .with(QueueSetting.AUTO_PAUSE_DURATION, SECOND));
        enqueue(9, 0);
        await().until(() -> this.store.count("email", TaskState.FAILED) == 9);
        assertThat(queue().isPaused()).isFalse();
        assertThat(this.store.calls("pause")).isZero();

        enqueue(1, 0);
        await().until(() -> queue().isPaused());
        await().until(() -> this.node.paused.size() == 1);
        TaskQueuePausedEvent event = this.node.paused.get(0);
        assertThat(event.queue()).isEqualTo("email");
        assertThat(event.failures()).isEqualTo(10);
        assertThat(event.attempts()).isEqualTo(10);
        assertThat(event.duration()).isEqualTo(SECOND);
        assertThat(event.task()).isEqualTo("task");
        assertThat(event.error().message()).isEqualTo("the mail server is away");

        TaskId waiting = this.store.enqueue("task", "email", this.node.registry);
        assertThat(this.store.state(waiting)).isEqualTo(TaskState.QUEUED);
        this.broken.set(false);
        await().until(() -> this.store.state(waiting) == TaskState.SUCCEEDED);
        assertThat(queue().isPaused()).isFalse();
        assertThat(this.store.calls("pause")).isEqualTo(1);
    }

    @Test
    void rank32_afterThePauseTheCountBeginsAnew() {
        start(QueueSettings.NONE
                .with(QueueSetting.AUTO_PAUSE_FAILURES, 3)
                .with(QueueSetting.AUTO_PAUSE_DURATION, SECOND));
        enqueue(3, 0);
        await().until(() -> this.node.paused.size() == 1);
        enqueue(2, 0);
        await().until(() -> this.store.count("email", TaskState.FAILED) == 5);
        assertThat(this.node.paused).hasSize(1);
        enqueue(1, 0);
        await().until(() -> this.node.paused.size() == 2);
        assertThat(queue().isPaused()).isTrue();
    }

    @Test
    void rank32_retriesCountAndOneSuccessEndsTheRow() {
        start(QueueSettings.NONE.with(QueueSetting.AUTO_PAUSE_FAILURES, 4));
        enqueue(1, 2);
        await().until(() -> this.store.count("email", TaskState.FAILED) == 1);
        this.broken.set(false);
        enqueue(1, 0);
        await().until(() -> this.store.count("email", TaskState.SUCCEEDED) == 1);
        this.broken.set(true);
        enqueue(1, 2);
        await().until(() -> this.store.count("email", TaskState.FAILED) == 2);
        assertThat(this.node.paused).isEmpty();
        enqueue(1, 2);
        await().until(() -> this.node.paused.size() == 1);
        assertThat(queue().pausedUntil()).isNotNull();
    }

    @Test
    void rank32_aShareOfTheLastAttemptsPausesTooOnceThereAreEnough() {
        start(QueueSettings.NONE.with(QueueSetting.AUTO_PAUSE_RATE, 0.5).with(QueueSetting.AUTO_PAUSE_ATTEMPTS, 10));
        enqueue(4, 0);
        await().until(() -> this.store.count("email", TaskState.FAILED) == 4);
        this.broken.set(false);
        enqueue(6, 0);
        await().until(() -> this.store.count("email", TaskState.SUCCEEDED) == 6);
        assertThat(this.node.paused).isEmpty();
        this.broken.set(true);
        // The oldest failure leaves the last ten as each new one comes: four stay four until a success leaves.
        enqueue(4, 0);
        await().until(() -> this.store.count("email", TaskState.FAILED) == 8);
        assertThat(this.node.paused).isEmpty();
        enqueue(1, 0);
        await().until(() -> this.node.paused.size() == 1);
        assertThat(this.node.paused.get(0).failures()).isEqualTo(5);
        assertThat(this.node.paused.get(0).attempts()).isEqualTo(10);
    }

    @Test
    void rank32_whatIsCancelledOrPutBackCountsNeitherWay() {
        start(QueueSettings.NONE.with(QueueSetting.AUTO_PAUSE_FAILURES, 2));
        enqueue(1, 0);
        await().until(() -> this.store.count("email", TaskState.FAILED) == 1);
        this.store.enqueue("unknown", "email", this.node.registry);
        await().until(() -> !this.node.registry.health().unknownTasks().isEmpty());
        assertThat(this.node.paused).isEmpty();
        enqueue(1, 0);
        await().until(() -> this.node.paused.size() == 1);
    }

    @Test
    void rank32_aPauseThatFailsIsTriedAgainAndAnOperatorsPauseIsLeftAlone() {
        AtomicInteger refused = new AtomicInteger();
        this.store.interference = (method, arguments) -> {
            if (method.equals("pause") && refused.incrementAndGet() <= 2) {
                throw new IllegalStateException("no database");
            }
        };
        start(QueueSettings.NONE.with(QueueSetting.AUTO_PAUSE_FAILURES, 1));
        enqueue(1, 0);
        await().until(() -> this.node.paused.size() == 1);
        assertThat(refused).hasValue(3);

        this.store.real().resume("email");
        this.node.queues.refresh();
        this.store.interference = (method, arguments) -> {
            if (method.equals("queue")) {
                this.store.real().pause("email", null);
            }
        };
        enqueue(1, 0);
        this.node.registry.changed("email");
        await().until(() -> queue().isPaused());
        await().during(Duration.ofMillis(300)).until(() -> this.node.paused.size() == 1);
        assertThat(queue().pausedUntil()).isNull();
    }

    private void start(QueueSettings settings) {
        this.store.real().declare(new QueueSpec("email", settings));
        this.node
                .handle("task", call -> {
                    if (this.broken.get()) {
                        throw new IllegalStateException("the mail server is away");
                    }
                    return null;
                })
                .start();
        await().until(() -> this.node.queues.find("email").isPresent());
    }

    private void enqueue(int count, int retries) {
        for (int i = 0; i < count; i++) {
            this.store.enqueue("task", "email", 0, "task", retries, null, this.node.registry);
        }
    }

    private TaskQueue queue() {
        return this.store.real().queue("email").orElseThrow();
    }
}
