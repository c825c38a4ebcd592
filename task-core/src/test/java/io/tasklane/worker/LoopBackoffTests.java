package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoopBackoffTests {

    @Test
    void guarantee7_waitsDoubleFromATenthOfASecondToFiveSeconds() {
        assertThat(waits(0, 9)).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L, 5_000L);
    }

    @Test
    void guarantee7_upToHalfOfAWaitIsLeftToChanceSoThatNodesDoNotComeBackAllAtOnce() {
        assertThat(waits(1, 7)).containsExactly(50L, 100L, 200L, 400L, 800L, 1_600L, 2_500L);
    }

    @Test
    void guarantee7_afterASuccessTheNextWaitIsShortAgain() {
        LoopBackoff backoff = new LoopBackoff(LoopBackoff.LIMIT, () -> 0);
        Stream.generate(backoff::nextNanos).limit(10).forEach(wait -> {});
        backoff.reset();
        assertThat(Duration.ofNanos(backoff.nextNanos())).isEqualTo(Duration.ofMillis(100));
    }

    private static List<Long> waits(double chance, int count) {
        LoopBackoff backoff = new LoopBackoff(LoopBackoff.LIMIT, () -> chance);
        return Stream.generate(() -> TimeUnit.NANOSECONDS.toMillis(backoff.nextNanos()))
                .limit(count)
                .toList();
    }
}
