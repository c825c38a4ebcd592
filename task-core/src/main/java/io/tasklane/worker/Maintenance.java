package io.tasklane.worker;

import io.tasklane.store.TaskMaintenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Does what one node has to do for all: runs its jobs while this node holds the maintenance lease, and asks for the lease at
 * intervals while another one does.
 */
final class Maintenance {

    private static final Log logger = LogFactory.getLog(Maintenance.class);

    private static final long UNTIL_JOINED = Duration.ofSeconds(1).toNanos();

    private final TaskMaintenance store;

    private final WorkerPresence presence;

    private final Ticker ticker;

    private final Duration lease;

    private final List<Scheduled> jobs = new ArrayList<>();

    private long holder;

    private long asker;

    private long nextAsk;

    private volatile boolean closed;

    Maintenance(TaskMaintenance store, WorkerPresence presence, Ticker ticker, Duration lease) {
        this.store = store;
        this.presence = presence;
        this.ticker = ticker;
        this.lease = lease;
    }

    /** Adds a job; its first piece is due as soon as this node holds the lease. Before the first step only. */
    void add(MaintenanceJob job) {
        this.jobs.add(new Scheduled(job, this.ticker.nanoTime()));
    }

    /** Begins no further piece of work. Others get the lease when this node leaves. */
    void close() {
        this.closed = true;
    }

    /** A step of the maintenance loop: at most one piece of each job. */
    long maintain() {
        if (this.jobs.isEmpty() || this.closed) {
            return EngineLoop.UNTIL_WOKEN;
        }
        OptionalLong worker = this.presence.claimingId();
        if (worker.isEmpty()) {
            return UNTIL_JOINED;
        }
        long now = this.ticker.nanoTime();
        if (this.asker != worker.getAsLong() || now - this.nextAsk >= 0) {
            ask(worker.getAsLong(), now);
        }
        long wait = this.nextAsk - now;
        if (this.holder == this.asker) {
            for (Scheduled job : this.jobs) {
                wait = Math.min(wait, work(job));
            }
        }
        return Math.max(0, wait);
    }

    private void ask(long worker, long now) {
        boolean held = this.store.leaseMaintenance(worker, this.lease);
        if (held != (this.holder == worker)) {
            logger.info("Worker %d %s the task store".formatted(worker, held ? "maintains" : "no longer maintains"));
        }
        this.holder = held ? worker : 0;
        this.asker = worker;
        // Twice per lease: the holder keeps it although one answer is late, and the others find a dead one's in time.
        this.nextAsk = now + Nanos.of(this.lease) / 2;
    }

    private long work(Scheduled job) {
        if (!this.closed && this.ticker.nanoTime() - job.next >= 0) {
            long wait = job.work.run();
            job.next = this.ticker.nanoTime() + wait;
        }
        return job.next - this.ticker.nanoTime();
    }

    /** A job, and when its next piece is due. */
    private static final class Scheduled {

        private final MaintenanceJob work;

        private long next;

        Scheduled(MaintenanceJob work, long next) {
            this.work = work;
            this.next = next;
        }
    }
}
