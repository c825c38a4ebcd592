package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.ConcurrencyRange;
import io.tasklane.TaskId;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.TaskExchange;
import io.tasklane.store.TaskLease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a container claims of which queue. The tasks of the queue "quick" are short, those of "slow" are not. */
class ClaimPlannerTests {

    private static final int SLOTS = 10;

    private final ManualTicker ticker = new ManualTicker();

    private final QueueHints hints = new QueueHints();

    private final TokenWaits waits = new TokenWaits(this.ticker);

    private final RunPace pace = new RunPace(Duration.ofMillis(50));

    private int cap = Integer.MAX_VALUE;

    private TaskSlots slots;

    ClaimPlannerTests() {
        for (int i = 0; i < RunPace.MEASURED; i++) {
            this.pace.ran("quick", 1_000_000);
            this.pace.ran("slow", 2 * RunPace.SHORT);
        }
    }

    @Test
    void x5_inStrictOrderNothingIsClaimedAheadBehindAQueueOfWhichNothingIs() {
        ClaimPlanner planner = planner(QueueOrder.STRICT, "slow", "quick");
        assertThat(limits(planner, "slow", "quick")).isEqualTo(Map.of("slow", SLOTS, "quick", SLOTS));
        exhaust(planner, "slow", "quick");
        this.hints.mayHave("quick");
        assertThat(limits(planner, "slow", "quick"))
                .hasEntrySatisfying("quick", limit -> assertThat(limit).isGreaterThan(SLOTS));
    }

    @Test
    void x5_inStrictOrderAQueueIsClaimedAheadWhateverTheOnesBehindItHave() {
        ClaimPlanner planner = planner(QueueOrder.STRICT, "quick", "slow");
        assertThat(limits(planner, "quick", "slow"))
                .hasEntrySatisfying("quick", limit -> assertThat(limit).isGreaterThan(SLOTS))
                .containsEntry("slow", SLOTS);
    }

    @Test
    void x5_inTurnNothingIsClaimedAheadWhileAQueueMayHaveTasksOfWhichNothingIs() {
        ClaimPlanner planner = planner(QueueOrder.ROUND_ROBIN, "quick", "slow");
        assertThat(limits(planner, "quick", "slow")).isEqualTo(Map.of("quick", SLOTS, "slow", SLOTS));
        exhaust(planner, "quick", "slow");
        this.hints.mayHave("quick");
        assertThat(limits(planner, "quick", "slow"))
                .hasEntrySatisfying("quick", limit -> assertThat(limit).isGreaterThan(SLOTS));
    }

    @Test
    void a5_aQueueThatWaitsForItsRateLimitKeepsNothingFromBeingClaimedAhead() {
        ClaimPlanner planner = planner(QueueOrder.ROUND_ROBIN, "quick", "slow");
        this.waits.waitFor("slow", Duration.ofSeconds(1), this.waits.mark());
        assertThat(limits(planner, "quick", "slow"))
                .hasEntrySatisfying("quick", limit -> assertThat(limit).isGreaterThan(SLOTS))
                .doesNotContainKey("slow");
        this.ticker.advance(Duration.ofSeconds(1));
        assertThat(limits(planner, "quick", "slow")).isEqualTo(Map.of("quick", SLOTS, "slow", SLOTS));
    }

    @Test
    void rank42_tasksWaitForSlotsIfAClaimBringsAllThatItAsksForOrThereIsNoneToAskFor() {
        ClaimPlanner planner = planner(QueueOrder.STRICT, "slow");
        this.hints.mayHave("slow");
        ClaimRequest claim = claim(planner, "slow");
        assertThat(planner.isWanting()).as("nothing is known yet").isFalse();
        planner.answered(claim, answer(SLOTS), this.hints.mark());
        assertThat(planner.isWanting()).isTrue();
        for (int i = 0; i < SLOTS; i++) {
            this.slots.add(task("slow", i + 1));
        }
        assertThat(planner.plan(List.of("slow"), List.of(), 1, Set.of(), false)).isNull();
        assertThat(planner.isWanting()).as("nothing can be asked for").isTrue();
        this.slots.written("slow");
        planner.answered(claim(planner, "slow"), answer(0), this.hints.mark());
        assertThat(planner.isWanting()).as("there was nothing").isFalse();
        assertThat(planner.plan(List.of("slow"), List.of(), 1, Set.of(), false)).isNull();
        assertThat(planner.isWanting()).isFalse();
    }

    @Test
    void rank42_aQueueThatIsAtItsOwnLimitDoesNotWaitForSlots() {
        this.cap = 3;
        ClaimPlanner planner = planner(QueueOrder.ROUND_ROBIN, "slow");
        planner.answered(claim(planner, "slow"), answer(3), this.hints.mark());
        assertThat(planner.isWanting()).isFalse();
        for (int i = 0; i < 3; i++) {
            this.slots.add(task("slow", i + 1));
        }
        assertThat(planner.plan(List.of("slow"), List.of(), 1, Set.of(), false)).isNull();
        assertThat(planner.isWanting()).isFalse();
    }

    private TaskExchange answer(int count) {
        List<LeasedTask> claimed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            claimed.add(task("slow", i + 1).leased());
        }
        return new TaskExchange(claimed, Set.of());
    }

    private RunningTask task(String queue, int id) {
        LeasedTask leased = new LeasedTask(
                new TaskLease(new TaskId(id), 1, 1),
                "task",
                queue,
                0,
                id,
                3,
                0,
                0,
                "",
                1,
                Map.of(),
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                false);
        return new RunningTask(
                leased, this.ticker, this.ticker.nanoTime(), new TaskTimer(this.ticker, () -> {}, (a, b, c, d) -> {}));
    }

    private ClaimPlanner planner(QueueOrder order, String... queues) {
        ContainerSpec spec = new ContainerSpec(
                "test",
                List.of(queues),
                order,
                Map.of(),
                WorkerThreads.PLATFORM,
                () -> ConcurrencyRange.of(SLOTS),
                queue -> this.cap,
                queue -> false,
                Map.of(),
                Duration.ofMillis(50));
        this.slots = new TaskSlots(spec, () -> SLOTS);
        return new ClaimPlanner(spec, this.hints, this.waits, this.slots, this.pace);
    }

    private void exhaust(ClaimPlanner planner, String... queues) {
        long mark = this.hints.mark();
        planner.answered(claim(planner, queues), new TaskExchange(List.of(), Set.of()), mark);
    }

    private static Map<String, Integer> limits(ClaimPlanner planner, String... queues) {
        return claim(planner, queues).queues().stream().collect(Collectors.toMap(QueueClaim::queue, QueueClaim::limit));
    }

    private static ClaimRequest claim(ClaimPlanner planner, String... queues) {
        return Objects.requireNonNull(planner.plan(List.of(queues), List.of(), 1, Set.of(), false));
    }
}
