package io.tasklane.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Waits between attempts. */
class ExponentialRetryScheduleTests {

    @Test
    void x12_theDefaultsWaitOneMinuteDoubledUpToOneHour() {
        RetrySchedule middle = new ExponentialRetrySchedule(() -> 0.5);
        assertThat(middle.delay(1, RetryBackoff.DEFAULT)).isEqualTo(Duration.ofSeconds(60));
        assertThat(middle.delay(2, RetryBackoff.DEFAULT)).isEqualTo(Duration.ofSeconds(120));
        assertThat(middle.delay(6, RetryBackoff.DEFAULT)).isEqualTo(Duration.ofSeconds(1920));
        assertThat(middle.delay(7, RetryBackoff.DEFAULT)).isEqualTo(Duration.ofHours(1));
        assertThat(middle.delay(Integer.MAX_VALUE, RetryBackoff.DEFAULT)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a12_anInitialWaitOfZeroRetriesAtOnceWhateverTheRest() {
        RetryBackoff backoff = new RetryBackoff(Duration.ZERO, 1e300, Duration.ofHours(1), 0.1);
        assertThat(new ExponentialRetrySchedule().delay(100, backoff)).isZero();
    }

    @Test
    void x12_jitterIsATenthUpOrDown() {
        assertThat(new ExponentialRetrySchedule(() -> 0).delay(1, RetryBackoff.DEFAULT))
                .isEqualTo(Duration.ofSeconds(54));
        assertThat(new ExponentialRetrySchedule(() -> 0.999999999).delay(1, RetryBackoff.DEFAULT))
                .isBetween(Duration.ofMillis(65_999), Duration.ofSeconds(66));
    }

    @Test
    void retriesAreNumberedFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExponentialRetrySchedule().delay(0, RetryBackoff.DEFAULT));
    }

    @Property
    void x12_aWaitIsNeverNegativeNorLongerThanTheLongestPlusJitter(
            @ForAll @IntRange(min = 1) int retry,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 1_000) long initial,
            @ForAll @DoubleRange(min = 1, max = Double.MAX_VALUE) double multiplier,
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long max,
            @ForAll @DoubleRange(min = 0, max = 1) double jitter,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        RetryBackoff backoff =
                new RetryBackoff(Duration.ofSeconds(initial), multiplier, Duration.ofMillis(max), jitter);
        Duration wait = new ExponentialRetrySchedule(() -> random).delay(retry, backoff);
        assertThat(wait).isBetween(Duration.ZERO, Duration.ofMillis(Math.round(max * (1 + jitter)) + 1));
    }

    @Property
    void a12_withoutJitterWaitsNeverShrink(
            @ForAll @IntRange(min = 1, max = 200) int retry,
            @ForAll @LongRange(min = 0, max = 100_000) long initial,
            @ForAll @DoubleRange(min = 1, max = 10) double multiplier) {
        RetryBackoff backoff = new RetryBackoff(Duration.ofMillis(initial), multiplier, Duration.ofDays(1), 0);
        RetrySchedule schedule = new ExponentialRetrySchedule();
        assertThat(schedule.delay(retry + 1, backoff)).isGreaterThanOrEqualTo(schedule.delay(retry, backoff));
    }
}
