package io.tasklane.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tasklane.TaskException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollingWaitTests {

    private final List<Long> pauses = new ArrayList<>();

    private long now = Long.MAX_VALUE - 5;

    private final PollingWait wait = new PollingWait(() -> this.now, nanos -> {
        this.pauses.add(nanos / 1_000_000);
        this.now += nanos;
    });

    @Test
    void asksAfter10MsAndThenInGrowingStepsUpToASecond() {
        assertThat(this.wait.until(() -> this.pauses.size() == 10, Duration.ofHours(1)))
                .isTrue();
        assertThat(this.pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L, 1000L);
    }

    @Test
    void endsWithTheTimeAndAsksOnceMoreThen() {
        List<Long> asked = new ArrayList<>();
        boolean answer = this.wait.until(
                () -> {
                    asked.add(this.now);
                    return false;
                },
                Duration.ofMillis(35));
        assertThat(answer).isFalse();
        assertThat(this.pauses).containsExactly(10L, 20L, 5L);
        assertThat(asked).hasSize(4);
    }

    @Test
    void zeroAndNegativeAskOnce() {
        assertThat(this.wait.until(() -> true, Duration.ZERO)).isTrue();
        assertThat(this.wait.until(() -> false, Duration.ZERO)).isFalse();
        assertThat(this.wait.until(() -> false, Duration.ofDays(-400_000))).isFalse();
        assertThat(this.pauses).isEmpty();
    }

    @Test
    void endlessTimeIsNoError() {
        assertThat(this.wait.until(() -> this.pauses.size() == 3, Duration.ofSeconds(Long.MAX_VALUE)))
                .isTrue();
    }

    @Test
    void interruptionEndsItAndStaysVisible() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(TaskException.class)
                .isThrownBy(() -> PollingWait.monotonic().until(() -> false, Duration.ofHours(1)))
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void monotonicWaitTakesTime() {
        long start = System.nanoTime();
        assertThat(PollingWait.monotonic().until(() -> false, Duration.ofMillis(30)))
                .isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000L);
    }
}
