package io.tasklane.store;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How tasks of a queue gain priority while they wait.
 *
 * @param after after how long they gain a step, and another one, positive
 * @param step how much that is, at least 1
 * @param max priority up to which they gain
 */
public record PriorityAging(Duration after, int step, int max) {

    /** Returns the rule of a queue, null if its tasks gain nothing. */
    public static @Nullable PriorityAging of(QueueSettings settings) {
        Duration after = settings.get(QueueSetting.AGING_AFTER);
        return after == null
                ? null
                : new PriorityAging(
                        after,
                        Objects.requireNonNullElse(settings.get(QueueSetting.AGING_STEP), 1),
                        Objects.requireNonNullElse(settings.get(QueueSetting.AGING_MAX), Integer.MAX_VALUE));
    }

    /**
     * Returns the priority that a task has come to.
     *
     * @param priority its priority when it was enqueued
     * @param waited how long it has waited to be claimed
     */
    public int priority(int priority, Duration waited) {
        if (priority >= this.max || waited.isNegative()) {
            return priority;
        }
        long steps = Math.min(waited.dividedBy(this.after), Integer.MAX_VALUE);
        return (int) Math.min(this.max, priority + steps * this.step);
    }
}
