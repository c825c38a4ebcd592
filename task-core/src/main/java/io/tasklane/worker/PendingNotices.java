package io.tasklane.worker;

import io.tasklane.store.NewTask;
import io.tasklane.store.TaskNotice;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What other nodes are to be told. A queue that has been quiet is told of at once; what follows within 10 ms waits for their
 * end, so that thousands of tasks become one notice. Thread-safe.
 */
final class PendingNotices {

    private static final long WINDOW = Duration.ofMillis(10).toNanos();

    /** Stands among the queues for the time at which a task becomes due; no queue has such a name. */
    private static final String TIME = "";

    /** Stands among the queues for what has changed in them; no queue has such a name. */
    private static final String CHANGE = "~";

    /** Stands among the queues for BLOCKED tasks; no queue has such a name. */
    private static final String BLOCKED = "=";

    private final String sender;

    private final Ticker ticker;

    /** Queues that are to be told of. */
    private final Set<String> waiting = new HashSet<>();

    /** When queues were told of, as long as their windows are open. */
    private final Map<String, Long> told = new HashMap<>();

    /** Workers that are to be told of. */
    private final Set<Long> workers = new HashSet<>();

    private long window = WINDOW;

    private long dueAt;

    private boolean dueUnknown;

    private boolean proof;

    PendingNotices(String sender, Ticker ticker) {
        this.sender = sender;
        this.ticker = ticker;
    }

    /** Tasks were committed. Returns whether there is something new to tell. */
    synchronized boolean add(List<NewTask> tasks) {
        boolean news = false;
        for (NewTask task : tasks) {
            if (task.delay() != null) {
                news |= addTime(task.delay());
            } else if (task.runAt() != null) {
                news |= addTime(Duration.ZERO);
            } else if (task.key() != null) {
                news |= this.waiting.add(BLOCKED);
            } else {
                news |= this.waiting.add(task.queue());
            }
        }
        return news;
    }

    /** There may be tasks in these queues. Returns whether there is something new to tell. */
    synchronized boolean add(Collection<String> queues) {
        return this.waiting.addAll(queues);
    }

    /** A task of this worker was cancelled. Returns whether there is something new to tell. */
    synchronized boolean addCancelled(long worker) {
        return this.workers.add(worker);
    }

    /** A queue was declared, changed or deleted, and there may be tasks in it. Returns whether there is something new to tell. */
    synchronized boolean addChange(String queue) {
        return this.waiting.add(CHANGE) | this.waiting.add(queue);
    }

    /** A notice is to be sent, whatever it says. */
    synchronized void addProof() {
        this.proof = true;
    }

    /** After a notice could not be sent. */
    synchronized void putBack(TaskNotice notice) {
        this.waiting.addAll(notice.queues());
        this.workers.addAll(notice.workers());
        if (notice.untilDue() != null) {
            addTime(notice.untilDue());
        }
        if (notice.queuesChanged()) {
            this.waiting.add(CHANGE);
        }
        if (notice.blocked()) {
            this.waiting.add(BLOCKED);
        }
    }

    private boolean addTime(Duration untilDue) {
        boolean first = this.waiting.add(TIME);
        long time = this.ticker.nanoTime() + Nanos.of(untilDue);
        this.dueAt = first ? time : Math.min(this.dueAt, time);
        this.dueUnknown = untilDue.isZero() || (!first && this.dueUnknown);
        return first;
    }

    /** Takes what can be told now, null if that is nothing. */
    synchronized @Nullable TaskNotice take() {
        long now = this.ticker.nanoTime();
        this.told.values().removeIf(time -> now - time >= this.window);
        Set<String> queues = new HashSet<>(this.waiting);
        queues.removeAll(this.told.keySet());
        if (queues.isEmpty() && this.workers.isEmpty() && !this.proof) {
            return null;
        }
        this.proof = false;
        this.waiting.removeAll(queues);
        queues.forEach(queue -> this.told.put(queue, now));
        Duration untilDue = queues.remove(TIME) ? untilDue(now) : null;
        boolean changed = queues.remove(CHANGE);
        boolean blocked = queues.remove(BLOCKED);
        TaskNotice notice = new TaskNotice(this.sender, queues, untilDue, this.workers, changed, blocked);
        this.workers.clear();
        return notice;
    }

    private Duration untilDue(long now) {
        return this.dueUnknown ? Duration.ZERO : Duration.ofNanos(Math.max(1, this.dueAt - now));
    }

    /** Nanoseconds until something can be told, {@link EngineLoop#UNTIL_WOKEN} if nothing waits. */
    synchronized long untilNext() {
        long now = this.ticker.nanoTime();
        long next = EngineLoop.UNTIL_WOKEN;
        for (String queue : this.waiting) {
            Long time = this.told.get(queue);
            next = Math.min(next, time == null ? 0 : Math.max(0, time + this.window - now));
        }
        return this.proof || !this.workers.isEmpty() ? 0 : next;
    }

    /** Nothing waits for the end of its window any more. */
    synchronized void hurry() {
        this.window = 0;
    }

    synchronized boolean isEmpty() {
        return this.waiting.isEmpty() && this.workers.isEmpty();
    }
}
