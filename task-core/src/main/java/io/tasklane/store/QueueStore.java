package io.tasklane.store;

import io.tasklane.QueueSpec;
import io.tasklane.TaskQueue;
import io.tasklane.TaskState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
     * @param spec name and settings
     * @return the queue as stored, unchanged if it existed
     * @throws IllegalArgumentException if another queue's name differs only in case
     */
    TaskQueue declare(QueueSpec spec);

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
     * Pauses or resumes a queue.
     *
     * @return false if there is no such queue
     */
    boolean setPaused(String name, boolean paused);

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
