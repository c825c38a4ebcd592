package io.tasklane.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claiming and completing tasks: what a worker needs from a store. */
public interface TaskLeases {

    /**
     * Writes completions and claims the next tasks, in one transaction of the store's own. Each completion is guarded by its
     * lease; a task that was cancelled ends in CANCELLED, whatever its outcome. If one of them has a key, BLOCKED tasks are
     * released before the claim, unless somebody else is at it, which the answer tells. Nothing is claimed from a paused queue, nor by a worker that was declared dead.
     *
     * <p>From a queue with a rate limit no more is claimed than its bucket has tokens, and nothing ahead of free slots; each
     * claimed task takes one token, which a task that is put back does not return. The limit that is stored decides, whatever
     * the worker knows of it.
     *
     * <p>Of tasks whose name has a rate limit no more are claimed than that has tokens; those beyond it are passed by.
     *
     * @param worker id of the worker
     * @param completions what to write, at most one for each task; may be empty
     * @param claim what to claim, null for nothing
     * @return claimed tasks and refused completions
     */
    TaskExchange exchange(long worker, List<TaskCompletion> completions, @Nullable ClaimRequest claim);

    /**
     * Returns the leases that a worker holds: to find tasks that it does not know of, and those that were cancelled.
     *
     * @param worker id of the worker
     * @return one lease per task that is RUNNING on this worker
     */
    List<HeldLease> leases(long worker);

    /**
     * Asks, in one statement, which of these queues have tasks to claim and when the next scheduled task is due.
     *
     * @param queues names of queues; unknown ones are ignored
     * @param excludedTasks names of tasks that this node cannot run
     * @return what was found
     */
    TaskProbe probe(Collection<String> queues, Set<String> excludedTasks);

    /**
     * Makes due tasks claimable: SCHEDULED becomes QUEUED, at the back of their priority, in the order in which they are due; or
     * BLOCKED if they have a key and do not hold it.
     *
     * @param limit most tasks at once
     * @return names of the queues that got tasks; {@code limit} reached means call again
     */
    PromotedTasks promoteDue(int limit);

    /**
     * Makes those BLOCKED tasks claimable whose key has room: the first of each key, as many as its limit allows. They become
     * QUEUED at the back of their priority and hold their key from then on. Callers take turns.
     *
     * @param limit most keys and tasks to look at
     * @return what was made claimable
     */
    ReleasedTasks releaseBlocked(int limit);

    /**
     * Answer to a probe.
     *
     * @param queues queues with at least one task that this node can claim; paused ones are left out
     * @param untilDue time until the next scheduled task of any queue is due, zero if one is; null if there is none
     * @param blocked whether {@link #releaseBlocked} may find something
     */
    record TaskProbe(Set<String> queues, @Nullable Duration untilDue, boolean blocked) {

        /** An answer without BLOCKED tasks to look at. */
        public TaskProbe(Set<String> queues, @Nullable Duration untilDue) {
            this(queues, untilDue, false);
        }
    }

    /**
     * What was made claimable.
     *
     * @param count number of tasks, those included that became BLOCKED because they have to hold a key first
     * @param queues queues with tasks that became claimable
     * @param blocked whether some became BLOCKED
     */
    record PromotedTasks(int count, Set<String> queues, boolean blocked) {

        /** What was made claimable, where no task became BLOCKED. */
        public PromotedTasks(int count, Set<String> queues) {
            this(count, queues, false);
        }
    }
}
