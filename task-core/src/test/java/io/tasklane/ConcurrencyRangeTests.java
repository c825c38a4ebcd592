package io.tasklane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrencyRangeTests {

    @ParameterizedTest
    @CsvSource({
        "5, 5, 5, 5",
        "2-10, 2, 10, 2-10",
        "' 2 - 10 ', 2, 10, 2-10",
        "3-3, 3, 3, 3",
        "1-10000, 1, 10000, 1-10000"
    })
    void rank42_aTextIsANumberOrARange(String text, int min, int max, String written) {
        ConcurrencyRange range = ConcurrencyRange.valueOf(text);
        assertThat(range).isEqualTo(new ConcurrencyRange(min, max)).hasToString(written);
        assertThat(range.isFixed()).isEqualTo(min == max);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "10001",
                "0-5",
                "10-2",
                "2-10001",
                "2-",
                "-10",
                "2-10-20",
                "2,10",
                "1.5",
                "many",
                "99999999999"
            })
    void rank42_whatIsNoRangeIsRefusedWithWhatIs(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConcurrencyRange.valueOf(text))
                .withMessageStartingWith("concurrency must be 1 to 10000, or a range such as 2-10, not ")
                .withMessageContaining(text);
    }

    @Test
    void rank42_theSettingsOfAQueueHaveBothNumbers() {
        QueueSettings range = QueueSettings.NONE.withConcurrency(new ConcurrencyRange(2, 10));
        assertThat(range)
                .isEqualTo(QueueSpec.named("email").concurrency(2, 10).settings())
                .isEqualTo(QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 10).with(QueueSetting.MIN_CONCURRENCY, 2));
        assertThat(ConcurrencyRange.of(range)).isEqualTo(new ConcurrencyRange(2, 10));
        assertThat(range.withConcurrency(ConcurrencyRange.of(5)))
                .isEqualTo(QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 5));
        assertThat(range.withConcurrency(null)).isEqualTo(QueueSettings.NONE);
        assertThat(ConcurrencyRange.of(QueueSettings.NONE)).isNull();
    }

    @Test
    void rank42_aNumberTakesTheQueueOutOfItsRange() {
        assertThat(QueueSpec.named("email").concurrency(2, 10).concurrency(5).settings())
                .isEqualTo(QueueSettings.NONE.with(QueueSetting.CONCURRENCY, 5));
    }

    @Test
    void rank42_aLeastNumberAboveTheGreatestOrWithoutOneIsRefusedWhenItIsToBeStored() {
        QueueSettings range = QueueSettings.NONE.withConcurrency(new ConcurrencyRange(2, 10));
        assertThat(range.with(QueueSetting.CONCURRENCY, 2).requireConsistent()).isNotNull();
        assertThatExceptionOfType(InvalidQueueSettingException.class)
                .isThrownBy(() -> range.with(QueueSetting.CONCURRENCY, 1).requireConsistent())
                .withMessage("Queue setting 'min-concurrency' is 2; allowed: at most its concurrency, which is 1");
        assertThatExceptionOfType(InvalidQueueSettingException.class)
                .isThrownBy(() -> range.with(QueueSetting.CONCURRENCY, null).requireConsistent())
                .withMessageContaining("only together with concurrency; lift both, or set both");
    }

    @Test
    void x28_aNumberThatAnOlderReleaseHasLoweredAloneHolds() {
        QueueSettings lowered =
                QueueSettings.NONE.withConcurrency(new ConcurrencyRange(5, 10)).with(QueueSetting.CONCURRENCY, 3);
        assertThat(ConcurrencyRange.of(lowered)).isEqualTo(ConcurrencyRange.of(3));
    }
}
