package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskState;
import io.tasklane.store.PriorityAging;
import io.tasklane.store.TaskMaintenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyMendingTests {

    private final ManualTicker ticker = new ManualTicker();

    private final List<Boolean> answers = new ArrayList<>();

    private final KeyMending mending = new KeyMending(
            new TaskMaintenance() {
                @Override
                public boolean leaseMaintenance(long worker, Duration duration) {
                    throw new AssertionError();
                }

                @Override
                public int prune(Map<TaskState, Duration> ages, int limit) {
                    throw new AssertionError();
                }

                @Override
                public int pruneAudit(Duration age, int limit) {
                    throw new AssertionError();
                }

                @Override
                public boolean mendKeys(int limit) {
                    assertThat(limit).isEqualTo(1_000);
                    KeyMendingTests.this.ticker.advance(Duration.ofMillis(7));
                    return KeyMendingTests.this.answers.remove(0);
                }

                @Override
                public AgedTasks age(String queue, PriorityAging rule, @Nullable Place from, int limit) {
                    throw new AssertionError();
                }
            },
            this.ticker);

    @Test
    void n4_keysAreLookedAtInBatchesThatTakeATenthOfTheTimeAndThenRest() {
        this.answers.addAll(List.of(false, true));
        assertThat(this.mending.run()).isEqualTo(Duration.ofMillis(63).toNanos());
        assertThat(this.mending.run()).isEqualTo(Duration.ofMinutes(5).toNanos());
    }
}
