package io.tasklane.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Waits {@code initial × multiplier^(retry − 1)}, at most {@code max}, plus or minus a random share of that. */
public final class ExponentialRetrySchedule implements RetrySchedule {

    private final DoubleSupplier random;

    /** Creates a schedule with a random source of the JVM. */
    public ExponentialRetrySchedule() {
        this(() -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Creates a schedule.
     *
     * @param random numbers from 0 inclusive to 1 exclusive
     */
    public ExponentialRetrySchedule(DoubleSupplier random) {
        this.random = random;
    }

    @Override
    public Duration delay(int retry, RetryBackoff backoff) {
        if (retry < 1) {
            throw new IllegalArgumentException("Retries are numbered from 1, not " + retry);
        }
        double longest = millis(backoff.max());
        double wait = Math.min(longest, grown(retry, backoff));
        double share = backoff.jitter() * (2 * this.random.getAsDouble() - 1);
        return Duration.ofMillis(Math.round(Math.max(0, wait + wait * share)));
    }

    // The power may be infinite, and zero times infinity is no number.
    private static double grown(int retry, RetryBackoff backoff) {
        double initial = millis(backoff.initial());
        return initial == 0 ? 0 : initial * Math.pow(backoff.multiplier(), retry - 1.0);
    }

    private static double millis(Duration duration) {
        return duration.getSeconds() * 1_000d + duration.getNano() / 1_000_000d;
    }
}
