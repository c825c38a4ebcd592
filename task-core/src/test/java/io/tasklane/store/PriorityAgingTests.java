package io.tasklane.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PriorityAgingTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void rank31_aQueueAgesOnlyIfItSaysAfterHowLong() {
        assertThat(PriorityAging.of(QueueSettings.NONE)).isNull();
        assertThat(PriorityAging.of(QueueSettings.NONE.with(QueueSetting.AGING_MAX, 50)))
                .isNull();
        assertThat(PriorityAging.of(QueueSettings.NONE.with(QueueSetting.AGING_AFTER, MINUTE)))
                .isEqualTo(new PriorityAging(MINUTE, 1, Integer.MAX_VALUE));
        assertThat(PriorityAging.of(QueueSettings.NONE
                        .with(QueueSetting.AGING_AFTER, MINUTE)
                        .with(QueueSetting.AGING_STEP, 10)
                        .with(QueueSetting.AGING_MAX, -5)))
                .isEqualTo(new PriorityAging(MINUTE, 10, -5));
    }

    @Test
    void rank31_aTaskGainsAStepForEachTimeThatItHasWaited() {
        PriorityAging rule = new PriorityAging(MINUTE, 3, 10);
        assertThat(rule.priority(0, Duration.ofSeconds(59))).isZero();
        assertThat(rule.priority(0, MINUTE)).isEqualTo(3);
        assertThat(rule.priority(-4, Duration.ofSeconds(179))).isEqualTo(2);
        assertThat(rule.priority(0, Duration.ofHours(5))).isEqualTo(10);
        assertThat(rule.priority(9, MINUTE)).isEqualTo(10);
        assertThat(rule.priority(10, Duration.ofHours(5))).isEqualTo(10);
        assertThat(rule.priority(77, Duration.ofHours(5))).isEqualTo(77);
        assertThat(rule.priority(0, Duration.ofSeconds(-100))).isZero();
    }

    @Test
    void nothingOverflows() {
        PriorityAging rule = new PriorityAging(Duration.ofSeconds(1), Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(rule.priority(-Integer.MAX_VALUE, Duration.ofDays(300_000))).isEqualTo(Integer.MAX_VALUE);
        assertThat(rule.priority(Integer.MAX_VALUE - 1, Duration.ofDays(300_000)))
                .isEqualTo(Integer.MAX_VALUE);
    }
}
