package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.TaskState;
import io.tasklane.store.PriorityAging;
import io.tasklane.store.TaskMaintenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskRetentionTests {

    private static final RetentionSettings SETTINGS =
            new RetentionSettings(Map.of(TaskState.FAILED, Duration.ofDays(2)), null, Duration.ofMinutes(5), 100);

    private final ManualTicker ticker = new ManualTicker();

    private final List<Integer> answers = new ArrayList<>();

    private final TaskMaintenance store = new TaskMaintenance() {
        @Override
        public boolean leaseMaintenance(long worker, Duration duration) {
            throw new AssertionError();
        }

        @Override
        public int prune(Map<TaskState, Duration> ages, int limit) {
            assertThat(ages).isEqualTo(SETTINGS.ages());
            assertThat(limit).isEqualTo(100);
            TaskRetentionTests.this.ticker.advance(Duration.ofMillis(7));
            return TaskRetentionTests.this.answers.remove(0);
        }

        @Override
        public int pruneAudit(Duration age, int limit) {
            assertThat(age).isEqualTo(Duration.ofDays(7));
            assertThat(limit).isEqualTo(100);
            return TaskRetentionTests.this.answers.remove(0);
        }

        @Override
        public boolean mendKeys(int limit) {
            throw new AssertionError();
        }

        @Override
        public AgedTasks age(String queue, PriorityAging rule, @Nullable Place from, int limit) {
            throw new AssertionError();
        }
    };

    private final TaskRetention retention = new TaskRetention(this.store, SETTINGS, this.ticker);

    @Test
    void rank25_auditRecordsAreDeletedInBatchesUntilOneIsNotFull() {
        AuditRetention audit = new AuditRetention(this.store, Duration.ofDays(7), SETTINGS);
        this.answers.addAll(List.of(100, 99));
        assertThat(audit.run()).isZero();
        assertThat(audit.run()).isEqualTo(Duration.ofMinutes(5).toNanos());
    }

    @Test
    void x26_batchesFollowEachOtherAfterPausesAsLongAsTheyTookUntilOneIsNotFull() {
        this.answers.addAll(List.of(100, 100, 99, 0));
        assertThat(this.retention.run()).isEqualTo(Duration.ofMillis(7).toNanos());
        assertThat(this.retention.run()).isEqualTo(Duration.ofMillis(7).toNanos());
        assertThat(this.retention.run()).isEqualTo(Duration.ofMinutes(5).toNanos());
        assertThat(this.retention.run()).isEqualTo(Duration.ofMinutes(5).toNanos());
    }

    @Test
    void x26_defaultsKeepFailedTasksForThirtyDaysAndOthersForOne() {
        assertThat(RetentionSettings.DEFAULT.ages())
                .isEqualTo(Map.of(
                        TaskState.SUCCEEDED,
                        Duration.ofDays(1),
                        TaskState.CANCELLED,
                        Duration.ofDays(1),
                        TaskState.EXPIRED,
                        Duration.ofDays(1),
                        TaskState.FAILED,
                        Duration.ofDays(30)));
    }

    @Test
    void x26_statesThatAreNotFinishedCannotBePruned() {
        for (TaskState state : TaskState.values()) {
            if (!state.isFinished()) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new RetentionSettings(
                                Map.of(state, Duration.ofDays(1)), null, Duration.ofMinutes(1), 1))
                        .withMessageContaining(state.name());
            }
        }
    }

    @Test
    void impossibleSettingsAreRefused() {
        Map<TaskState, Duration> none = Map.of();
        Duration minute = Duration.ofMinutes(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new RetentionSettings(none, null, Duration.ZERO, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(none, null, minute, 0))
                .withMessageContaining("tasklane.retention.batch-size");
        assertThatIllegalArgumentException().isThrownBy(() -> new RetentionSettings(none, null, minute, 10_001));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(Map.of(TaskState.FAILED, Duration.ZERO), null, minute, 1));
    }
}
