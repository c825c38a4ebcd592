package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskId;
import io.tasklane.store.NewTask;
import io.tasklane.store.TaskKey;
import io.tasklane.store.TaskNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingNoticesTests {

    private final ManualTicker ticker = new ManualTicker();

    private final PendingNotices pending = new PendingNotices("me", this.ticker);

    @Test
    void a31_aWorkerIsToldOfAtOnceAndOnce() {
        assertThat(this.pending.addCancelled(7)).isTrue();
        assertThat(this.pending.addCancelled(7)).isFalse();
        assertThat(this.pending.untilNext()).isZero();
        TaskNotice taken = this.pending.take();
        assertThat(taken).isEqualTo(new TaskNotice("me", Set.of(), null, Set.of(7L)));
        assertThat(this.pending.isEmpty()).isTrue();
        assertThat(this.pending.take()).isNull();
        this.pending.putBack(taken);
        assertThat(this.pending.isEmpty()).isFalse();
        assertThat(this.pending.take()).isEqualTo(taken);
    }

    @Test
    void aQuietQueueIsToldOfAtOnce() {
        assertThat(this.pending.add(List.of(task("a")))).isTrue();
        assertThat(this.pending.add(List.of(task("a")))).isFalse();
        assertThat(this.pending.untilNext()).isZero();
        assertThat(this.pending.take()).isEqualTo(notice(null, "a"));
        assertThat(this.pending.take()).isNull();
        assertThat(this.pending.untilNext()).isEqualTo(EngineLoop.UNTIL_WOKEN);
    }

    @Test
    void whatFollowsWaitsUntilTheWindowOfItsQueueEnds() {
        this.pending.add(Set.of("a"));
        this.pending.take();
        this.ticker.advance(Duration.ofMillis(4));
        assertThat(this.pending.add(Set.of("a"))).isTrue();
        assertThat(this.pending.take()).isNull();
        assertThat(this.pending.untilNext()).isEqualTo(Duration.ofMillis(6).toNanos());
        assertThat(this.pending.add(Set.of("b"))).isTrue();
        assertThat(this.pending.take()).isEqualTo(notice(null, "b"));
        this.ticker.advance(Duration.ofMillis(6));
        assertThat(this.pending.take()).isEqualTo(notice(null, "a"));
    }

    @Test
    void theEarliestTimeIsToldAndWhatIsLeftOfIt() {
        this.pending.add(List.of(delayed(500, null), delayed(300, null), delayed(900, null)));
        this.ticker.advance(Duration.ofMillis(100));
        assertThat(this.pending.take()).isEqualTo(notice(Duration.ofMillis(200)));
        this.pending.add(List.of(delayed(300, null)));
        assertThat(this.pending.take()).isNull();
    }

    @Test
    void aTimeThatOnlyTheStoreKnowsWins() {
        this.pending.add(List.of(delayed(500, null), delayed(0, Instant.EPOCH), delayed(300, null)));
        assertThat(this.pending.take()).isEqualTo(notice(Duration.ZERO));
        this.ticker.advance(Duration.ofMillis(10));
        this.pending.add(List.of(delayed(500, null)));
        assertThat(this.pending.take()).isEqualTo(notice(Duration.ofMillis(500)));
    }

    @Test
    void whatCouldNotBeSentIsToldAgain() {
        this.pending.add(List.of(task("a"), delayed(300, null)));
        TaskNotice failed = this.pending.take();
        this.pending.putBack(failed);
        assertThat(this.pending.add(Set.of("a"))).isFalse();
        this.ticker.advance(Duration.ofMillis(10));
        assertThat(this.pending.take()).isEqualTo(notice(Duration.ofMillis(290), "a"));
    }

    @Test
    void aChangeIsToldOfTogetherWithItsQueueAndAgainIfItCouldNotBeSent() {
        assertThat(this.pending.addChange("a")).isTrue();
        assertThat(this.pending.addChange("a")).isFalse();
        TaskNotice failed = this.pending.take();
        assertThat(failed).isEqualTo(new TaskNotice("me", Set.of("a"), null, Set.of(), true));
        this.pending.putBack(failed);
        assertThat(this.pending.take()).isNull();
        this.ticker.advance(Duration.ofMillis(10));
        assertThat(this.pending.take()).isEqualTo(failed);
    }

    @Test
    void n4_blockedTasksAreToldOfOnceAndAgainIfThatCouldNotBeSent() {
        NewTask keyed = new NewTask(
                new TaskId(1),
                "task",
                "a",
                0,
                3,
                "{}",
                1,
                Map.of(),
                null,
                null,
                new TaskKey("k", 1, TaskKey.Hold.UNTIL_ENDED));
        assertThat(this.pending.add(List.of(keyed))).isTrue();
        assertThat(this.pending.add(List.of(keyed))).isFalse();
        TaskNotice failed = this.pending.take();
        assertThat(failed).isEqualTo(new TaskNotice("me", Set.of(), null, Set.of(), false, true));
        this.pending.putBack(failed);
        this.ticker.advance(Duration.ofMillis(10));
        assertThat(this.pending.take()).isEqualTo(failed);
    }

    @Test
    void aProofIsSentWithoutAnythingToTell() {
        this.pending.addProof();
        assertThat(this.pending.untilNext()).isZero();
        assertThat(this.pending.take()).isEqualTo(notice(null));
        assertThat(this.pending.take()).isNull();
    }

    @Test
    void atTheEndNothingWaits() {
        this.pending.add(Set.of("a"));
        this.pending.take();
        this.pending.add(Set.of("a"));
        this.pending.hurry();
        assertThat(this.pending.take()).isEqualTo(notice(null, "a"));
    }

    private static TaskNotice notice(@Nullable Duration untilDue, String... queues) {
        return new TaskNotice("me", Set.of(queues), untilDue, Set.of());
    }

    private static NewTask task(String queue) {
        return new NewTask(new TaskId(1), "task", queue, 0, 3, "{}", Map.of(), null, null);
    }

    private static NewTask delayed(long millis, @Nullable Instant runAt) {
        Duration delay = runAt == null ? Duration.ofMillis(millis) : null;
        return new NewTask(new TaskId(1), "task", "a", 0, 3, "{}", Map.of(), delay, runAt);
    }
}
