package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.ConcurrencyRange;
import io.tasklane.TaskId;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskLease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskSlotsTests {

    private final ManualTicker ticker = new ManualTicker();

    private int concurrency = 1;

    private int cap = Integer.MAX_VALUE;

    private long lastSeq;

    @Test
    void decision5_theMostUrgentOfThoseThatWaitStartsNext() {
        TaskSlots slots = slots(QueueOrder.STRICT, "a");
        RunningTask first = add(slots, "a", 0);
        RunningTask second = add(slots, "a", 0);
        RunningTask urgent = add(slots, "a", 5);
        RunningTask last = add(slots, "a", -5);
        assertThat(all(slots)).containsExactly(urgent, first, second, last);
    }

    @Test
    void decision5_aTaskPutBackAndClaimedAgainKeepsItsPlaceAmongThoseThatWait() {
        TaskSlots slots = slots(QueueOrder.STRICT, "a");
        this.lastSeq = 10;
        RunningTask later = add(slots, "a", 0);
        this.lastSeq = 5;
        RunningTask earlier = add(slots, "a", 0);
        assertThat(all(slots)).containsExactly(earlier, later);
    }

    @Test
    void x5_inStrictOrderTheFirstQueueGoesFirst() {
        TaskSlots slots = slots(QueueOrder.STRICT, "high", "low");
        RunningTask low = add(slots, "low", 9);
        RunningTask high = add(slots, "high", 0);
        assertThat(all(slots)).containsExactly(high, low);
    }

    @Test
    void x5_inTurnEachQueueGoesOnce() {
        TaskSlots slots = slots(QueueOrder.ROUND_ROBIN, "a", "b");
        RunningTask a1 = add(slots, "a", 0);
        RunningTask a2 = add(slots, "a", 0);
        RunningTask b1 = add(slots, "b", 0);
        RunningTask b2 = add(slots, "b", 0);
        assertThat(all(slots)).containsExactly(a1, b1, a2, b2);
    }

    @Test
    void p16_slotsThatAreKeptForAQueueAreLeftFreeForIt() {
        TaskSlots slots = slots(QueueOrder.ROUND_ROBIN, "high", "low", "other");
        this.concurrency = 4;
        slots.setReserved(Map.of("high", 2));
        for (int i = 0; i < 4; i++) {
            add(slots, "low", 0);
            add(slots, "other", 0);
        }
        RunningTask first = slots.start();
        assertThat(slots.start()).isNotNull();
        assertThat(slots.start()).as("two are kept").isNull();
        RunningTask high = add(slots, "high", 0);
        assertThat(slots.start()).isSameAs(high);
        assertThat(slots.start()).as("one is kept").isNull();
        slots.end(high);
        assertThat(slots.start()).isNull();
        assertThat(slots.startAfter(first)).isNotNull();
        slots.setReserved(Map.of());
        assertThat(slots.start()).isNotNull();
        assertThat(slots.start()).isNotNull();
        assertThat(slots.start()).isNull();
    }

    @Test
    void x5_byWeightsEachQueueGetsItsShareAndASlotIsNeverLeftFree() {
        TaskSlots slots = slots(QueueOrder.WEIGHTED, "a", "b");
        for (int i = 0; i < 6; i++) {
            add(slots, "a", 0);
        }
        for (int i = 0; i < 4; i++) {
            add(slots, "b", 0);
        }
        assertThat(all(slots))
                .extracting(RunningTask::queue)
                .containsExactly("a", "b", "a", "a", "a", "b", "a", "a", "b", "b");
    }

    @Test
    void d16_noMoreStartThanThereAreSlots() {
        TaskSlots slots = slots(QueueOrder.STRICT, "a");
        this.concurrency = 2;
        RunningTask first = add(slots, "a", 0);
        add(slots, "a", 0);
        add(slots, "a", 0);
        assertThat(slots.start()).isNotNull();
        assertThat(slots.start()).isNotNull();
        assertThat(slots.start()).isNull();
        assertThat(slots.free()).isZero();
        assertThat(slots.startAfter(first)).isNotNull();
        assertThat(slots.running()).isEqualTo(2);
        assertThat(slots.held()).isEqualTo(3);
    }

    @Test
    void x6_aQueueWithACapLeavesItsSlotsToOthers() {
        TaskSlots slots = slots(QueueOrder.STRICT, "capped", "free");
        this.concurrency = 3;
        this.cap = 1;
        RunningTask capped = add(slots, "capped", 0);
        add(slots, "capped", 0);
        RunningTask free = add(slots, "free", 0);
        assertThat(slots.start()).isSameAs(capped);
        assertThat(slots.start()).isSameAs(free);
        assertThat(slots.start()).isNull();
        assertThat(slots.startAfter(capped)).isNotNull();
    }

    @Test
    void rank7_aTaskThatIsGivenUpIsNotHeldAndKeepsItsSlotUntilItEnds() {
        TaskSlots slots = slots(QueueOrder.STRICT, "a", "b");
        RunningTask stubborn = add(slots, "a", 0);
        RunningTask next = add(slots, "b", 0);
        assertThat(slots.start()).isSameAs(stubborn);
        slots.stuck(stubborn);
        slots.written("a");
        assertThat(slots.held()).isEqualTo(1);
        assertThat(slots.held("a")).isZero();
        assertThat(slots.stuck("a")).isEqualTo(1);
        assertThat(slots.stuck("b")).isZero();
        assertThat(slots.stuck()).containsExactly(stubborn);
        assertThat(slots.start()).isNull();
        assertThat(slots.startAfter(stubborn)).isSameAs(next);
        assertThat(slots.stuck()).isEmpty();
    }

    @Test
    void decision5_onlyThoseThatHaveWaitedForTooLongAreTakenAway() {
        TaskSlots slots = slots(QueueOrder.STRICT, "a");
        RunningTask old = add(slots, "a", 0);
        this.ticker.advance(Duration.ofMillis(60));
        add(slots, "a", 0);
        this.ticker.advance(Duration.ofMillis(60));
        assertThat(slots.takeClaimedBefore(this.ticker.nanoTime() - 100_000_000))
                .containsExactly(old);
        assertThat(slots.waiting()).isEqualTo(1);
        assertThat(slots.held()).isEqualTo(2);
    }

    @Test
    void nothingStartsAfterTheEnd() {
        TaskSlots slots = slots(QueueOrder.STRICT, "a");
        RunningTask waiting = add(slots, "a", 0);
        assertThat(slots.close()).containsExactly(waiting);
        assertThat(slots.add(task("a", 0))).isFalse();
        assertThat(slots.start()).isNull();
        assertThat(slots.held()).isEqualTo(2);
        slots.written("a");
        slots.written("a");
        assertThat(slots.held()).isZero();
    }

    private TaskSlots slots(QueueOrder order, String... queues) {
        ContainerSpec spec = new ContainerSpec(
                "test",
                List.of(queues),
                order,
                order == QueueOrder.WEIGHTED ? Map.of("a", 3) : Map.of(),
                WorkerThreads.PLATFORM,
                () -> ConcurrencyRange.of(this.concurrency),
                queue -> queue.equals("capped") ? this.cap : Integer.MAX_VALUE,
                queue -> false,
                Map.of(),
                Duration.ofMillis(50));
        return new TaskSlots(spec, () -> this.concurrency);
    }

    private static List<RunningTask> all(TaskSlots slots) {
        List<RunningTask> started = new ArrayList<>();
        @Nullable RunningTask task = slots.start();
        while (task != null) {
            started.add(task);
            task = slots.startAfter(task);
        }
        return started;
    }

    private RunningTask add(TaskSlots slots, String queue, int priority) {
        RunningTask task = task(queue, priority);
        assertThat(slots.add(task)).isTrue();
        return task;
    }

    private RunningTask task(String queue, int priority) {
        long seq = ++this.lastSeq;
        LeasedTask leased = new LeasedTask(
                new TaskLease(new TaskId(seq), 1, 1),
                "task",
                queue,
                priority,
                seq,
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
}
