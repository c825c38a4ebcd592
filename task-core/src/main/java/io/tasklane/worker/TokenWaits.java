package io.tasklane.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Until when queues with a rate limit are not to be asked, because their buckets had no tokens for all that was asked. Whatever
 * arrives meanwhile does not make it sooner. Thread-safe.
 */
final class TokenWaits {

    private final Ticker ticker;

    private final Map<String, Long> ends = new HashMap<>();

    TokenWaits(Ticker ticker) {
        this.ticker = ticker;
    }

    synchronized void waitFor(String queue, Duration duration) {
        this.ends.put(queue, this.ticker.nanoTime() + Nanos.of(duration));
    }

    /** The limit may have changed: the queue may be asked. */
    synchronized void clear(String queue) {
        this.ends.remove(queue);
    }

    synchronized boolean isWaiting(String queue) {
        Long end = this.ends.get(queue);
        return end != null && end - this.ticker.nanoTime() > 0;
    }

    /** Nanoseconds until the first of these queues may be asked that may not be now; {@link EngineLoop#UNTIL_WOKEN} if there is none. */
    synchronized long untilNext(Collection<String> queues) {
        long next = EngineLoop.UNTIL_WOKEN;
        if (!this.ends.isEmpty()) {
            for (String queue : queues) {
                Long end = this.ends.get(queue);
                long left = end != null ? end - this.ticker.nanoTime() : 0;
                next = left > 0 ? Math.min(next, left) : next;
            }
        }
        return next;
    }
}
