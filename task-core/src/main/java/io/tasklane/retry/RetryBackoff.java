package io.tasklane.retry;

import java.time.Duration;

/**
 * How long failed tasks wait, with nothing left out.
 *
 * @param initial wait before the first retry, not negative
 * @param multiplier factor from one wait to the next, at least 1
 * @param max longest wait, not negative
 * @param jitter random share added to or taken from each wait, 0 to 1
 */
public record RetryBackoff(Duration initial, double multiplier, Duration max, double jitter) {

    /** 60 s, doubled each time up to 1 h, plus or minus ten percent. */
    public static final RetryBackoff DEFAULT = new RetryBackoff(Duration.ofSeconds(60), 2, Duration.ofHours(1), 0.1);
}
