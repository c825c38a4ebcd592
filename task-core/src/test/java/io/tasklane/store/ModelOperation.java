package io.tasklane.store;

import io.tasklane.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One step of several nodes and producers on one store. What it is applied to is named by number and found when it is applied,
 * modulo what there is: so a sequence stays one if some of it is left out.
 */
sealed interface ModelOperation {

    /** Inserts tasks in a transaction of the store's own. */
    record Enqueue(List<Shape> tasks) implements ModelOperation {}

    /** Inserts tasks in the transaction of a producer, which is begun if none is open. */
    record EnqueueLater(int producer, List<Shape> tasks) implements ModelOperation {}

    /** Ends the transaction of a producer. */
    record End(int producer, boolean commit) implements ModelOperation {}

    /**
     * A worker writes what ended and claims.
     *
     * @param endings what it writes
     * @param claim what it claims, or null
     * @param lost whether the answer does not arrive
     */
    record Exchange(
            int node, List<Ending> endings, @Nullable Claim claim, boolean lost) implements ModelOperation {}

    /**
     * A worker is about to start a body that may start only once.
     *
     * @param task which of the tasks that it holds
     * @param stale whether to take one that it, or another worker, held long ago
     */
    record Start(int node, int task, boolean stale) implements ModelOperation {}

    /** A worker says that it is alive; if it is not, it joins anew, and remembers the tasks it held. */
    record Beat(int node) implements ModelOperation {}

    /** A worker ends without a word, and another one starts in its place. What it held is remembered: it may be a zombie. */
    record Crash(int node) implements ModelOperation {}

    /** A worker ends in an orderly way, whatever it holds, and another one starts in its place. */
    record Leave(int node) implements ModelOperation {}

    /** A worker compares what it holds with what the store says, and puts back what it does not know of. */
    record Audit(int node) implements ModelOperation {}

    /** Somebody looks for dead workers. */
    record Recover() implements ModelOperation {}

    /** Time goes by. */
    record Advance(Duration by) implements ModelOperation {}

    /** Due tasks become claimable. */
    record Promote(int limit) implements ModelOperation {}

    /** BLOCKED tasks get their keys. */
    record Release() implements ModelOperation {}

    /** An operator pauses a queue, until it is resumed or for a while, or resumes it. */
    record Pause(int queue, boolean paused, @Nullable Duration duration) implements ModelOperation {}

    /**
     * An operator changes a single task.
     *
     * @param task which of all tasks
     */
    record Operate(int task, Change change) implements ModelOperation {}

    /** What an operator does to a task. */
    enum Change {
        CANCEL,
        RETRY,
        DELETE
    }

    /** A worker asks where there is something to do. */
    record Probe(List<Integer> queues, Set<String> excluded) implements ModelOperation {}

    /** A worker asks for the maintenance lease. */
    record Maintain(int node, Duration duration) implements ModelOperation {}

    /** Old tasks are deleted. */
    record Prune(TaskState state, Duration age) implements ModelOperation {}

    /** A task to insert; neither a delay nor a time for at once. */
    record Shape(
            String task,
            int queue,
            int priority,
            @Nullable Duration delay,
            @Nullable Duration runIn,
            @Nullable TaskKey key) {

        Shape atOnce() {
            return new Shape(this.task, this.queue, this.priority, null, null, this.key);
        }
    }

    /**
     * An outcome to write.
     *
     * @param task which of the tasks that the worker holds
     * @param stale whether to take one that it, or another worker, held long ago
     * @param started whether its body started
     */
    record Ending(int task, boolean stale, boolean started, TaskOutcome outcome) {}

    /** What to claim: {@link ClaimRequest} by numbers. */
    record Claim(List<Integer> queues, int limit, int free, Set<String> excluded, boolean suspect) {}
}
