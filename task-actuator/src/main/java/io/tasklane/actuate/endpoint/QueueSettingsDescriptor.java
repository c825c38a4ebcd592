package io.tasklane.actuate.endpoint;

import io.tasklane.ConcurrencyRange;
import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.RateLimit;
import io.tasklane.WorkerTags;
import io.tasklane.handler.TaskBackoff;
import io.tasklane.queue.AutoPauseRule;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.retry.RetryBackoff;
import io.tasklane.store.PriorityAging;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What applies to the tasks of a queue on this node: what is set for the queue, else this node's defaults.
 *
 * @param concurrency how many of its tasks one node runs at once, the most if that is a range
 * @param minConcurrency the least number of the range, else the same
 * @param pollInterval longest time a task may wait to be seen by this node, as in a configuration file; null if it only
 *     produces
 * @param executor what tasks run on in a container of the queue's own, as in a configuration file; null if this node only
 *     produces
 * @param retries how often its failed tasks are tried again
 * @param defaultPriority priority of its tasks that have none of their own
 * @param minPriority least priority of its tasks, null for any
 * @param maxPriority highest priority of its tasks, null for any
 * @param backoff how long its failed tasks wait
 * @param tags expressions of which one must match a tag of a node for it to run its tasks; null for every node
 * @param maxRunning how many of its tasks all nodes together run at once; null without a limit
 * @param reservedSlots how many slots the other queues of the same container leave free for it
 * @param rateLimit how many of its tasks all nodes together start in an interval; null without a limit
 * @param rateInterval that interval, as in a configuration file; null without a limit
 * @param rateBurst how many of its tasks may start at once; null without a limit
 * @param autoPause when its failures pause it; null if they never do
 * @param aging how its tasks gain priority while they wait; null if they do not
 */
public record QueueSettingsDescriptor(
        int concurrency,
        int minConcurrency,
        @Nullable String pollInterval,
        @Nullable String executor,
        int retries,
        int defaultPriority,
        @Nullable Integer minPriority,
        @Nullable Integer maxPriority,
        Backoff backoff,
        @Nullable List<String> tags,
        @Nullable Integer maxRunning,
        int reservedSlots,
        @Nullable Integer rateLimit,
        @Nullable String rateInterval,
        @Nullable Integer rateBurst,
        @Nullable AutoPause autoPause,
        @Nullable Aging aging) {

    static QueueSettingsDescriptor of(String queue, QueueRegistry registry, @Nullable WorkerNodeView node) {
        ConcurrencyRange concurrency = registry.concurrency(queue);
        RateLimit rate = registry.rateLimit(queue);
        return new QueueSettingsDescriptor(
                concurrency.max(),
                concurrency.min(),
                node != null ? node.pollInterval(queue) : null,
                node != null ? node.executor(queue) : null,
                registry.retries(null, queue),
                registry.priority(null, queue),
                registry.settings(queue).get(QueueSetting.MIN_PRIORITY),
                registry.settings(queue).get(QueueSetting.MAX_PRIORITY),
                Backoff.of(registry.backoff(TaskBackoff.UNSET, queue)),
                tags(registry.settings(queue)),
                registry.settings(queue).get(QueueSetting.MAX_RUNNING),
                Objects.requireNonNullElse(registry.settings(queue).get(QueueSetting.RESERVED_SLOTS), 0),
                rate != null ? rate.limit() : null,
                rate != null ? ConfiguredDuration.format(rate.interval()) : null,
                rate != null ? rate.burst() : null,
                AutoPause.of(registry.settings(queue)),
                Aging.of(registry.settings(queue)));
    }

    private static @Nullable List<String> tags(QueueSettings settings) {
        WorkerTags tags = settings.get(QueueSetting.TAGS);
        return tags != null ? tags.expressions() : null;
    }

    /**
     * How long failed tasks wait.
     *
     * @param initial wait before the first retry, as in a configuration file
     * @param multiplier factor from one wait to the next
     * @param max longest wait, as in a configuration file
     * @param jitter random share of each wait, 0 to 1
     */
    public record Backoff(String initial, double multiplier, String max, double jitter) {

        private static Backoff of(RetryBackoff backoff) {
            return new Backoff(
                    ConfiguredDuration.format(backoff.initial()),
                    backoff.multiplier(),
                    ConfiguredDuration.format(backoff.max()),
                    backoff.jitter());
        }
    }

    /**
     * When the failures of a queue pause it.
     *
     * @param failures how many attempts have to fail in a row on one node; null if that is left out
     * @param rate which share of the last attempts has to fail; null if that is left out
     * @param attempts how many attempts that share is of; null without it
     * @param duration how long the pause is, as in a configuration file
     */
    public record AutoPause(
            @Nullable Integer failures,
            @Nullable Double rate,
            @Nullable Integer attempts,
            String duration) {

        private static @Nullable AutoPause of(QueueSettings settings) {
            AutoPauseRule rule = AutoPauseRule.of(settings);
            return rule != null
                    ? new AutoPause(
                            rule.inRow(),
                            rule.rate(),
                            rule.rate() != null ? rule.attempts() : null,
                            ConfiguredDuration.format(rule.duration()))
                    : null;
        }
    }

    /**
     * How tasks of a queue gain priority while they wait.
     *
     * @param after after how long a wait they gain a step, as in a configuration file
     * @param step how much that is
     * @param max up to which priority they gain
     */
    public record Aging(String after, int step, int max) {

        private static @Nullable Aging of(QueueSettings settings) {
            PriorityAging rule = PriorityAging.of(settings);
            return rule != null ? new Aging(ConfiguredDuration.format(rule.after()), rule.step(), rule.max()) : null;
        }
    }
}
