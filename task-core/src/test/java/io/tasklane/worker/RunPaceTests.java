package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunPaceTests {

    private static final long MILLI = 1_000_000;

    private final RunPace pace = new RunPace(Duration.ofMillis(50));

    @Test
    void decision5_nothingIsClaimedAheadUntilTwentyRunsAreMeasured() {
        run(RunPace.MEASURED - 1, MILLI);
        assertThat(this.pace.ahead("default", 10)).isZero();
        run(1, MILLI);
        assertThat(this.pace.ahead("default", 10)).isPositive();
        assertThat(this.pace.ahead("other", 10)).isZero();
    }

    @Test
    void decision5_nothingIsClaimedAheadOfAQueueWhoseMeanExceedsFiveMilliseconds() {
        run(100, RunPace.SHORT + MILLI);
        assertThat(this.pace.ahead("default", 10)).isZero();
    }

    @Test
    void decision5_nothingIsClaimedAheadAfterALongRun() {
        run(100, MILLI);
        run(1, RunPace.SHORT + 1);
        assertThat(this.pace.ahead("default", 10)).isZero();
        run(1, MILLI);
        assertThat(this.pace.ahead("default", 10)).isPositive();
    }

    @Test
    void decision5_noMoreIsClaimedAheadThanRunsWithinTheLookAhead() {
        run(100, 4 * MILLI);
        this.pace.ended(1_000_000, MILLI);
        // 10 slots run 125 tasks of 4 ms within 50 ms.
        assertThat(this.pace.ahead("default", 10)).isBetween(1, 125);
    }

    @Test
    void decision5_whatTheContainerGetsThroughIsTheLimitToo() {
        run(100, 1_000);
        for (int i = 0; i < 100; i++) {
            this.pace.ended(1, MILLI);
        }
        // A thousand a second are 50 within 50 ms, whatever a single run takes.
        assertThat(this.pace.ahead("default", 10)).isBetween(10, 50);
        for (int i = 0; i < 100; i++) {
            this.pace.ended(1_000, MILLI);
        }
        assertThat(this.pace.ahead("default", 10)).isEqualTo(RunPace.MAX_AHEAD);
    }

    @Test
    void decision5_zeroTurnsItOff() {
        RunPace off = new RunPace(Duration.ZERO);
        for (int i = 0; i < 100; i++) {
            off.ran("default", 1_000);
        }
        assertThat(off.ahead("default", 10)).isZero();
    }

    @Test
    void decision5_aMisjudgedQueueIsMeasuredAnew() {
        run(100, MILLI);
        this.pace.misjudged("default");
        assertThat(this.pace.ahead("default", 10)).isZero();
        run(RunPace.MEASURED, MILLI);
        assertThat(this.pace.ahead("default", 10)).isPositive();
    }

    private void run(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            this.pace.ran("default", nanos);
        }
    }
}
