package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskId;
import io.tasklane.TaskState;
import io.tasklane.store.ClaimRequest;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.WorkerDescription;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims whose answer was lost. */
class DoubtfulClaimsTests {

    private final TestStore store = new TestStore();

    private final ManualTicker ticker = new ManualTicker();

    private final WorkerPresence presence = new WorkerPresence(this.ticker, RecoverySettings.DEFAULT);

    private final AtomicInteger putBack = new AtomicInteger();

    private final AtomicInteger woken = new AtomicInteger();

    private final DoubtfulClaims doubts = new DoubtfulClaims(
            this.store.watched(),
            this.presence,
            this.ticker,
            this.putBack::incrementAndGet,
            this.woken::incrementAndGet);

    private final long worker =
            this.store.real().join(new WorkerDescription("test", "host", 1, List.of("default"), 1, 0));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aClaimThatIsWrittenLateIsFoundByALaterLook(int look) {
        List<Duration> waits = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30));
        this.presence.joined(this.worker, this.ticker.nanoTime());
        TaskId task = this.store.enqueue("task", "default");
        this.doubts.add(this.worker, 7);
        assertThat(this.woken).hasValue(1);
        for (int i = 0; i < look; i++) {
            assertThat(this.doubts.check()).isEqualTo(waits.get(i).toNanos());
            if (i == look - 1) {
                claim(7);
            }
            this.ticker.advance(waits.get(i).minusMillis(1));
            this.doubts.check();
            this.ticker.advance(Duration.ofMillis(1));
        }
        assertThat(this.store.state(task)).isEqualTo(TaskState.RUNNING);
        assertThat(this.doubts.check()).isEqualTo(look < 3 ? waits.get(look).toNanos() : EngineLoop.UNTIL_WOKEN);
        assertThat(this.store.state(task)).isEqualTo(TaskState.QUEUED);
        assertThat(this.putBack).hasValue(1);
    }

    @Test
    void tasksOfOtherClaimsAreLeftAlone() {
        this.presence.joined(this.worker, this.ticker.nanoTime());
        TaskId task = this.store.enqueue("task", "default");
        claim(8);
        this.doubts.add(this.worker, 7);
        this.doubts.check();
        assertThat(this.store.state(task)).isEqualTo(TaskState.RUNNING);
        assertThat(this.putBack).hasValue(0);
    }

    @Test
    void withoutDoubtsNothingIsAsked() {
        assertThat(this.doubts.check()).isEqualTo(EngineLoop.UNTIL_WOKEN);
        this.doubts.add(this.worker, 7);
        assertThat(this.doubts.check()).isEqualTo(EngineLoop.UNTIL_WOKEN);
        assertThat(this.store.calls()).isZero();
    }

    private void claim(long token) {
        this.store
                .real()
                .exchange(
                        this.worker,
                        List.of(),
                        new ClaimRequest(List.of(new QueueClaim("default", 1)), 1, token, Set.of()));
    }
}
