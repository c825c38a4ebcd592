package io.tasklane.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueSpec;
import io.tasklane.TaskQueue;
import io.tasklane.TaskRequest;
import io.tasklane.client.ProducerRig;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DefaultTaskQueuesTests {

    private final ProducerRig rig = new ProducerRig();

    private final DefaultTaskQueues queues = new DefaultTaskQueues(this.rig.store(), this.rig.queues());

    @Test
    void declaredQueueIsKnownAtOnceAndAnExistingOneIsLeftAsItIs() {
        TaskQueue declared = this.queues.declare(QueueSpec.named("reports").concurrency(10));
        assertThat(declared.settings().concurrency()).isEqualTo(10);
        assertThat(this.rig.queues().find("reports")).contains(declared);
        assertThat(this.queues.declare(QueueSpec.named("reports").concurrency(3)))
                .isEqualTo(declared);
        assertThat(this.queues.get("reports")).isEqualTo(declared);
    }

    @Test
    void queuesAreListedByName() {
        assertThat(this.queues.list()).extracting(TaskQueue::name).containsExactly("default", "email", "vip");
    }

    @Test
    void d17_depthsCountQueuedTasksAndShowZeros() {
        for (int i = 0; i < 3; i++) {
            this.rig.client().enqueue(TaskRequest.named("T.x").queue("email"));
        }
        this.rig.client().enqueue(TaskRequest.named("T.x").queue("vip").delay(Duration.ofHours(1)));
        assertThat(this.queues.depths()).containsExactly(entry("default", 0L), entry("email", 3L), entry("vip", 0L));
    }

    @Test
    void pauseAndResumeAreKnownAtOnce() {
        this.queues.pause("email");
        assertThat(this.rig.queues().find("email").orElseThrow().isPaused()).isTrue();
        assertThat(this.queues.get("email").isPaused()).isTrue();
        this.queues.resume("email");
        assertThat(this.rig.queues().find("email").orElseThrow().isPaused()).isFalse();
    }

    @Test
    void c3_unknownQueueIsRefusedWithThoseThatExist() {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> this.queues.get("emial"), () -> this.queues.pause("emial"), () -> this.queues.resume("emial"))) {
            assertThatExceptionOfType(NoSuchQueueException.class)
                    .isThrownBy(call)
                    .withMessageContaining("default, email, vip");
        }
    }

    @Test
    void a2_namesThatCannotBeAreRefused() {
        for (String name : new String[] {"", " ", "a.b", "x".repeat(101)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> QueueSpec.named(name));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> this.queues.declare(QueueSpec.named("Email")));
    }
}
