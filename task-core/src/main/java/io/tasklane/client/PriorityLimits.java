package io.tasklane.client;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.queue.QueueRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Keeps priorities within what their queue allows. Says so once for each task and queue. Thread-safe. */
final class PriorityLimits {

    private static final Log logger = LogFactory.getLog(PriorityLimits.class);

    /** Names of tasks may come from a request: they must not fill the memory. */
    private static final int MAX_WARNED = 1_000;

    private final QueueRegistry queues;

    private final Set<Place> warned = ConcurrentHashMap.newKeySet();

    PriorityLimits(QueueRegistry queues) {
        this.queues = queues;
    }

    /** Returns the priority with which a task is stored. */
    int apply(String task, String queue, int priority) {
        QueueSettings settings = this.queues.settings(queue);
        Integer min = settings.get(QueueSetting.MIN_PRIORITY);
        Integer max = settings.get(QueueSetting.MAX_PRIORITY);
        if (min == null && max == null) {
            return priority;
        }
        int limited = limit(priority, min, max);
        if (limited != priority && this.warned.size() < MAX_WARNED && this.warned.add(new Place(task, queue))) {
            logger.warn(
                    ("Task '%s' was enqueued with priority %d, but queue '%s' allows %s: it is stored with %d. Correct the"
                                    + " priority or the limit; this is said once for each task and queue")
                            .formatted(task, priority, queue, allowed(min, max), limited));
        }
        return limited;
    }

    private static int limit(int priority, @Nullable Integer min, @Nullable Integer max) {
        int limited = max != null && priority > max ? max : priority;
        return min != null && limited < min ? min : limited;
    }

    private static String allowed(@Nullable Integer min, @Nullable Integer max) {
        if (min == null) {
            return "at most " + max;
        }
        return max == null ? "at least " + min : min + " to " + max;
    }

    private record Place(String task, String queue) {}
}
