package io.tasklane.store;

import io.tasklane.TaskCriteria;
import io.tasklane.TaskState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of many tasks of one queue.
 *
 * @param queue name of the queue
 * @param action what is done with each of them
 * @param states states in which they are, in the order in which they are looked through
 * @param which which of them; its states are not looked at
 * @param age only tasks that ended longer ago than this, null for any
 */
public record TaskSetChange(
        String queue,
        Action action,
        List<TaskState> states,
        TaskCriteria which,
        @Nullable Duration age) {

    public TaskSetChange {
        states = List.copyOf(states);
    }

    /** What is done with a task. */
    public sealed interface Action {}

    /** Deletes it with its attempts; not RUNNING ones. */
    public record Delete() implements Action {}

    /** Cancels it; a RUNNING one is marked, from then on it ends in CANCELLED. Not for tasks that have ended. */
    public record Cancel() implements Action {}

    /**
     * Queues it at the back of its priority, with no retry or recovery used, and counts that. For tasks that have ended other than
     * well.
     *
     * @param maxRequeues tasks with which that was done as often are left alone
     */
    public record Requeue(int maxRequeues) implements Action {}

    /**
     * Puts it into another queue, at the back of its priority; SCHEDULED, BLOCKED and QUEUED ones. It keeps its key, and its place
     * among those that wait for it.
     *
     * @param queue name of the other queue
     */
    public record Reroute(String queue) implements Action {}

    /**
     * Gives it a priority, at the back of which it is then; SCHEDULED, BLOCKED and QUEUED ones that have another one. It keeps its
     * place among those that wait for its key.
     *
     * @param priority the new priority
     */
    public record Reprioritise(int priority) implements Action {}

    /** Makes it QUEUED; SCHEDULED ones whose time has come. */
    public record Promote() implements Action {}
}
