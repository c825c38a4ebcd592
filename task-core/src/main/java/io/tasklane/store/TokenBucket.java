package io.tasklane.store;

import io.tasklane.RateLimit;
import java.time.Duration;
import java.time.Instant;

/**
 * The tokens of a rate limit as of a time. Tasks take whole ones; a fraction is carried over, so that a claim which comes a
 * little late loses nothing. It never holds a whole token more than the burst.
 *
 * @param tokens how many there are
 * @param filledAt as of when, by the store's clock
 */
public record TokenBucket(double tokens, Instant filledAt) {

    /** Fills up whatever limit it is used with. */
    public static final TokenBucket FULL = new TokenBucket(0, Instant.EPOCH);

    /** Less than one, so that the burst and what is carried over never make one more token. */
    private static final double CARRIED = 0.999;

    /** The sum of many fractions is a little less than it should be. */
    private static final double ROUNDING = 1e-6;

    /** Who waits waits for so much at once, and not for each of a thousand tokens a second. */
    private static final double STEP_SECONDS = 0.05;

    /** Returns it as of now. A clock that was put back costs what it would have got meanwhile, and no more. */
    public TokenBucket refilled(RateLimit limit, Instant now) {
        double perSecond = perSecond(limit);
        double elapsed = Math.max(0, seconds(Duration.between(this.filledAt, now)));
        double most = limit.burst() + Math.min(CARRIED, perSecond);
        return new TokenBucket(Math.min(most, this.tokens + elapsed * perSecond), now);
    }

    /** How many tasks may start now. */
    public int whole() {
        return (int) Math.floor(this.tokens + ROUNDING);
    }

    /** Returns it without the tokens of tasks that have started. */
    public TokenBucket without(int taken) {
        return new TokenBucket(this.tokens - taken, this.filledAt);
    }

    /**
     * Returns how long it takes until it is worth to ask again: until there is one token, at high rates until there are those of
     * 50 milliseconds.
     *
     * @param limit a limit that is not blocked
     * @param wanted how many would be taken
     */
    public Duration untilNext(RateLimit limit, int wanted) {
        double perSecond = perSecond(limit);
        double step = Math.max(1, Math.min(Math.min(limit.burst(), wanted), Math.floor(perSecond * STEP_SECONDS)));
        double seconds = Math.max(0, step - this.tokens) / perSecond;
        // One microsecond more: the store's clock has no finer steps.
        return Duration.ofNanos((long) Math.ceil(seconds * 1e9 + 1_000));
    }

    private static double perSecond(RateLimit limit) {
        return limit.limit() / seconds(limit.interval());
    }

    // A long does not hold the nanoseconds of the longest intervals.
    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
