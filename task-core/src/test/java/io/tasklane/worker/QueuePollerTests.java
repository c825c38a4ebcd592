package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tasklane.store.NewTask;
import io.tasklane.store.TaskKey;
import io.tasklane.worker.QueuePoller.PolledQueues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Decision 9, by the clock. */
class QueuePollerTests implements PolledQueues {

    private final TestStore store = new TestStore();

    private final ManualTicker ticker = new ManualTicker();

    private final List<Object> asked = new ArrayList<>();

    private final List<String> ready = new ArrayList<>();

    private Set<String> names = Set.of("often", "seldom");

    private Set<String> hot = Set.of();

    private final QueuePoller poller = new QueuePoller(
            this.store.watched(),
            new WorkerSettings(
                    WorkerNodeSettings.DEFAULT,
                    List.of("*"),
                    List.of(),
                    WorkerQueueSettings.DEFAULT,
                    Map.of("seldom", new WorkerQueueSettings(Duration.ofSeconds(5), WorkerThreads.PLATFORM))),
            this,
            this::ready,
            this.ticker);

    QueuePollerTests() {
        this.store.queue("often");
        this.store.queue("seldom");
        this.store.interference = (method, arguments) -> {
            if (method.equals("probe")) {
                this.asked.add(new TreeSet<>((List<String>) arguments[0]));
            }
        };
    }

    @Test
    void decision9_oneStatementAsksForAllQueuesWhosePollIntervalHasElapsed() {
        for (int second = 0; second <= 5; second++) {
            long wait = this.poller.poll();
            assertThat(wait).isEqualTo(Duration.ofSeconds(1).toNanos());
            this.ticker.advance(Duration.ofSeconds(1));
        }
        Set<String> often = Set.of("often");
        assertThat(this.asked)
                .containsExactly(Set.of("often", "seldom"), often, often, often, often, Set.of("often", "seldom"));
    }

    @Test
    void decision9_neverAsksMoreThanOnceASecondByItself() {
        this.poller.poll();
        for (int i = 0; i < 9; i++) {
            this.ticker.advance(Duration.ofMillis(100));
            this.poller.ask();
            this.poller.poll();
        }
        assertThat(this.asked).hasSize(1);
        this.ticker.advance(Duration.ofMillis(100));
        this.poller.poll();
        assertThat(this.asked).hasSize(2);
    }

    @Test
    void aQueueThatIsClaimedFromAnywayIsNotAskedForButDueTasksAre() {
        this.hot = this.names;
        this.store.enqueue("task", "often", 0, "x", 3, Duration.ofNanos(1));
        this.poller.poll();
        assertThat(this.asked).containsExactly(Set.of());
        assertThat(this.store.calls("promoteDue")).isPositive();
    }

    @Test
    void aQueueWithTasksIsReady() {
        this.store.enqueue("task", "often");
        this.poller.poll();
        assertThat(this.ready).containsExactly("often");
    }

    @Test
    void sleepsUntilAKnownDueTimeAndPromotesThen() {
        this.poller.poll();
        this.store.enqueue("task", "often", 0, "x", 3, Duration.ZERO);
        assertThat(this.poller.dueIn(Duration.ofMillis(300))).isTrue();
        assertThat(this.poller.dueIn(Duration.ofMillis(900))).isFalse();
        assertThat(this.poller.poll()).isEqualTo(Duration.ofMillis(301).toNanos());
        assertThat(this.store.calls("promoteDue")).isZero();
        this.ticker.advance(Duration.ofMillis(301));
        assertThat(this.poller.poll()).isEqualTo(Duration.ofMillis(600).toNanos());
        assertThat(this.store.calls("promoteDue")).isEqualTo(1);
    }

    @Test
    void aDueTaskFoundByAProbeIsPromotedAtOnce() {
        this.store.enqueue("task", "often", 0, "x", 3, Duration.ofNanos(1));
        this.poller.poll();
        assertThat(this.ready).contains("often");
    }

    @Test
    void whatIsDueAfterAForeignTaskIsAskedForAtOnce() {
        this.poller.poll();
        this.poller.foreignDueIn(Duration.ofMillis(300));
        assertThat(this.poller.foreignDueIn(Duration.ofMillis(400))).isFalse();
        assertThat(this.poller.poll()).isEqualTo(Duration.ofMillis(301).toNanos());
        this.store.enqueue("task", "often", 0, "x", 3, Duration.ofNanos(1));
        this.store.enqueue("task", "often", 0, "x", 3, Duration.ofHours(1));
        this.ticker.advance(Duration.ofMillis(301));
        this.poller.poll();
        assertThat(this.store.calls("promoteDue")).isEqualTo(1);
        assertThat(this.asked).containsExactly(Set.of("often", "seldom"), Set.of());
    }

    @Test
    void decision9_whenOthersPromotedAForeignTaskTheNextIsAskedForAfterASecond() {
        this.poller.poll();
        this.poller.foreignDueIn(Duration.ofMillis(300));
        this.ticker.advance(Duration.ofMillis(301));
        assertThat(this.poller.poll()).isEqualTo(Duration.ofMillis(699).toNanos());
        assertThat(this.store.calls("promoteDue")).isEqualTo(1);
        assertThat(this.asked).hasSize(1);
    }

    @Test
    void aForeignTimeThatWasHeardDuringAProbeIsNotForgotten() {
        this.store.aftermath = (method, arguments) -> {
            if (method.equals("probe")) {
                this.poller.foreignDueIn(Duration.ofMillis(300));
            }
        };
        assertThat(this.poller.poll()).isEqualTo(Duration.ofMillis(301).toNanos());
    }

    @Test
    void aProbeThatFailsIsMadeUpFor() {
        this.poller.poll();
        this.ticker.advance(Duration.ofMillis(1_000).minusNanos(1));
        this.poller.foreignDueIn(Duration.ofMinutes(1));
        this.ticker.advance(Duration.ofNanos(1));
        this.store.interference = (method, arguments) -> {
            throw new IllegalStateException("away");
        };
        assertThatIllegalStateException().isThrownBy(this.poller::poll);
        this.names = Set.of();
        assertThat(this.poller.poll()).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void n4_blockedTasksAreReleasedWhenAskedForAndWhenAProbeFindsThem() {
        this.poller.poll();
        assertThat(this.store.calls("releaseBlocked")).isZero();
        enqueueKeyed(null);
        this.poller.release();
        this.poller.poll();
        assertThat(this.ready).containsOnly("often");
        assertThat(this.store.calls("releaseBlocked")).isOne();
        this.poller.poll();
        assertThat(this.store.calls("releaseBlocked")).isOne();
        this.ready.clear();
        this.store.real().insert(List.of(keyed("other", null)), committed -> {});
        this.ticker.advance(Duration.ofSeconds(1));
        this.poller.poll();
        assertThat(this.ready).containsOnly("often");
    }

    @Test
    void n4_aTaskThatIsDueTakesItsTurnAtOnce() {
        enqueueKeyed(Duration.ofNanos(1));
        this.poller.poll();
        assertThat(this.ready).containsOnly("often");
    }

    @Test
    void n4_aReleaseThatFailsIsMadeUpFor() {
        enqueueKeyed(null);
        this.poller.release();
        this.store.interference = (method, arguments) -> {
            throw new IllegalStateException("away");
        };
        assertThatIllegalStateException().isThrownBy(this.poller::poll);
        this.store.interference = (method, arguments) -> {};
        this.poller.poll();
        assertThat(this.ready).containsOnly("often");
    }

    private void enqueueKeyed(@Nullable Duration delay) {
        this.store.real().insert(List.of(keyed("k", delay)), committed -> {});
    }

    private NewTask keyed(String key, @Nullable Duration delay) {
        return new NewTask(
                this.store.real().newId(),
                "task",
                "often",
                0,
                3,
                "x",
                1,
                Map.of(),
                delay,
                null,
                new TaskKey(key, 1, TaskKey.Hold.UNTIL_ENDED));
    }

    @Test
    void withoutQueuesNothingIsAsked() {
        this.names = Set.of();
        assertThat(this.poller.poll()).isEqualTo(EngineLoop.UNTIL_WOKEN);
        assertThat(this.asked).isEmpty();
    }

    @Override
    public Set<String> names() {
        return this.names;
    }

    @Override
    public boolean isHot(String name) {
        return this.hot.contains(name);
    }

    @Override
    public Set<String> excludedTasks() {
        return Set.of();
    }

    @Override
    public void ready(Set<String> queues) {
        this.ready.addAll(queues);
    }
}
