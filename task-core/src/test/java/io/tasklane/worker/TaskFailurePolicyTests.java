package io.tasklane.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskId;
import io.tasklane.TaskPayloadException;
import io.tasklane.handler.RetryableFailures;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.queue.TaskDefaults;
import io.tasklane.retry.RetrySchedule;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a task that failed, by the clock. */
class TaskFailurePolicyTests {

    private static final Instant CLAIMED = Instant.parse("2026-11-22T12:00:00Z");

    private final QueueRegistry queues = new QueueRegistry(new TestStore()::real, TaskDefaults.DEFAULT);

    @ParameterizedTest
    @CsvSource({"PT0S,PT30S", "PT30S,PT60S", "PT90S,PT120S", "PT1H,PT10M", "PT23H59M,PT10M"})
    void decision1_anUnreadablePayloadWaitsLongerEachTime(Duration elapsed, Duration delay) {
        assertThat(policy((retry, backoff) -> Duration.ZERO)
                        .unreadable(task(CLAIMED.minus(elapsed)), new TaskPayloadException("no")))
                .isInstanceOfSatisfying(
                        TaskOutcome.Postponed.class,
                        postponed -> assertThat(postponed.delay()).isEqualTo(delay));
    }

    @Test
    void decision1_anUnreadablePayloadIsPostponedFirstAndFailedAfterADay() {
        TaskFailurePolicy policy = policy((retry, backoff) -> Duration.ZERO);
        TaskPayloadException failure = new TaskPayloadException("no");
        assertThat(policy.unreadable(task(null), failure))
                .isInstanceOfSatisfying(
                        TaskOutcome.Postponed.class,
                        postponed -> assertThat(postponed.delay()).hasSeconds(30));
        assertThat(policy.unreadable(task(CLAIMED.minus(Duration.ofHours(24))), failure))
                .isInstanceOfSatisfying(
                        TaskOutcome.Failed.class,
                        failed -> assertThat(failed.error().type()).isEqualTo("io.tasklane.TaskPayloadException"));
    }

    @Test
    void decision1_whateverMadeItUnreadableItFailsWithATaskPayloadException() {
        TaskOutcome outcome = policy((retry, backoff) -> Duration.ZERO)
                .unreadable(task(CLAIMED.minus(Duration.ofHours(24))), new StackOverflowError());
        assertThat(outcome).isInstanceOfSatisfying(TaskOutcome.Failed.class, failed -> {
            assertThat(failed.error().type()).isEqualTo("io.tasklane.TaskPayloadException");
            assertThat(failed.error().message())
                    .contains("'task'", "PT24H", "tasklane.worker.unreadable-timeout", "StackOverflowError");
        });
    }

    @Test
    void aScheduleThatFailsFallsBackToTheLongestWait() {
        TaskOutcome outcome = policy((retry, backoff) -> {
                    throw new IllegalStateException("broken");
                })
                .failed(
                        task(null),
                        TestNode.definition("task", RetryableFailures.ALL, null),
                        new RuntimeException("failed"));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TaskOutcome.Retried.class,
                        retried -> assertThat(retried.delay()).isEqualTo(Duration.ofHours(1)));
    }

    private TaskFailurePolicy policy(RetrySchedule schedule) {
        return new TaskFailurePolicy(this.queues, schedule, Duration.ofHours(24), 3);
    }

    private static LeasedTask task(@Nullable Instant unreadableSince) {
        return new LeasedTask(
                new TaskLease(new TaskId(1), 1, 1),
                "task",
                "default",
                0,
                1,
                3,
                0,
                0,
                "",
                1,
                Map.of(),
                CLAIMED,
                CLAIMED,
                unreadableSince,
                false);
    }
}
