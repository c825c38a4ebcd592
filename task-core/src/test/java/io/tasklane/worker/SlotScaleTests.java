package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.ConcurrencyRange;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many slots there are within a range. */
class SlotScaleTests {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ManualTicker ticker = new ManualTicker();

    private ConcurrencyRange range = new ConcurrencyRange(2, 10);

    private final SlotScale scale = new SlotScale(() -> this.range, this.ticker);

    @Test
    void rank42_itStartsWithTheLeastNumberAndStaysThereWhileNothingWaits() {
        assertThat(this.scale.size()).isEqualTo(2);
        assertThat(this.scale.adapt(false, 2)).isEqualTo(EngineLoop.UNTIL_WOKEN);
        this.ticker.advance(Duration.ofHours(1));
        assertThat(this.scale.adapt(false, 2)).isEqualTo(EngineLoop.UNTIL_WOKEN);
        assertThat(this.scale.size()).isEqualTo(2);
    }

    @Test
    void rank42_itDoublesEachSecondInWhichTasksWaitUpToTheGreatestNumber() {
        assertThat(this.scale.adapt(true, 2)).isEqualTo(SlotScale.GROW_AFTER.toNanos());
        this.ticker.advance(SlotScale.GROW_AFTER.minus(MOMENT));
        assertThat(this.scale.adapt(true, 2)).isEqualTo(MOMENT.toNanos());
        assertThat(this.scale.size()).isEqualTo(2);
        this.ticker.advance(MOMENT);
        assertThat(this.scale.adapt(true, 2)).isZero();
        assertThat(this.scale.size()).isEqualTo(4);
        assertThat(this.scale.adapt(true, 4)).isEqualTo(SlotScale.GROW_AFTER.toNanos());
        grow(4);
        assertThat(this.scale.size()).isEqualTo(8);
        grow(8);
        assertThat(this.scale.size()).isEqualTo(10);
        grow(10);
        assertThat(this.scale.size()).isEqualTo(10);
    }

    @Test
    void rank42_aBurstThatIsOverWithinASecondIsLeftToTheSlotsThatThereAre() {
        for (int i = 0; i < 10; i++) {
            this.scale.adapt(true, 2);
            this.ticker.advance(SlotScale.GROW_AFTER.minus(MOMENT));
            this.scale.adapt(false, 2);
            this.ticker.advance(MOMENT);
        }
        assertThat(this.scale.size()).isEqualTo(2);
    }

    @Test
    void rank42_itGoesBackToWhatWasInUseInHalfAMinute() {
        growToTheGreatestNumber();
        assertThat(this.scale.adapt(false, 3)).isEqualTo(SlotScale.SHRINK_AFTER.toNanos());
        this.ticker.advance(SlotScale.SHRINK_AFTER);
        this.scale.adapt(false, 3);
        assertThat(this.scale.size()).as("all were in use when it began").isEqualTo(10);
        this.ticker.advance(SlotScale.SHRINK_AFTER.minus(MOMENT));
        assertThat(this.scale.adapt(false, 5)).isEqualTo(MOMENT.toNanos());
        this.scale.adapt(false, 0);
        assertThat(this.scale.size()).isEqualTo(10);
        this.ticker.advance(MOMENT);
        this.scale.adapt(false, 0);
        assertThat(this.scale.size()).as("five were in use").isEqualTo(5);
        this.ticker.advance(SlotScale.SHRINK_AFTER);
        assertThat(this.scale.adapt(false, 0)).isEqualTo(EngineLoop.UNTIL_WOKEN);
        assertThat(this.scale.size()).isEqualTo(2);
    }

    @Test
    void rank42_tasksThatAreHeldAheadOfSlotsAreNotInUse() {
        this.scale.adapt(true, 2_000);
        grow(2_000);
        assertThat(this.scale.size()).isEqualTo(4);
        for (int i = 0; i < 3; i++) {
            this.ticker.advance(SlotScale.SHRINK_AFTER);
            this.scale.adapt(false, 2_000);
            assertThat(this.scale.size()).isEqualTo(4);
        }
    }

    @Test
    void rank42_aPauseBetweenTwoBurstsKeepsTheSlots() {
        growToTheGreatestNumber();
        for (int i = 0; i < 10; i++) {
            this.ticker.advance(SlotScale.SHRINK_AFTER.minus(MOMENT));
            this.scale.adapt(false, 0);
            this.scale.adapt(true, 10);
        }
        assertThat(this.scale.size()).isEqualTo(10);
    }

    @Test
    void rank42_anotherRangeHoldsAtOnce() {
        growToTheGreatestNumber();
        change(new ConcurrencyRange(1, 6));
        assertThat(this.scale.size()).isEqualTo(6);
        change(new ConcurrencyRange(8, 20));
        assertThat(this.scale.size()).isEqualTo(8);
        change(ConcurrencyRange.of(3));
        assertThat(this.scale.size()).isEqualTo(3);
        assertThat(this.scale.adapt(true, 3)).isEqualTo(EngineLoop.UNTIL_WOKEN);
        this.ticker.advance(SlotScale.SHRINK_AFTER);
        change(new ConcurrencyRange(1, 5));
        this.scale.adapt(false, 0);
        assertThat(this.scale.size()).as("the time before does not count").isEqualTo(3);
        this.ticker.advance(SlotScale.SHRINK_AFTER);
        this.scale.adapt(false, 0);
        assertThat(this.scale.size()).isEqualTo(1);
    }

    private void change(ConcurrencyRange other) {
        this.range = other;
        this.scale.fit();
    }

    private void growToTheGreatestNumber() {
        this.scale.adapt(true, 2);
        for (int busy : new int[] {2, 4, 8}) {
            grow(busy);
        }
        this.scale.adapt(false, 10);
        assertThat(this.scale.size()).isEqualTo(10);
    }

    private void grow(int busy) {
        this.ticker.advance(SlotScale.GROW_AFTER);
        this.scale.adapt(true, busy);
    }
}
