package io.tasklane.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a failed task waits, as far as it is set; null means left out.
 *
 * @param initial wait before the first retry
 * @param multiplier factor from one wait to the next, at least 1
 * @param max longest wait
 * @param jitter random share of each wait, 0 to 1
 */
public record TaskBackoff(
        @Nullable Duration initial,
        @Nullable Double multiplier,
        @Nullable Duration max,
        @Nullable Double jitter) {

    /** Nothing set. */
    public static final TaskBackoff UNSET = new TaskBackoff(null, null, null, null);

    /** What is set here, with another one behind it. */
    TaskBackoff over(TaskBackoff other) {
        return new TaskBackoff(
                this.initial != null ? this.initial : other.initial,
                this.multiplier != null ? this.multiplier : other.multiplier,
                this.max != null ? this.max : other.max,
                this.jitter != null ? this.jitter : other.jitter);
    }
}
