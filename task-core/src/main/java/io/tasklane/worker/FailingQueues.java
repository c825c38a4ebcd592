package io.tasklane.worker;

import io.tasklane.NoSuchQueueException;
import io.tasklane.TaskError;
import io.tasklane.TaskQueue;
import io.tasklane.TaskQueuePausedEvent;
import io.tasklane.TaskQueues;
import io.tasklane.queue.AutoPauseRule;
import io.tasklane.queue.QueueRegistry;
import io.tasklane.store.TaskCompletion;
import io.tasklane.store.TaskOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Pauses queues for a while whose tasks fail too often on this node, as their settings say. Counts in memory; the pause is
 * written by a thread that may wait for the database. After a pause the count begins anew. Thread-safe.
 */
public final class FailingQueues {

    private static final Log logger = LogFactory.getLog(FailingQueues.class);

    private final QueueRegistry queues;

    private final Supplier<TaskQueues> operations;

    private final Consumer<TaskQueuePausedEvent> listener;

    private final Ticker ticker;

    /** Queues that have a rule. Empty for most applications, whose attempts cost no more than this look. */
    private volatile Map<String, FailureCount> counts = Map.of();

    private final Map<String, TaskQueuePausedEvent> pending = new HashMap<>();

    /** When the pauses end that this node has made. */
    private final Map<String, Long> ends = new HashMap<>();

    /**
     * Creates it.
     *
     * @param queues what is set for the queues
     * @param operations pauses them; asked for at the first use
     * @param listener told of each pause once it is stored; what it throws is logged
     */
    public FailingQueues(
            QueueRegistry queues, Supplier<TaskQueues> operations, Consumer<TaskQueuePausedEvent> listener) {
        this(queues, operations, listener, Ticker.SYSTEM);
    }

    FailingQueues(
            QueueRegistry queues,
            Supplier<TaskQueues> operations,
            Consumer<TaskQueuePausedEvent> listener,
            Ticker ticker) {
        this.queues = queues;
        this.operations = operations;
        this.listener = listener;
        this.ticker = ticker;
    }

    /** The queues were read anew. A rule that has not changed keeps its count. */
    synchronized void update() {
        Map<String, FailureCount> updated = new HashMap<>();
        for (TaskQueue queue : this.queues.queues()) {
            AutoPauseRule rule = AutoPauseRule.of(queue.settings());
            if (rule != null) {
                FailureCount known = this.counts.get(queue.name());
                updated.put(queue.name(), known != null && known.rule().equals(rule) ? known : new FailureCount(rule));
            }
        }
        this.counts = Map.copyOf(updated);
    }

    /** A task has ended. Returns whether its queue is to be paused now, by {@link #pauseDue}. */
    boolean ended(EndedTask task) {
        if (this.counts.isEmpty() || !this.counts.containsKey(task.task().queue())) {
            return false;
        }
        TaskCompletion completion = task.completion();
        boolean succeeded = completion.outcome() instanceof TaskOutcome.Succeeded;
        TaskError error = error(completion.outcome());
        // What never started, was put back or cancelled, or belongs to another worker says nothing of the queue.
        boolean counts = completion.startedAt() != null && !task.task().isLeaseLost() && (succeeded || error != null);
        return counts && count(task.task(), error);
    }

    private static @Nullable TaskError error(TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Retried retried) {
            return retried.error();
        }
        return outcome instanceof TaskOutcome.Failed failed ? failed.error() : null;
    }

    private synchronized boolean count(RunningTask task, @Nullable TaskError error) {
        String queue = task.queue();
        FailureCount count = this.counts.get(queue);
        if (count == null || isPaused(queue) || !count.add(error != null) || error == null) {
            return false;
        }
        this.pending.put(
                queue,
                new TaskQueuePausedEvent(
                        queue, count.rule().duration(), count.failures(), count.attempts(), task.task(), error));
        restart(queue, count);
        return true;
    }

    // Tasks that ran when the pause began end during it.
    private boolean isPaused(String queue) {
        if (this.pending.containsKey(queue)) {
            return true;
        }
        Long end = this.ends.get(queue);
        boolean over = end != null && end - this.ticker.nanoTime() <= 0;
        // The end of a pause that was made here is known before it is read.
        return !over && this.queues.find(queue).filter(TaskQueue::isPaused).isPresent();
    }

    private void restart(String queue, FailureCount count) {
        Map<String, FailureCount> updated = new HashMap<>(this.counts);
        updated.put(queue, new FailureCount(count.rule()));
        this.counts = Map.copyOf(updated);
    }

    /** Pauses the queues that are to be paused. Waits for the database; what fails is tried again at the next call. */
    void pauseDue() {
        for (TaskQueuePausedEvent event : pending()) {
            try {
                if (pause(event)) {
                    tell(event);
                }
            } catch (NoSuchQueueException ex) {
                logger.debug("Queue '%s' is gone, and is not paused".formatted(event.queue()));
            }
            paused(event);
        }
    }

    private synchronized List<TaskQueuePausedEvent> pending() {
        return this.pending.isEmpty() ? List.of() : new ArrayList<>(this.pending.values());
    }

    private boolean pause(TaskQueuePausedEvent event) {
        TaskQueues queueOperations = this.operations.get();
        // Another node, or an operator, may have been faster, and for longer.
        if (queueOperations.get(event.queue()).isPaused()) {
            return false;
        }
        queueOperations.pause(event.queue(), event.duration());
        return true;
    }

    private synchronized void paused(TaskQueuePausedEvent event) {
        this.pending.remove(event.queue());
        this.ends.put(event.queue(), this.ticker.nanoTime() + Nanos.of(event.duration()));
    }

    private void tell(TaskQueuePausedEvent event) {
        logger.warn("Queue '%s' is paused for %s, because %d of the last %d attempts failed on this node (auto-pause);"
                        .formatted(event.queue(), event.duration(), event.failures(), event.attempts())
                + " resume(\"%s\") ends the pause. The last one was of task '%s': %s"
                        .formatted(event.queue(), event.task(), TaskErrors.line(event.error())));
        try {
            this.listener.accept(event);
        } catch (RuntimeException ex) {
            logger.warn("A listener of %s failed".formatted(event), ex);
        }
    }
}
