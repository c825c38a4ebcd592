package io.tasklane.actuate.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.TaskState;
import io.tasklane.actuate.CachedQueueStatistics;
import io.tasklane.actuate.StubQueueStore;
import io.tasklane.actuate.health.FailureLimits.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureWatchTests {

    private final StubQueueStore store = new StubQueueStore();

    private final CachedQueueStatistics statistics =
            new CachedQueueStatistics(this.store, Runnable::run, () -> 0, CachedQueueStatistics.LIMITS);

    private final List<TaskFailuresExceededEvent> events = new ArrayList<>();

    @Test
    void r30_aHundredFailedTasksAreWellAndOneMoreIsNot() {
        FailureWatch watch = watch(FailureLimits.DEFAULT);
        failed("email", 100);
        assertThat(watch.exceeded()).isEmpty();
        failed("email", 101);
        assertThat(watch.exceeded()).containsExactly(new TaskFailuresExceededEvent("email", 101, 100));
    }

    @Test
    void r30_eachCrossingIsToldOnce() {
        FailureWatch watch = watch(FailureLimits.DEFAULT);
        for (long count : new long[] {101, 150, 300, 99, 100, 101, 102}) {
            failed("email", count);
            watch.exceeded();
        }
        assertThat(this.events)
                .containsExactly(
                        new TaskFailuresExceededEvent("email", 101, 100),
                        new TaskFailuresExceededEvent("email", 101, 100));
    }

    @Test
    void r30_queuesMayHaveALimitOfTheirOwnOrNone() {
        FailureWatch watch =
                watch(new FailureLimits(100, Map.of("strict", 0, "lenient", 500, "careless", -1), Severity.DOWN));
        failed("strict", 1);
        failed("lenient", 500);
        failed("careless", 1_000_000);
        failed("email", 101);
        assertThat(watch.exceeded())
                .extracting(TaskFailuresExceededEvent::queue)
                .containsExactly("email", "strict");
    }

    @Test
    void r30_whoeverReadsTheQueuesItIsSeen() {
        watch(FailureLimits.DEFAULT);
        failed("email", 101);
        this.statistics.get();
        assertThat(this.events).hasSize(1);
    }

    @Test
    void r30_aListenerThatFailsDisturbsNeitherHealthNorMeters() {
        FailureWatch watch = new FailureWatch(this.statistics, FailureLimits.DEFAULT, event -> {
            throw new IllegalStateException("no mail server");
        });
        failed("email", 101);
        assertThat(watch.exceeded()).hasSize(1);
        assertThat(this.statistics.get()).containsKey("email");
    }

    private FailureWatch watch(FailureLimits limits) {
        return new FailureWatch(this.statistics, limits, this.events::add);
    }

    private void failed(String queue, long count) {
        this.store.set(queue, Map.of(TaskState.FAILED, count), null, 1);
        this.statistics.expire();
    }
}
