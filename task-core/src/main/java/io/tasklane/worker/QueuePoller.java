package io.tasklane.worker;

import io.tasklane.store.ReleasedTasks;
import io.tasklane.store.TaskLeases;
import io.tasklane.store.TaskLeases.PromotedTasks;
import io.tasklane.store.TaskLeases.TaskProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the tasks that nobody told this node of: asks for all its queues in one statement, at most once a second, and makes
 * due tasks claimable, and BLOCKED ones whose key has room.
 */
final class QueuePoller {

    private static final int PROMOTED_AT_ONCE = 1_000;

    private static final int RELEASED_AT_ONCE = 500;

    private static final long SHORTEST = Duration.ofSeconds(1).toNanos();

    /** Between probes while due tasks come one after the other that only probes can tell of. */
    private static final long FOLLOWING = Duration.ofMillis(100).toNanos();

    private final TaskLeases leases;

    private final WorkerSettings settings;

    private final PolledQueues queues;

    private final Ticker ticker;

    private final Consumer<Set<String>> promoted;

    private final DueTimes due;

    private final Map<String, Long> polled = new HashMap<>();

    private long lastProbe;

    private boolean following;

    private volatile boolean asked;

    private volatile boolean releasing;

    /**
     * Creates the poller.
     *
     * @param promoted told of the queues whose tasks were made claimable
     */
    QueuePoller(
            TaskLeases leases,
            WorkerSettings settings,
            PolledQueues queues,
            Consumer<Set<String>> promoted,
            Ticker ticker) {
        this.leases = leases;
        this.settings = settings;
        this.queues = queues;
        this.promoted = promoted;
        this.ticker = ticker;
        this.due = new DueTimes(ticker);
        this.lastProbe = ticker.nanoTime() - SHORTEST;
    }

    /** A task becomes due in a while. Returns whether the loop has to be woken for it. */
    boolean dueIn(Duration delay) {
        return this.due.add(Nanos.of(delay));
    }

    /** A task of another JVM becomes due in a while. Returns whether the loop has to be woken for it. */
    boolean foreignDueIn(Duration delay) {
        return this.due.addForeign(Nanos.of(delay));
    }

    /** A task becomes due at a time on the store's clock: only a probe can tell when that is. */
    void ask() {
        this.asked = true;
    }

    /** Some BLOCKED tasks may get their keys. The loop has to be woken for it. */
    void release() {
        this.releasing = true;
    }

    /** A step of the poller's loop. */
    long poll() {
        if (this.releasing) {
            releaseBlocked();
        }
        boolean foreign = this.due.takeForeign();
        boolean own = this.due.takeDue();
        if (foreign) {
            // More of them may follow, which only a probe can tell.
            this.asked = true;
            this.following |= promote();
        } else if (own) {
            promote();
        }
        long now = this.ticker.nanoTime();
        List<String> elapsed = elapsed(now);
        if (now - this.lastProbe >= gap() && (this.asked || !elapsed.isEmpty())) {
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
        // To look for tasks where claims go on anyway only costs.
        TaskProbe found =
                ask(elapsed.stream().filter(queue -> !this.queues.isHot(queue)).toList(), now);
        elapsed.forEach(queue -> this.polled.put(queue, now));
        this.queues.ready(found.queues());
        if (found.blocked()) {
            releaseBlocked();
        }
        if (found.untilDue() == null) {
            return;
        }
        if (found.untilDue().isZero()) {
            this.following = promote();
            this.asked = true;
        } else {
            this.due.addForeign(Nanos.of(found.untilDue()));
        }
    }

    private TaskProbe ask(List<String> elapsed, long now) {
        this.lastProbe = now;
        this.asked = false;
        this.following = false;
        // The answer knows more of what was heard up to here.
        this.due.clearForeign();
        try {
            return this.leases.probe(elapsed, this.queues.excludedTasks());
        } catch (RuntimeException ex) {
            this.asked = true;
            throw ex;
        }
    }

    private void releaseBlocked() {
        this.releasing = false;
        ReleasedTasks tasks;
        do {
            try {
                tasks = this.leases.releaseBlocked(RELEASED_AT_ONCE);
            } catch (RuntimeException ex) {
                this.releasing = true;
                throw ex;
            }
            this.promoted.accept(tasks.tasks().keySet());
        } while (tasks.more());
    }

    private boolean promote() {
        boolean any = false;
        PromotedTasks tasks;
        do {
            tasks = this.leases.promoteDue(PROMOTED_AT_ONCE);
            any |= tasks.count() > 0;
            this.promoted.accept(tasks.queues());
            if (tasks.blocked()) {
                releaseBlocked();
            }
        } while (tasks.count() >= PROMOTED_AT_ONCE);
        return any;
    }

    private long gap() {
        return this.following ? FOLLOWING : SHORTEST;
    }

    private long untilProbe() {
        long now = this.ticker.nanoTime();
        long next = this.asked ? 0 : EngineLoop.UNTIL_WOKEN;
        for (String queue : this.queues.names()) {
            Long last = this.polled.get(queue);
            next = Math.min(next, last == null ? 0 : last + interval(queue) - now);
        }
        return Math.max(next, this.lastProbe + gap() - now);
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
