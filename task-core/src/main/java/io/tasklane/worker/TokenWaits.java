package io.tasklane.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Until when queues with a rate limit are not to be asked, because their buckets had no tokens for all that was asked. Whatever
 * arrives meanwhile does not make it sooner. Thread-safe.
 */
final class TokenWaits {

    /** The limit of a task may have been raised on another node meanwhile. */
    private static final long LONGEST_LOOK = Duration.ofSeconds(10).toNanos();

    private final Ticker ticker;

    private final Map<String, Long> ends = new HashMap<>();

    private final Map<String, Long> looks = new HashMap<>();

    private long cleared;

    TokenWaits(Ticker ticker) {
        this.ticker = ticker;
    }

    /** To be taken before a claim. */
    synchronized long mark() {
        return this.cleared;
    }

    /** The claim after this mark has found too few tokens. It may not know of a limit that has changed since then. */
    synchronized void waitFor(String queue, Duration duration, long mark) {
        if (mark == this.cleared) {
            this.ends.put(queue, this.ticker.nanoTime() + Nanos.of(duration));
        }
    }

    /** Tasks of a queue wait, and nobody will tell when they may start; others of it need not. */
    synchronized void lookAfter(String queue, Duration duration) {
        long wait = Math.min(Nanos.of(duration), LONGEST_LOOK);
        this.looks.put(queue, this.ticker.nanoTime() + wait);
    }

    /** Takes the queues whose tasks may start by now. */
    synchronized List<String> takeLooks() {
        if (this.looks.isEmpty()) {
            return List.of();
        }
        long now = this.ticker.nanoTime();
        List<String> due = new ArrayList<>();
        this.looks.entrySet().removeIf(look -> look.getValue() - now <= 0 && due.add(look.getKey()));
        return due;
    }

    /** The limit may have changed: the queue may be asked. */
    synchronized void clear(String queue) {
        this.cleared++;
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
        for (long look : this.looks.values()) {
            next = Math.min(next, Math.max(1, look - this.ticker.nanoTime()));
        }
        return next;
    }
}
