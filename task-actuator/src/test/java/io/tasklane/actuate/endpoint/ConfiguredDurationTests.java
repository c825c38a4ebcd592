package io.tasklane.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;

class ConfiguredDurationTests {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT1S, 1s",
        "PT60S, 60s",
        "PT90S, 90s",
        "PT10M, 10m",
        "PT61M, 61m",
        "PT1H, 1h",
        "PT24H, 24h",
        "PT1H0.5S, 3600500ms",
        "PT0.25S, 250ms",
        "PT0.0005S, 500us",
        "PT0.000000005S, 5ns"
    })
    void isWrittenAsInAConfigurationFile(Duration duration, String expected) {
        assertThat(ConfiguredDuration.format(duration)).isEqualTo(expected);
        assertThat(DurationStyle.detectAndParse(expected)).isEqualTo(duration);
    }
}
