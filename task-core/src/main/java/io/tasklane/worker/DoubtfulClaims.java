package io.tasklane.worker;

import io.tasklane.store.HeldLease;
import io.tasklane.store.TaskLease;
import io.tasklane.store.TaskLeases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Claims whose answer was lost. What they claimed is held by this living worker, which does not know of it: nobody would
 * ever run it, so it is looked for and put back. Thread-safe.
 */
final class DoubtfulClaims {

    private static final Log logger = LogFactory.getLog(DoubtfulClaims.class);

    /** The database may still be busy with the claim when its connection is given up, so it is looked for again. */
    private static final List<Duration> AGAIN_AFTER =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final TaskLeases leases;

    private final WorkerPresence presence;

    private final Ticker ticker;

    private final Runnable putBack;

    private final Runnable added;

    private final Map<Long, Doubt> doubts = new ConcurrentHashMap<>();

    /**
     * Creates it without any.
     *
     * @param putBack run when tasks were put back
     * @param added run when there is something to look for
     */
    DoubtfulClaims(TaskLeases leases, WorkerPresence presence, Ticker ticker, Runnable putBack, Runnable added) {
        this.leases = leases;
        this.presence = presence;
        this.ticker = ticker;
        this.putBack = putBack;
        this.added = added;
    }

    /** The answer to the claim with this token was lost. */
    void add(long worker, long token) {
        this.doubts.put(token, new Doubt(worker, this.ticker.nanoTime(), 0));
        this.added.run();
    }

    /** Looks for tasks if it is time; returns how long it is not. */
    long check() {
        if (this.doubts.isEmpty()) {
            return EngineLoop.UNTIL_WOKEN;
        }
        OptionalLong worker = this.presence.id();
        // The tasks of a worker that was declared dead are the others' business.
        this.doubts.values().removeIf(doubt -> worker.isEmpty() || doubt.worker() != worker.getAsLong());
        long now = this.ticker.nanoTime();
        if (this.doubts.values().stream().anyMatch(doubt -> doubt.due() <= now)) {
            putBack(worker.getAsLong());
            this.doubts.values().removeIf(doubt -> doubt.due() <= now && doubt.looks() == AGAIN_AFTER.size());
            this.doubts.replaceAll((token, doubt) -> doubt.due() <= now ? doubt.again(now) : doubt);
        }
        return this.doubts.values().stream()
                .mapToLong(doubt -> Math.max(1, doubt.due() - now))
                .min()
                .orElse(EngineLoop.UNTIL_WOKEN);
    }

    private void putBack(long worker) {
        List<TaskLease> lost = this.leases.leases(worker).stream()
                .map(HeldLease::lease)
                .filter(lease -> this.doubts.containsKey(lease.token()))
                .toList();
        if (!lost.isEmpty()) {
            logger.info("Put back %d tasks that were claimed while the connection broke"
                    .formatted(UnknownLeases.putBack(this.leases, worker, lost)));
            this.putBack.run();
        }
    }

    /** A claim of which it is not known what it claimed. */
    private record Doubt(long worker, long due, int looks) {

        Doubt again(long now) {
            return new Doubt(this.worker, now + AGAIN_AFTER.get(this.looks).toNanos(), this.looks + 1);
        }
    }
}
