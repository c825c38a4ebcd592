package io.tasklane.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests for {@link Starts}. */
class StartsTests {

    private final Starts starts = new Starts(0, 10, 20, 1_000, 1_010, 1_020, 1_030);

    @Test
    void theRateIsThatBetweenTheFirstAndTheLast() {
        assertThat(new Starts(0, 500_000_000, 1_000_000_000).rate()).isEqualTo(2);
        assertThat(new Starts(5).rate()).isNaN();
        assertThat(this.starts.first(3).rate()).isEqualTo(1e8);
        assertThat(this.starts.last(2).rate()).isEqualTo(1e8);
        assertThat(this.starts.first(100).count()).isEqualTo(7);
    }

    @Test
    void theBusiestIntervalMayBeginAnywhereAndEndsBeforeItsEnd() {
        assertThat(this.starts.busiest(Duration.ofNanos(30))).isEqualTo(3);
        assertThat(this.starts.busiest(Duration.ofNanos(31))).isEqualTo(4);
        assertThat(this.starts.busiest(Duration.ofNanos(1_011))).isEqualTo(5);
        assertThat(new Starts().busiest(Duration.ofNanos(1))).isZero();
    }

    @Test
    void whatStartsWithinATimeIsCountedFromTheFirstStart() {
        assertThat(this.starts.within(Duration.ofNanos(1_000)).count()).isEqualTo(3);
        assertThat(this.starts.before(1_010)).isEqualTo(4);
        assertThat(new Starts().within(Duration.ofNanos(1)).count()).isZero();
    }
}
