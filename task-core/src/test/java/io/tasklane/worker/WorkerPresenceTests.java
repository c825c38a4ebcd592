package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Decision 3, by the clock. */
class WorkerPresenceTests {

    private final ManualTicker ticker = new ManualTicker();

    private final WorkerPresence presence = new WorkerPresence(this.ticker, RecoverySettings.DEFAULT);

    @Test
    void decision3_convictsOnlyAfterTenSecondsOfItsOwnHeartbeats() {
        this.presence.joined(1, this.ticker.nanoTime());
        beatFor(9);
        assertThat(this.presence.mayConvict()).isFalse();
        beatFor(3);
        assertThat(this.presence.mayConvict()).isTrue();
    }

    @Test
    void decision3_anOutageConvictsNobody() {
        this.presence.joined(1, this.ticker.nanoTime());
        beatFor(12);
        this.ticker.advance(Duration.ofSeconds(7));
        assertThat(this.presence.mayConvict()).isFalse();
        this.presence.beaten(this.ticker.nanoTime());
        assertThat(this.presence.mayConvict()).isFalse();
        beatFor(9);
        assertThat(this.presence.mayConvict()).isFalse();
        beatFor(3);
        assertThat(this.presence.mayConvict()).isTrue();
    }

    @Test
    void decision3_givesUpItsLeasesTenSecondsAfterItsLastHeartbeatWasSent() {
        long sent = this.ticker.nanoTime();
        this.ticker.advance(Duration.ofSeconds(4));
        this.presence.joined(1, sent);
        assertThat(this.presence.nanosUntilFence())
                .isEqualTo(Duration.ofSeconds(6).toNanos());
        this.ticker.advance(Duration.ofMillis(5_999));
        assertThat(this.presence.fenceIfSilent()).isFalse();
        assertThat(this.presence.claimingId()).hasValue(1);
        this.ticker.advance(Duration.ofMillis(1));
        assertThat(this.presence.claimingId()).isEmpty();
        assertThat(this.presence.fenceIfSilent()).isTrue();
        assertThat(this.presence.fenceIfSilent()).isFalse();
        assertThat(this.presence.id()).hasValue(1);
        assertThat(this.presence.beaten(this.ticker.nanoTime())).isTrue();
        assertThat(this.presence.claimingId()).hasValue(1);
    }

    private void beatFor(int seconds) {
        for (int i = 0; i < seconds; i += 3) {
            this.ticker.advance(Duration.ofSeconds(3));
            assertThat(this.presence.beaten(this.ticker.nanoTime())).isFalse();
        }
    }
}
