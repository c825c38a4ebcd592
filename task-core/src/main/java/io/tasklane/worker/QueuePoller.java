package io.tasklane.worker;

import io.tasklane.store.TaskLeases;
import io.tasklane.store.TaskLeases.PromotedTasks;
import io.tasklane.store.TaskLeases.TaskProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the tasks that nobody told this node of: asks for all its queues in one statement, at most once a second, and makes
 * due tasks claimable.
 */
final class QueuePoller {

    private static final int PROMOTED_AT_ONCE = 1_000;

    private static final long SHORTEST = Duration.ofSeconds(1).toNanos();

    private final TaskLeases leases;

    private final WorkerSettings settings;

    private final PolledQueues queues;

    private final Ticker ticker;

    private final DueTimes due;

    private final Map<String, Long> polled = new HashMap<>();

    private long lastProbe;

    private volatile boolean asked;

    QueuePoller(TaskLeases leases, WorkerSettings settings, PolledQueues queues, Ticker ticker) {
        this.leases = leases;
        this.settings = settings;
        this.queues = queues;
        this.ticker = ticker;
        this.due = new DueTimes(ticker);
        this.lastProbe = ticker.nanoTime() - SHORTEST;
    }

    /** A task becomes due in a while. Returns whether the loop has to be woken for it. */
    boolean dueIn(Duration delay) {
        return this.due.add(Nanos.of(delay));
    }

    /** A task becomes due at a time on the store's clock: only a probe can tell when that is. */
    void ask() {
        this.asked = true;
    }

    /** A step of the poller's loop. */
    long poll() {
        if (this.due.takeDue()) {
            promote();
        }
        long now = this.ticker.nanoTime();
        List<String> elapsed = elapsed(now);
        if (now - this.lastProbe >= SHORTEST && (this.asked || !elapsed.isEmpty())) {
            this.asked = false;
            probe(elapsed, now);
        }
        return Math.max(1, Math.min(this.due.untilNext(), untilProbe()));
    }

    private List<String> elapsed(long now) {
        List<String> elapsed = new ArrayList<>();
        for (String queue : this.queues.names()) {
            Long last = this.polled.get(queue);
            if (last == null || now - last >= interval(queue)) {
                elapsed.add(queue);
            }
        }
        return elapsed;
    }

    private void probe(List<String> elapsed, long now) {
        this.lastProbe = now;
        // To look for tasks where claims go on anyway only costs.
        List<String> silent =
                elapsed.stream().filter(queue -> !this.queues.isHot(queue)).toList();
        TaskProbe found = this.leases.probe(silent, this.queues.excludedTasks());
        elapsed.forEach(queue -> this.polled.put(queue, now));
        this.queues.ready(found.queues());
        if (found.untilDue() == null) {
            return;
        }
        if (found.untilDue().isZero()) {
            promote();
        } else {
            this.due.setProbed(Nanos.of(found.untilDue()));
        }
    }

    private void promote() {
        PromotedTasks promoted;
        do {
            promoted = this.leases.promoteDue(PROMOTED_AT_ONCE);
            this.queues.ready(promoted.queues());
        } while (promoted.count() >= PROMOTED_AT_ONCE);
    }

    private long untilProbe() {
        long now = this.ticker.nanoTime();
        long next = this.asked ? 0 : EngineLoop.UNTIL_WOKEN;
        for (String queue : this.queues.names()) {
            Long last = this.polled.get(queue);
            next = Math.min(next, last == null ? 0 : last + interval(queue) - now);
        }
        return Math.max(next, this.lastProbe + SHORTEST - now);
    }

    private long interval(String queue) {
        return Nanos.of(this.settings.queue(queue).pollInterval());
    }

    /** The queues of this node. */
    interface PolledQueues {

        /** Their names. */
        Set<String> names();

        /** Whether the next free slot asks for tasks of this queue anyway. */
        boolean isHot(String name);

        /** Names of tasks that this node cannot run. */
        Set<String> excludedTasks();

        /** These queues have tasks to claim. */
        void ready(Set<String> names);
    }
}
