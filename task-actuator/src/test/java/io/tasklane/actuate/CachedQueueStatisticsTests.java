package io.tasklane.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tasklane.TaskState;
import io.tasklane.actuate.CachedReading.Limits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

class CachedQueueStatisticsTests {

    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMinutes(1));

    private final StubQueueStore store = new StubQueueStore().queued("email", 3);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final CachedQueueStatistics cache = cache(Runnable::run);

    @Test
    void readsOnceWithinTheTimeToLive() {
        assertThat(queued()).isEqualTo(3);
        this.store.queued("email", 4);
        pass(Duration.ofMillis(4_999));

        assertThat(queued()).isEqualTo(3);
        assertThat(this.store.reads()).isEqualTo(1);
    }

    @Test
    void readsAnewAfterTheTimeToLive() {
        queued();
        this.store.queued("email", 4);
        pass(Duration.ofSeconds(5));

        assertThat(queued()).isEqualTo(4);
        assertThat(this.store.reads()).isEqualTo(2);
    }

    @Test
    void readsAnewWhenExpired() {
        queued();
        this.store.queued("email", 4);

        this.cache.expire();

        assertThat(queued()).isEqualTo(4);
    }

    @Test
    void failingDatabaseKeepsTheLastValuesForAWhile() {
        queued();
        fail();

        pass(Duration.ofSeconds(59));
        assertThat(queued()).isEqualTo(3);

        pass(Duration.ofSeconds(1));
        assertThat(this.cache.get()).isEmpty();
    }

    @Test
    void failingDatabaseIsLeftAloneForTheTimeToLive() {
        fail();

        this.cache.get();
        this.cache.get();

        assertThat(this.store.reads()).isEqualTo(1);
    }

    @Test
    void readsAgainOnceTheDatabaseAnswers() {
        fail();
        this.cache.get();
        this.store.onRead(() -> {});
        pass(Duration.ofSeconds(5));

        assertThat(queued()).isEqualTo(3);
    }

    @Test
    void slowDatabaseHoldsUpNobodyForLong() {
        CountDownLatch answer = new CountDownLatch(1);
        this.store.onRead(() -> awaitQuietly(answer));
        try (SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor()) {
            CachedQueueStatistics slow = cache(executor);

            assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> assertThat(slow.get()).isEmpty());
            answer.countDown();

            await().untilAsserted(() -> assertThat(slow.get()).containsKey("email"));
        } finally {
            answer.countDown();
        }
    }

    @Test
    void slowDatabaseIsAskedOnceAtATime() {
        CountDownLatch answer = new CountDownLatch(1);
        this.store.onRead(() -> awaitQuietly(answer));
        try (SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor()) {
            CachedQueueStatistics slow = cache(executor);
            slow.get();
            await().until(() -> this.store.reads() == 1);
            pass(Duration.ofSeconds(5));

            slow.get();
            answer.countDown();

            await().untilAsserted(() -> assertThat(slow.get()).containsKey("email"));
            assertThat(this.store.reads()).isEqualTo(1);
        } finally {
            answer.countDown();
        }
    }

    @Test
    void costlyReadingIsRepeatedMoreRarelyAndKeptForLonger() {
        this.store.onRead(() -> pass(Duration.ofSeconds(4)));
        queued();
        pass(Duration.ofSeconds(39));

        queued();
        assertThat(this.store.reads()).isEqualTo(1);

        fail();
        pass(Duration.ofSeconds(40));
        assertThat(queued()).isEqualTo(3);
        assertThat(this.store.reads()).isEqualTo(2);

        pass(Duration.ofSeconds(1));
        assertThat(this.cache.get()).isEmpty();
    }

    @Test
    void whatHasEndedIsCountedForAHundredthOfTheTime() {
        this.store.onEndedRead(() -> pass(Duration.ofSeconds(2)));
        queued();
        this.store.queued("email", 4);
        pass(Duration.ofSeconds(199));

        assertThat(queued()).isEqualTo(4);
        assertThat(this.store.endedReads()).isEqualTo(1);

        pass(Duration.ofSeconds(20));
        queued();
        assertThat(this.store.endedReads()).isEqualTo(2);
    }

    @Test
    void refusedReadingKeepsTheLastValuesAndIsTriedAgain() {
        boolean[] closed = {false};
        CachedQueueStatistics cache = cache(step -> {
            if (closed[0]) {
                throw new RejectedExecutionException("closed");
            }
            step.run();
        });
        cache.get();
        pass(Duration.ofSeconds(5));
        closed[0] = true;

        assertThat(cache.get()).containsKey("email");

        closed[0] = false;
        cache.get();
        assertThat(this.store.reads()).isEqualTo(2);
    }

    private CachedQueueStatistics cache(Executor executor) {
        return new CachedQueueStatistics(this.store, executor, this.nanos::get, LIMITS);
    }

    private long queued() {
        return this.cache.get().get("email").count(TaskState.QUEUED);
    }

    private void pass(Duration time) {
        this.nanos.addAndGet(time.toNanos());
    }

    private void fail() {
        this.store.onRead(() -> {
            throw new IllegalStateException("database away");
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
