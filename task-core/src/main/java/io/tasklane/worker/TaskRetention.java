package io.tasklane.worker;

import io.tasklane.store.TaskMaintenance;
import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Deletes tasks that ended long ago, one batch after the other, and then waits for more to grow old. */
final class TaskRetention implements MaintenanceJob {

    private static final Log logger = LogFactory.getLog(TaskRetention.class);

    private static final long TOLD_EVERY = Duration.ofSeconds(10).toNanos();

    private final TaskMaintenance store;

    private final RetentionSettings settings;

    private final Ticker ticker;

    private long deleted;

    private long startedAt;

    private long toldAt;

    TaskRetention(TaskMaintenance store, RetentionSettings settings, Ticker ticker) {
        this.store = store;
        this.settings = settings;
        this.ticker = ticker;
    }

    @Override
    public long run() {
        long now = this.ticker.nanoTime();
        if (this.deleted == 0) {
            this.startedAt = now;
            this.toldAt = now;
        }
        int batch = this.store.prune(this.settings.ages(), this.settings.batchSize());
        this.deleted += batch;
        long ended = this.ticker.nanoTime();
        if (batch < this.settings.batchSize()) {
            tellEnd(ended);
            this.deleted = 0;
            return Nanos.of(this.settings.interval());
        }
        tellProgress(ended);
        // A pause as long as the batch: half of the time belongs to the workers.
        return ended - now;
    }

    private void tellProgress(long now) {
        if (now - this.toldAt >= TOLD_EVERY) {
            this.toldAt = now;
            logger.info("Deleted %d tasks that ended long ago in %d s, and goes on"
                    .formatted(this.deleted, seconds(now - this.startedAt)));
        }
    }

    private void tellEnd(long now) {
        if (this.deleted == 0) {
            return;
        }
        String message =
                "Deleted %d tasks that ended long ago in %d s".formatted(this.deleted, seconds(now - this.startedAt));
        if (now - this.startedAt >= TOLD_EVERY) {
            logger.info(message);
        } else {
            logger.debug(message);
        }
    }

    private static long seconds(long nanos) {
        return Duration.ofNanos(nanos).toSeconds();
    }
}
