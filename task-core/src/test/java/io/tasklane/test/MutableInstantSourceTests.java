package io.tasklane.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests for {@link MutableInstantSource}. */
class MutableInstantSourceTests {

    private final MutableInstantSource source = new MutableInstantSource();

    @Test
    void standsStill() {
        assertThat(this.source.instant()).isEqualTo(this.source.instant());
    }

    @Test
    void advances() {
        Instant start = this.source.instant();

        assertThat(this.source.advance(Duration.ofSeconds(90))).isEqualTo(start.plusSeconds(90));
        assertThat(this.source.instant()).isEqualTo(start.plusSeconds(90));
    }

    @Test
    void goesToAnyInstant() {
        this.source.set(Instant.EPOCH);

        assertThat(this.source.instant()).isEqualTo(Instant.EPOCH);
    }
}
