package io.tasklane.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasklane.InvalidQueueSettingException;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.RateLimit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTests {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void x8_theBurstIsATenthOfTheLimitUnlessItIsSet() {
        assertThat(RateLimit.of(QueueSettings.NONE)).isNull();
        assertThat(RateLimit.of(QueueSettings.NONE.with(QueueSetting.RATE_LIMIT, 5)))
                .isEqualTo(new RateLimit(5, SECOND, 1));
        assertThat(RateLimit.of(QueueSettings.NONE.with(QueueSetting.RATE_LIMIT, 250)))
                .isEqualTo(new RateLimit(250, SECOND, 25));
        assertThat(RateLimit.of(QueueSettings.NONE
                        .with(QueueSetting.RATE_LIMIT, 0)
                        .with(QueueSetting.RATE_INTERVAL, Duration.ofMinutes(1))
                        .with(QueueSetting.RATE_BURST, 7)))
                .isEqualTo(new RateLimit(0, Duration.ofMinutes(1), 7));
    }

    @Test
    void x7_limitsThatCannotWorkAreRefused() {
        assertThatExceptionOfType(InvalidQueueSettingException.class)
                .isThrownBy(() -> new RateLimit(-1, SECOND, 1))
                .withMessageContaining("0 to 1000000");
        assertThatExceptionOfType(InvalidQueueSettingException.class)
                .isThrownBy(() -> new RateLimit(1, Duration.ofMillis(99), 1))
                .withMessageContaining("100 ms");
        assertThatExceptionOfType(InvalidQueueSettingException.class)
                .isThrownBy(() -> new RateLimit(1, SECOND, 0))
                .withMessageContaining("1 to 1000000");
    }

    @Test
    void rank30_aLimitIsReadFromItsText() {
        assertThat(RateLimit.parse("10/s")).isEqualTo(new RateLimit(10, SECOND, 1));
        assertThat(RateLimit.parse("100/m")).isEqualTo(new RateLimit(100, Duration.ofMinutes(1), 10));
        assertThat(RateLimit.parse("1000/h")).isEqualTo(new RateLimit(1_000, Duration.ofHours(1), 100));
        assertThat(RateLimit.parse(" 100 / 30s ")).isEqualTo(new RateLimit(100, Duration.ofSeconds(30), 10));
        assertThat(RateLimit.parse("0/d")).isEqualTo(new RateLimit(0, Duration.ofDays(1), 1));
        for (String bad : new String[] {
            "", "10", "10/", "/s", "-1/s", "10/w", "10 per s", "99999999999/s", "1/99999999999999999999s"
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RateLimit.parse(bad))
                    .withMessageContaining("rate limit");
        }
        assertThatExceptionOfType(InvalidQueueSettingException.class).isThrownBy(() -> RateLimit.parse("1/50ms"));
    }

    @Test
    void x8_aFullBucketHasTheBurstAndNeverAWholeTokenMore() {
        RateLimit limit = new RateLimit(1_000, SECOND, 100);
        assertThat(TokenBucket.FULL.refilled(limit, NOW).whole()).isEqualTo(100);
        assertThat(TokenBucket.FULL
                        .refilled(limit, NOW)
                        .refilled(limit, NOW.plusSeconds(60))
                        .whole())
                .isEqualTo(100);
    }

    @Test
    void x8_aSlowLimitCarriesOverNoMoreThanASecondGives() {
        RateLimit hourly = new RateLimit(1, Duration.ofHours(1), 1);
        TokenBucket taken = TokenBucket.FULL.refilled(hourly, NOW).without(1);
        assertThat(taken.untilNext(hourly, 10)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void a5_whoWaitsWaitsForOneTokenAndAtHighRatesForThoseOf50Milliseconds() {
        TokenBucket empty = new TokenBucket(0, NOW);
        assertThat(empty.untilNext(new RateLimit(10, SECOND, 1), 20)).isBetween(millis(100), millis(101));
        assertThat(empty.untilNext(new RateLimit(1_000, SECOND, 100), 200)).isBetween(millis(50), millis(51));
        assertThat(empty.untilNext(new RateLimit(1_000, SECOND, 100), 3)).isBetween(millis(3), millis(4));
        assertThat(empty.untilNext(new RateLimit(1_000, SECOND, 1), 200)).isBetween(millis(1), millis(2));
        assertThat(empty.refilled(new RateLimit(10, SECOND, 1), NOW.plusMillis(100))
                        .whole())
                .isEqualTo(1);
    }

    @Test
    void a5_afterTheWaitTheTokensAreThere() {
        for (int limit : new int[] {1, 3, 7, 99, 1_000, 123_456}) {
            RateLimit rate = new RateLimit(limit, Duration.ofMillis(700), Math.max(1, limit / 10));
            TokenBucket bucket = new TokenBucket(0.3, NOW);
            Duration wait = bucket.untilNext(rate, 1);
            assertThat(bucket.refilled(rate, NOW.plusNanos(wait.toNanos() / 1_000 * 1_000))
                            .whole())
                    .isEqualTo(Math.max(1, bucket.refilled(rate, NOW.plus(wait)).whole()));
        }
    }

    @Test
    void aClockThatIsPutBackNeitherGivesNorTakes() {
        RateLimit limit = new RateLimit(10, SECOND, 5);
        TokenBucket later = new TokenBucket(2, NOW).refilled(limit, NOW.minusSeconds(3_600));
        assertThat(later.whole()).isEqualTo(2);
        assertThat(later.refilled(limit, NOW.minusSeconds(3_600).plusMillis(100))
                        .whole())
                .isEqualTo(3);
    }

    @Test
    void theLongestIntervalAndTheHighestLimitDoNotOverflow() {
        RateLimit rare = new RateLimit(1, Duration.ofDays(365_000), 1_000_000);
        assertThat(new TokenBucket(0, NOW).untilNext(rare, 1)).isPositive();
        RateLimit high = new RateLimit(1_000_000, millis(100), 1_000_000);
        assertThat(TokenBucket.FULL.refilled(high, NOW).whole()).isEqualTo(1_000_000);
        assertThat(new TokenBucket(0, NOW).untilNext(high, 1)).isPositive();
    }

    private static Duration millis(int count) {
        return Duration.ofMillis(count);
    }
}
