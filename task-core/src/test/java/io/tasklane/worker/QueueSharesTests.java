package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueSharesTests {

    private static final List<String> BOTH = List.of("high", "low");

    private final QueueShares shares = new QueueShares(Map.of("high", 5));

    @Test
    void x5_startsFollowTheWeights() {
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String next = this.shares.next(BOTH, queue -> true);
            this.shares.started(next);
            started.add(next);
        }
        assertThat(started).filteredOn("low"::equals).hasSize(100);
        assertThat(started.subList(300, 312)).filteredOn("low"::equals).hasSize(2);
    }

    @Test
    void x5_aQueueWithoutTasksIsOwedNothing() {
        for (int i = 0; i < 1_000; i++) {
            this.shares.started("high");
        }
        assertThat(this.shares.divide(BOTH, 12, queue -> 100)).containsOnly(entry("low", 2), entry("high", 10));
    }

    @Test
    void x5_placesThatAQueueCannotHaveGoToTheOthers() {
        assertThat(this.shares.divide(BOTH, 12, queue -> queue.equals("high") ? 3 : 100))
                .containsOnly(entry("high", 3), entry("low", 9));
        assertThat(this.shares.divide(BOTH, 12, queue -> 0)).isEmpty();
    }

    @Test
    void x5_whatIsDividedAgainAndAgainAddsUpToTheShares() {
        int low = 0;
        for (int i = 0; i < 60; i++) {
            Map<String, Integer> divided = this.shares.divide(BOTH, 1, queue -> 10);
            low += divided.getOrDefault("low", 0);
            this.shares.started(divided);
        }
        assertThat(low).isEqualTo(10);
    }
}
