package io.tasklane.queue;

import io.tasklane.QueueSetting;
import io.tasklane.QueueSettings;
import io.tasklane.QueueTaskOperations;
import io.tasklane.TaskCriteria;
import io.tasklane.TaskQueues;
import io.tasklane.TaskState;
import io.tasklane.store.TaskSetChange;
import io.tasklane.store.TaskSetChange.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says of each operation on tasks which tasks it is for, and hands it to whoever makes the change. */
final class QueueTasks implements QueueTaskOperations {

    // In the order in which tasks pass through them, so that none is passed by that goes on meanwhile.
    private static final List<TaskState> UNFINISHED =
            List.of(TaskState.SCHEDULED, TaskState.BLOCKED, TaskState.QUEUED, TaskState.RUNNING);

    private static final List<TaskState> WAITING = UNFINISHED.subList(0, 3);

    private static final List<TaskState> DUE = UNFINISHED.subList(1, 3);

    private final String name;

    private final TaskQueues queues;

    private final Changes changes;

    QueueTasks(String name, TaskQueues queues, Changes changes) {
        this.name = name;
        this.queues = queues;
        this.changes = changes;
    }

    @Override
    public long clean(TaskState state, Instant olderThan) {
        return clean(state, TaskCriteria.ALL.before(olderThan), null);
    }

    @Override
    public long clean(TaskState state, Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException(
                    "The age of tasks to delete from queue '%s' must not be negative: %s".formatted(this.name, age));
        }
        return clean(state, TaskCriteria.ALL, age);
    }

    private long clean(TaskState state, TaskCriteria which, @Nullable Duration age) {
        if (!state.isFinished()) {
            throw new IllegalArgumentException(
                    "Only tasks that have ended are cleaned, and none ends in %s; drain() deletes tasks that wait"
                            .formatted(state));
        }
        return change(new TaskSetChange.Delete(), List.of(state), which, age);
    }

    @Override
    public long requeueFailed(int maxRequeues, TaskCriteria which) {
        if (maxRequeues < 1) {
            throw new IllegalArgumentException(
                    "Failed tasks can be requeued once or more often, not %d times".formatted(maxRequeues));
        }
        return change(new TaskSetChange.Requeue(maxRequeues), states(which, List.of(TaskState.FAILED)), which, null);
    }

    @Override
    public long cancel(TaskCriteria which) {
        return change(new TaskSetChange.Cancel(), states(which, UNFINISHED), which, null);
    }

    @Override
    public long reroute(TaskCriteria which, String queue) {
        if (queue.equals(this.name)) {
            throw new IllegalArgumentException("The tasks of queue '%s' are in that queue already".formatted(queue));
        }
        this.queues.get(queue);
        return change(new TaskSetChange.Reroute(queue), states(which, WAITING), which, null);
    }

    @Override
    public long reprioritise(TaskCriteria which, int priority) {
        QueueSetting.DEFAULT_PRIORITY.check(priority);
        QueueSettings settings = this.queues.get(this.name).settings();
        Integer min = settings.get(QueueSetting.MIN_PRIORITY);
        Integer max = settings.get(QueueSetting.MAX_PRIORITY);
        if ((min != null && priority < min) || (max != null && priority > max)) {
            throw new IllegalArgumentException(
                    "Queue '%s' does not allow priority %d: its min-priority is %s and its max-priority is %s"
                            .formatted(this.name, priority, min, max));
        }
        return change(new TaskSetChange.Reprioritise(priority), states(which, WAITING), which, null);
    }

    @Override
    public long promoteDue() {
        return change(new TaskSetChange.Promote(), List.of(TaskState.SCHEDULED), TaskCriteria.ALL, null);
    }

    @Override
    public long drain(boolean scheduled) {
        return change(new TaskSetChange.Delete(), scheduled ? WAITING : DUE, TaskCriteria.ALL, null);
    }

    private long change(Action action, List<TaskState> states, TaskCriteria which, @Nullable Duration age) {
        this.queues.get(this.name);
        return this.changes.apply(new TaskSetChange(this.name, action, states, which, age));
    }

    private static List<TaskState> states(TaskCriteria which, List<TaskState> possible) {
        if (!possible.containsAll(which.states())) {
            throw new IllegalArgumentException("The operation is for tasks that are %s, but the criteria say %s"
                    .formatted(possible, which.states()));
        }
        List<TaskState> states = new ArrayList<>(possible);
        if (!which.states().isEmpty()) {
            states.retainAll(which.states());
        }
        return states;
    }

    /** Makes changes, or only counts them. */
    @FunctionalInterface
    interface Changes {

        /** Returns the number of tasks. */
        long apply(TaskSetChange change);
    }
}
