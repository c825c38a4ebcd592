package io.tasklane.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a container, and the claimed tasks that wait for one: the most urgent of a queue starts first, between queues
 * their order decides. A task is held from its claim until its completion is written, and takes a slot only while it runs. One
 * that is given up but goes on is held no more and still takes its slot.
 * Thread-safe.
 */
final class TaskSlots {

    private static final Comparator<RunningTask> MOST_URGENT = Comparator.comparingInt(
                    (RunningTask task) -> task.leased().priority())
            .reversed()
            .thenComparingLong(task -> task.leased().seq());

    private final ContainerSpec spec;

    private final IntSupplier size;

    private final QueueShares shares;

    private final Map<String, QueueSlots> byQueue = new HashMap<>();

    /** Tasks that are given up, and whose threads still take their slots. */
    private final Set<RunningTask> stuck = new LinkedHashSet<>();

    private List<String> queues;

    /** How many slots are kept for single queues. */
    private Map<String, Integer> reserved;

    private int held;

    private int running;

    private int waiting;

    private int turn;

    private boolean closed;

    /**
     * Creates slots of which none is taken.
     *
     * @param size how many there are, now
     */
    TaskSlots(ContainerSpec spec, IntSupplier size) {
        this.spec = spec;
        this.size = size;
        this.shares = new QueueShares(spec.weights());
        this.queues = spec.queues();
        this.reserved = spec.reserved();
    }

    synchronized void setQueues(List<String> names) {
        this.queues = names;
    }

    synchronized void setReserved(Map<String, Integer> slots) {
        this.reserved = slots;
    }

    /** How many slots are kept for single queues, by name. */
    synchronized Map<String, Integer> reserved() {
        return this.reserved;
    }

    /** A task is claimed and waits for a slot. Returns false if none is to start any more; it is held all the same. */
    synchronized boolean add(RunningTask task) {
        QueueSlots queue = of(task.queue());
        if (!this.closed) {
            // Before it counts: a full heap may not take it.
            queue.waiting.add(task);
            this.waiting++;
        }
        this.held++;
        queue.held++;
        return !this.closed;
    }

    /** Gives a free slot to the next task; null if there is no slot, or no task. */
    synchronized @Nullable RunningTask start() {
        if (this.waiting == 0 || this.running >= this.size.getAsInt()) {
            return null;
        }
        if (this.spec.order() == QueueOrder.WEIGHTED) {
            return startByShare();
        }
        boolean inTurn = this.spec.order() == QueueOrder.ROUND_ROBIN;
        for (int i = 0; i < this.queues.size(); i++) {
            int index = inTurn ? (this.turn + i) % this.queues.size() : i;
            RunningTask task = start(this.queues.get(index));
            if (task != null) {
                this.turn = index + 1;
                return task;
            }
        }
        return null;
    }

    private @Nullable RunningTask startByShare() {
        String next = this.shares.next(this.queues, this::canStart);
        if (next == null) {
            return null;
        }
        this.shares.started(next);
        return start(next);
    }

    private boolean canStart(String name) {
        QueueSlots queue = this.byQueue.get(name);
        return queue != null
                && !queue.waiting.isEmpty()
                && queue.running < this.spec.queueLimit().applyAsInt(name)
                && isLeftTo(name);
    }

    private @Nullable RunningTask start(String name) {
        if (!canStart(name)) {
            return null;
        }
        QueueSlots queue = of(name);
        this.waiting--;
        this.running++;
        queue.running++;
        return queue.waiting.poll();
    }

    /** Whether there is a slot that is not kept for another queue. */
    private boolean isLeftTo(String name) {
        if (this.reserved.isEmpty()) {
            return true;
        }
        int kept = 0;
        for (Map.Entry<String, Integer> other : this.reserved.entrySet()) {
            if (!other.getKey().equals(name)) {
                kept += Math.max(0, other.getValue() - of(other.getKey()).running);
            }
        }
        return this.running + kept < this.size.getAsInt();
    }

    /** A task has left its slot, which is given to the next one. */
    synchronized @Nullable RunningTask startAfter(RunningTask ended) {
        end(ended);
        return start();
    }

    /** A task has left its slot. */
    synchronized void end(RunningTask task) {
        this.running--;
        of(task.queue()).running--;
        if (!this.stuck.isEmpty()) {
            this.stuck.remove(task);
        }
    }

    /** A task is given up, and goes on in its slot until {@link #end}. */
    synchronized void stuck(RunningTask task) {
        this.stuck.add(task);
    }

    /** It has not been given up after all. */
    synchronized void notStuck(RunningTask task) {
        this.stuck.remove(task);
    }

    /** Tasks that are given up and still take their slots, the first one first. */
    synchronized List<RunningTask> stuck() {
        return List.copyOf(this.stuck);
    }

    /** How many slots of a queue they take. */
    synchronized int stuck(String queue) {
        return this.stuck.isEmpty()
                ? 0
                : (int) this.stuck.stream()
                        .filter(task -> task.queue().equals(queue))
                        .count();
    }

    /** What became of a task is written. */
    synchronized void written(String queue) {
        this.held--;
        of(queue).held--;
    }

    /** Takes away the tasks that were claimed before this time and still wait. */
    synchronized List<RunningTask> takeClaimedBefore(long nanoTime) {
        List<RunningTask> taken = new ArrayList<>();
        if (this.waiting > 0) {
            for (QueueSlots queue : this.byQueue.values()) {
                queue.waiting.removeIf(task -> task.claimedNanos() - nanoTime < 0 && taken.add(task));
            }
            this.waiting -= taken.size();
        }
        return taken;
    }

    /** Takes away a task if it still waits; returns whether it did. */
    synchronized boolean takeWaiting(RunningTask task) {
        boolean taken = of(task.queue()).waiting.remove(task);
        if (taken) {
            this.waiting--;
        }
        return taken;
    }

    /** Takes away all tasks that wait. */
    synchronized List<RunningTask> takeWaiting() {
        List<RunningTask> taken = new ArrayList<>();
        for (QueueSlots queue : this.byQueue.values()) {
            taken.addAll(queue.waiting);
            queue.waiting.clear();
        }
        this.waiting = 0;
        return taken;
    }

    /** Starts no more tasks; returns those that wait. */
    synchronized List<RunningTask> close() {
        this.closed = true;
        return takeWaiting();
    }

    /** How many there are, those of tasks that are given up included. */
    int size() {
        return this.size.getAsInt();
    }

    synchronized int held() {
        return this.held;
    }

    synchronized int held(String queue) {
        return of(queue).held;
    }

    synchronized int running() {
        return this.running;
    }

    synchronized int waiting() {
        return this.waiting;
    }

    /** Slots that neither run a task nor have one waiting for them. */
    synchronized int free() {
        return Math.max(0, this.size.getAsInt() - this.running - this.waiting);
    }

    private QueueSlots of(String queue) {
        return this.byQueue.computeIfAbsent(queue, name -> new QueueSlots());
    }

    private static final class QueueSlots {

        private final PriorityQueue<RunningTask> waiting = new PriorityQueue<>(MOST_URGENT);

        private int held;

        private int running;
    }
}
