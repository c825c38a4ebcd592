package io.tasklane.store;

import io.tasklane.QueueSettings;
import io.tasklane.QueueSpec;
import io.tasklane.RemainingTasks;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The queues as stored. Every method uses a transaction of the store's own. */
public interface QueueStore {

    /** Returns all queues, ordered by name. */
    List<TaskQueue> queues();

    /** Returns one queue. */
    Optional<TaskQueue> queue(String name);

    /**
     * Creates a queue if it does not exist.
     *
     * @param spec name, settings and state
     * @return the queue as stored, unchanged if it existed
     * @throws IllegalArgumentException if another queue's name differs only in case
     */
    TaskQueue declare(QueueSpec spec);

    /**
     * Replaces all settings of a queue, and its state if the specification says one. Creates the queue if it does not exist.
     *
     * @param spec name, settings and state
     * @return the queue as stored
     * @throws IllegalArgumentException if another queue's name differs only in case
     */
    TaskQueue replace(QueueSpec spec);

    /**
     * Changes settings of a queue, while nobody else does.
     *
     * @param change makes the new settings from the stored ones; may be called several times
     * @return the queue as stored, empty if there is none
     */
    Optional<TaskQueue> patch(String name, UnaryOperator<QueueSettings> change);

    /**
     * Applies what an application's configuration says about a queue, if that differs from what this application last
     * applied. An entry that this application has applied before and replaced less than {@code supersededFor} ago is left
     * alone: an old node is restarting during a rolling deployment.
     *
     * @param spec name and settings; settings replace the stored ones as a whole, the state is kept
     * @param application name of the application
     * @param hash hash of the entry, at most 64 characters
     * @param supersededFor how long a replaced entry stays superseded
     * @return what was done
     * @throws IllegalArgumentException if another queue's name differs only in case
     */
    AppliedQueue apply(QueueSpec spec, String application, String hash, Duration supersededFor);

    /**
     * Pauses a queue.
     *
     * @param duration for how long from now on, at most a thousand years; null until it is resumed
     * @return the queue as stored, empty if there is none
     */
    Optional<TaskQueue> pause(String name, @Nullable Duration duration);

    /**
     * Pauses a queue until an instant, which has no effect but to end a pause if it has passed.
     *
     * @param until between 1970 and 9999
     * @return the queue as stored, empty if there is none
     */
    Optional<TaskQueue> pauseUntil(String name, Instant until);

    /**
     * Ends the pause of a queue.
     *
     * @return the queue as stored, empty if there is none
     */
    Optional<TaskQueue> resume(String name);

    /**
     * Deletes a queue, and forgets which entries were applied to it. Its name and the tasks that are kept stay where they are:
     * nothing is claimed from them, and they go on when a queue of this name is declared again.
     *
     * @param remaining what becomes of its tasks; null if there must be none that wait or run
     * @return false if there is no such queue, and nothing left of one whose deletion has failed half-way
     * @throws io.tasklane.QueueInUseException if there are tasks that must not be there
     */
    boolean delete(String name, @Nullable RemainingTasks remaining);

    /**
     * Deletes the tasks of a queue with their attempts, whatever state they are in, in batches with a transaction each. What runs,
     * or is being claimed, stays.
     *
     * @return number of tasks, 0 if there is no such queue
     */
    long purge(String name);

    /** Counts tasks by queue and state, for all queues, empty ones included, in one grouped query. Ordered by name. */
    default List<QueueStatistics> statistics() {
        return statistics(EnumSet.allOf(TaskState.class));
    }

    /**
     * Counts only the tasks in some states. What has ended can be a thousand times as much as what has not, and takes as much
     * longer to count.
     *
     * @param states the states to count; any other is told as zero, and the oldest age as null without QUEUED
     * @return all queues, empty ones included, ordered by name
     */
    List<QueueStatistics> statistics(Set<TaskState> states);

    /**
     * What became of a configuration entry.
     *
     * @param result what was done
     * @param otherApplication another application that last applied different settings to the queue, or null
     */
    record AppliedQueue(Result result, @Nullable String otherApplication) {

        /** What was done. */
        public enum Result {
            /** The queue did not exist. */
            CREATED,
            /** The settings were replaced. */
            REPLACED,
            /** This application has applied the same entry before; what was changed at run time since then stays. */
            UNCHANGED,
            /** A newer entry of this application replaced this one a short while ago. */
            SUPERSEDED
        }
    }
}
