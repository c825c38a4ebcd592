package io.tasklane.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Tests for {@link BarScale}. */
class BarScaleTests {

    @Test
    void isLinearWhereAllBarsCanBeSeen() {
        BarScale scale = scale(10, 1_000);

        assertThat(scale.logarithmic()).isFalse();
        assertThat(scale.pixels(500)).isEqualTo(50);
    }

    @Test
    void goesByTheLogarithmWhereTheSmallOnesWouldVanish() {
        BarScale scale = scale(0, 2, 1_000);

        assertThat(scale.logarithmic()).isTrue();
        assertThat(scale.pixels(0)).isZero();
        assertThat(scale.pixels(2)).isPositive();
        assertThat(scale.pixels(10)).isCloseTo(33.3, within(0.1));
        assertThat(scale.pixels(1_000)).isEqualTo(100);
    }

    @Test
    void bearsNothingButZeros() {
        assertThat(scale(0).pixels(0)).isZero();
    }

    private static BarScale scale(double... values) {
        return BarScale.of(
                Arrays.stream(values)
                        .mapToObj(value -> {
                            Samples samples = new Samples();
                            samples.add(value);
                            return samples;
                        })
                        .toList(),
                100);
    }
}
