package io.tasklane.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.tasklane.InvalidQueueSettingException;
import io.tasklane.NoSuchQueueException;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskQueue;
import io.tasklane.TaskRequest;
import io.tasklane.client.ProducerRig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DefaultTaskQueuesTests {

    private final ProducerRig rig = new ProducerRig();

    private final List<String> changed = new ArrayList<>();

    private final DefaultTaskQueues queues =
            TestQueues.of(this.rig.store(), this.rig.queues(), this::failing, this.changed::add);

    @Test
    void declaredQueueIsKnownAtOnceAndAnExistingOneIsLeftAsItIs() {
        TaskQueue declared = this.queues.declare(QueueSpec.named("reports").concurrency(10));
        assertThat(declared.settings().get(QueueSetting.CONCURRENCY)).isEqualTo(10);
        assertThat(this.rig.queues().find("reports")).contains(declared);
        assertThat(this.queues.declare(QueueSpec.named("reports").concurrency(3)))
                .isEqualTo(declared);
        assertThat(this.queues.get("reports")).isEqualTo(declared);
    }

    @Test
    void p3_aLeastPriorityAboveTheHighestIsRefusedWhereItIsStored() {
        QueueSpec wrong = QueueSpec.named("email").minPriority(5).maxPriority(4);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> this.queues.declare(wrong),
                () -> this.queues.replace(wrong),
                () -> this.queues.patch("email", settings -> wrong.settings()))) {
            assertThatExceptionOfType(InvalidQueueSettingException.class)
                    .isThrownBy(call)
                    .withMessageContaining("min-priority")
                    .withMessageContaining("max-priority, which is 4");
        }
        assertThat(this.queues.get("email").settings()).isEqualTo(QueueSettings.NONE);
        this.queues.replace(wrong.maxPriority(5));
    }

    @Test
    void p16_moreSlotsThanTheQueueMayUseAreNotKeptForIt() {
        QueueSpec wrong = QueueSpec.named("email").reservedSlots(3).concurrency(2);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> this.queues.declare(wrong),
                () -> this.queues.replace(wrong),
                () -> this.queues.patch("email", settings -> wrong.settings()))) {
            assertThatExceptionOfType(InvalidQueueSettingException.class)
                    .isThrownBy(call)
                    .withMessage("Queue setting 'reserved-slots' is 3; allowed: at most its concurrency, which is 2");
        }
        this.queues.replace(wrong.concurrency(3));
    }

    @Test
    void rank42_aLeastConcurrencyAboveTheGreatestIsRefusedWhereItIsStored() {
        QueueSpec wrong = QueueSpec.named("email").concurrency(10, 2);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> this.queues.declare(wrong),
                () -> this.queues.replace(wrong),
                () -> this.queues.patch("email", settings -> wrong.settings()))) {
            assertThatExceptionOfType(InvalidQueueSettingException.class)
                    .isThrownBy(call)
                    .withMessageContaining("min-concurrency")
                    .withMessageContaining("concurrency, which is 2");
        }
        assertThat(this.queues.get("email").settings()).isEqualTo(QueueSettings.NONE);
        this.queues.replace(QueueSpec.named("email").concurrency(2, 10));
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
                () -> this.queues.get("emial"),
                () -> this.queues.patch("emial", settings -> settings),
                () -> this.queues.pause("emial"),
                () -> this.queues.pause("emial", Duration.ofSeconds(1)),
                () -> this.queues.pause("emial", Instant.now()),
                () -> this.queues.delete("emial"),
                () -> this.queues.delete("emial", RemainingTasks.KEEP),
                () -> this.queues.resume("emial"))) {
            assertThatExceptionOfType(NoSuchQueueException.class)
                    .isThrownBy(call)
                    .withMessageContaining("default, email, vip");
        }
    }

    @Test
    void a2_namesThatCannotBeAreRefused() {
        for (String name : new String[] {"", " ", "a.b", "x".repeat(101)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> QueueSpec.named(name));
            assertThatIllegalArgumentException().isThrownBy(() -> this.queues.get(name));
            assertThatIllegalArgumentException().isThrownBy(() -> this.queues.pause(name));
            assertThatIllegalArgumentException().isThrownBy(() -> this.queues.delete(name));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> this.queues.declare(QueueSpec.named("Email")));
        assertThatIllegalArgumentException().isThrownBy(() -> this.queues.replace(QueueSpec.named("Email")));
    }

    @Test
    void c4_eachChangeIsKnownHereAtOnceAndToldToListenersOfWhichOneMayFail() {
        QueueRegistry known = this.rig.queues();
        this.queues.replace(QueueSpec.named("sms").concurrency(2));
        assertThat(known.concurrency("sms").max()).isEqualTo(2);
        this.queues.patch("email", settings -> settings.with(QueueSetting.CONCURRENCY, 3));
        assertThat(known.concurrency("email").max()).isEqualTo(3);
        this.queues.pause("vip", Duration.ofMinutes(1));
        assertThat(known.find("vip").orElseThrow().pausedUntil()).isNotNull();
        this.queues.delete("sms");
        assertThat(known.find("sms")).isEmpty();
        assertThat(this.changed).containsExactly("sms", "email", "vip", "sms");
    }

    @Test
    void aDeclarationOfWhatIsThereIsNoChange() {
        this.rig.queues().refresh();
        this.queues.declare(QueueSpec.named("email").concurrency(7));
        assertThat(this.changed).isEmpty();
        this.queues.declare(QueueSpec.named("sms"));
        assertThat(this.changed).containsExactly("sms");
    }

    @Test
    void aChangeThatIsStoredDoesNotFailBecauseItCannotBeReadHere() {
        QueueRegistry unreadable = new QueueRegistry(
                () -> {
                    throw new IllegalStateException("no connection");
                },
                TaskDefaults.DEFAULT);
        DefaultTaskQueues unlucky = TestQueues.of(this.rig.store(), unreadable, this.changed::add);
        assertThat(unlucky.pause("email").isPaused()).isTrue();
        assertThat(this.changed).containsExactly("email");
    }

    @Test
    void x9_pausesThatCannotBeAreRefusedAndThoseBeyondAllTimesAreForGood() {
        for (Duration duration : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> this.queues.pause("email", duration))
                    .withMessageContaining("'email'")
                    .withMessageContaining("must be positive, not " + duration)
                    .withMessageContaining("resume(\"email\")");
        }
        assertThat(this.queues.pause("email", Duration.ofSeconds(Long.MAX_VALUE)))
                .isEqualTo(this.queues.pause("email", Instant.MAX))
                .isEqualTo(this.queues.pause("email"));
        assertThat(this.queues.pause("email", Instant.MIN).isPaused()).isFalse();
    }

    @Test
    void theDefaultQueueCannotBeDeleted() {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> this.queues.delete("default"), () -> this.queues.delete("default", RemainingTasks.DELETE))) {
            assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("pause(\"default\")");
        }
    }

    @Test
    void aPatchThatReturnsNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.queues.patch("email", settings -> null))
                .withMessageContaining("'email'")
                .withMessageContaining("null");
    }

    @Test
    void settingsThatCannotWorkNameTheSetting() {
        for (Map.Entry<String, UnaryOperator<QueueSettings>> bad : Map.<String, UnaryOperator<QueueSettings>>of(
                        "concurrency", settings -> settings.with(QueueSetting.CONCURRENCY, 10_001),
                        "retries", settings -> settings.with(QueueSetting.RETRIES, -1),
                        "default-priority", settings -> settings.with(QueueSetting.DEFAULT_PRIORITY, Integer.MIN_VALUE),
                        "backoff.initial",
                                settings -> settings.with(QueueSetting.BACKOFF_INITIAL, Duration.ofDays(365_001)),
                        "backoff.multiplier",
                                settings -> settings.with(QueueSetting.BACKOFF_MULTIPLIER, Double.POSITIVE_INFINITY),
                        "backoff.max",
                                settings -> settings.with(QueueSetting.BACKOFF_MAX, Duration.ofSeconds(Long.MAX_VALUE)),
                        "backoff.jitter", settings -> settings.with(QueueSetting.BACKOFF_JITTER, Double.NaN))
                .entrySet()) {
            assertThatExceptionOfType(InvalidQueueSettingException.class)
                    .isThrownBy(() -> this.queues.patch("email", bad.getValue()))
                    .satisfies(ex -> assertThat(ex.setting()).isEqualTo(bad.getKey()))
                    .withMessageContaining("allowed");
        }
        assertThat(this.changed).isEmpty();
    }

    private void failing(String queue) {
        throw new IllegalStateException("no luck");
    }
}
