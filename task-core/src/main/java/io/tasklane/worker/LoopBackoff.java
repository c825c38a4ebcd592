package io.tasklane.worker;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long a loop waits after a failure: from 100 ms, doubled up to a limit, minus up to half of it at random. */
final class LoopBackoff {

    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final long FIRST = Duration.ofMillis(100).toNanos();

    private final long limit;

    private final DoubleSupplier random;

    private long next = FIRST;

    LoopBackoff(Duration limit, DoubleSupplier random) {
        this.limit = limit.toNanos();
        this.random = random;
    }

    void reset() {
        this.next = FIRST;
    }

    long nextNanos() {
        long wait = Math.min(this.next, this.limit);
        this.next = Math.min(this.limit, wait * 2);
        return wait - (long) (wait / 2d * this.random.getAsDouble());
    }
}
