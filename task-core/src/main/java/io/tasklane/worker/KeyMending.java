package io.tasklane.worker;

import io.tasklane.store.TaskMaintenance;
import java.time.Duration;

/** Looks at intervals for keys that nobody gives up, or nobody waits for any more, so that none is stuck for ever. */
final class KeyMending implements MaintenanceJob {

    private static final int BATCH = 1_000;

    private static final long INTERVAL = Duration.ofMinutes(5).toNanos();

    private final TaskMaintenance store;

    private final Ticker ticker;

    KeyMending(TaskMaintenance store, Ticker ticker) {
        this.store = store;
        this.ticker = ticker;
    }

    @Override
    public long run() {
        long start = this.ticker.nanoTime();
        // A pause nine times as long as the batch: nearly always there is nothing to find.
        return this.store.mendKeys(BATCH) ? INTERVAL : 9 * (this.ticker.nanoTime() - start);
    }
}
