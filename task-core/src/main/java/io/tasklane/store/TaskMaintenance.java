package io.tasklane.store;

import io.tasklane.TaskState;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the one worker that maintains the store for all needs from it. Time is the store's. */
public interface TaskMaintenance {

    /**
     * Takes the maintenance lease, or keeps it for this long from now on. It is free once it has run out, and as soon as its
     * holder has left or was declared dead. A worker that is not alive never gets it.
     *
     * @param worker id of the worker that asks
     * @param duration how long it is held unless it is kept; positive
     * @return whether the worker holds it now
     */
    boolean leaseMaintenance(long worker, Duration duration);

    /**
     * Deletes tasks that ended long ago, with their attempts, in one short transaction: oldest first of each queue and state.
     * Tasks that have not ended are never touched, whatever the ages say. Rows locked by others are left for the next time.
     *
     * @param ages how long ago a task must have ended to be deleted, by the state in which it ended; a state left out is kept
     * @param limit most tasks at once
     * @return number of deleted tasks; {@code limit} means there may be more
     */
    int prune(Map<TaskState, Duration> ages, int limit);

    /**
     * Deletes what operators did longer ago than this from the audit, in one short transaction, the oldest first.
     *
     * @param age positive
     * @param limit most records at once
     * @return number of deleted records; {@code limit} means there may be more
     */
    int pruneAudit(Duration age, int limit);

    /**
     * Looks for keys that are held by tasks that have ended, or are free while tasks wait for them, and sees to it that the next
     * {@link TaskLeases#releaseBlocked} goes on with them. There are none unless nodes of a release without keys, or people with a
     * SQL prompt, have moved tasks. Goes through all of them, some at each call.
     *
     * @param limit most tasks to look at
     * @return whether everything was looked at once since the last time that this was true
     */
    boolean mendKeys(int limit);

    /**
     * Raises the priority of tasks of a queue that have waited long enough, in one short transaction. They keep their order: a
     * raised task comes before those that were enqueued after it. A raised priority is kept when the task is put back or tried
     * again. Tasks locked by others are left for the next time.
     *
     * @param queue name of the queue
     * @param rule how tasks gain priority
     * @param from where to go on, as answered before; null to begin with the most urgent ones that may gain
     * @param limit how many tasks to look at, whether they gain or not
     * @return how many have gained, and where to go on
     */
    AgedTasks age(String queue, PriorityAging rule, @Nullable Place from, int limit);

    /**
     * What a step of aging did.
     *
     * @param count how many tasks have gained priority
     * @param next where to go on, null at the end of the queue
     */
    record AgedTasks(int count, @Nullable Place next) {

        /** There was nothing to look at. */
        public static final AgedTasks NONE = new AgedTasks(0, null);
    }

    /**
     * A place in a queue.
     *
     * @param priority priority
     * @param seq number of the insertion, which comes before the place
     */
    record Place(int priority, long seq) {}
}
