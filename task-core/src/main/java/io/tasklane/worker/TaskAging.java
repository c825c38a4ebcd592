package io.tasklane.worker;

import io.tasklane.TaskQueue;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.store.PriorityAging;
import io.tasklane.store.TaskMaintenance;
import io.tasklane.store.TaskMaintenance.AgedTasks;
import io.tasklane.store.TaskMaintenance.Place;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Raises the priority of tasks that have waited long, one batch after the other through all queues that want it, and again after a while. */
final class TaskAging implements MaintenanceJob {

    /** How many tasks are looked at in one transaction. */
    static final int BATCH = 1_000;

    private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

    private static final long SHORTEST_PAUSE = Duration.ofSeconds(1).toNanos();

    private final TaskMaintenance store;

    private final QueueRegistry queues;

    private final Ticker ticker;

    private final Deque<AgingQueue> round = new ArrayDeque<>();

    private @Nullable Place place;

    private long pause;

    TaskAging(TaskMaintenance store, QueueRegistry queues, Ticker ticker) {
        this.store = store;
        this.queues = queues;
        this.ticker = ticker;
    }

    @Override
    public long run() {
        if (this.round.isEmpty()) {
            begin();
        }
        AgingQueue queue = this.round.peek();
        if (queue == null) {
            return LONGEST_PAUSE;
        }
        long start = this.ticker.nanoTime();
        AgedTasks aged = this.store.age(queue.name(), queue.rule(), this.place, BATCH);
        this.place = aged.next();
        if (aged.next() == null) {
            this.round.remove();
            if (this.round.isEmpty()) {
                return this.pause;
            }
        }
        // A pause as long as the batch: half of the time belongs to the workers.
        return this.ticker.nanoTime() - start;
    }

    // A step is seen at the latest a quarter of it too late, or after ten seconds.
    private void begin() {
        this.place = null;
        this.pause = LONGEST_PAUSE;
        for (TaskQueue queue : this.queues.queues()) {
            PriorityAging rule = PriorityAging.of(queue.settings());
            if (rule != null) {
                this.round.add(new AgingQueue(queue.name(), rule));
                this.pause = Math.min(this.pause, Math.max(SHORTEST_PAUSE, Nanos.of(rule.after()) / 4));
            }
        }
    }

    private record AgingQueue(String name, PriorityAging rule) {}
}
