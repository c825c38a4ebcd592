package io.tasklane.actuate.health;

import io.tasklane.TaskState;
import io.tasklane.actuate.CachedQueueStatistics;
import io.tasklane.store.QueueStatistics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Sees which queues have too many failed tasks, at every reading of the statistics of the queues, and tells of it once. Thread-safe. */
public final class FailureWatch {

    private static final Log logger = LogFactory.getLog(FailureWatch.class);

    private final CachedQueueStatistics statistics;

    private final FailureLimits limits;

    private final Consumer<TaskFailuresExceededEvent> listener;

    private volatile List<TaskFailuresExceededEvent> exceeded = List.of();

    /**
     * Creates a watch that sees what is read from now on.
     *
     * @param statistics what is in the queues
     * @param limits how many failed tasks are too many
     * @param listener told when a queue gets too many
     */
    public FailureWatch(
            CachedQueueStatistics statistics, FailureLimits limits, Consumer<TaskFailuresExceededEvent> listener) {
        this.statistics = statistics;
        this.limits = limits;
        this.listener = listener;
        statistics.whenRead(this::look);
    }

    /** Returns which queues have too many failed tasks, ordered by name, as of a recent reading. */
    List<TaskFailuresExceededEvent> exceeded() {
        this.statistics.get();
        return this.exceeded;
    }

    /** What the health is then. */
    FailureLimits.Severity severity() {
        return this.limits.status();
    }

    private void look(Map<String, QueueStatistics> read) {
        Set<String> before =
                this.exceeded.stream().map(TaskFailuresExceededEvent::queue).collect(Collectors.toSet());
        List<TaskFailuresExceededEvent> now = read.values().stream()
                .filter(this::isExceeded)
                .map(queue -> new TaskFailuresExceededEvent(
                        queue.queue(), queue.count(TaskState.FAILED), this.limits.of(queue.queue())))
                .sorted(Comparator.comparing(TaskFailuresExceededEvent::queue))
                .toList();
        this.exceeded = now;
        now.stream().filter(event -> !before.contains(event.queue())).forEach(this::tell);
    }

    private boolean isExceeded(QueueStatistics queue) {
        int limit = this.limits.of(queue.queue());
        return limit >= 0 && queue.count(TaskState.FAILED) > limit;
    }

    private void tell(TaskFailuresExceededEvent event) {
        logger.warn("Queue '%s' has %d failed tasks, more than the %d of tasklane.health.max-failed"
                .formatted(event.queue(), event.failed(), event.maxFailed()));
        this.listener.accept(event);
    }
}
