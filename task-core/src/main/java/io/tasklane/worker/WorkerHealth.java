package io.tasklane.worker;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a node feels.
 *
 * @param engineErrors an {@link Error} that ended an engine thread, by name of the thread, until its restart has worked
 * @param storeFailures last failure to reach the store, by name of the thread, until the next success
 * @param unknownTasks names of tasks in consumed queues that this node has no handler for
 * @param unreadableTasks names of tasks whose payload this node could not read, until one could be read again
 * @param stuckTasks tasks that go on after their timeout and keep their slots
 * @param notifications whether it hears of the tasks of others at once
 */
public record WorkerHealth(
        Map<String, String> engineErrors,
        Map<String, String> storeFailures,
        Set<String> unknownTasks,
        Set<String> unreadableTasks,
        List<String> stuckTasks,
        NotificationHealth notifications) {

    public WorkerHealth {
        engineErrors = Map.copyOf(engineErrors);
        storeFailures = Map.copyOf(storeFailures);
        unknownTasks = Set.copyOf(unknownTasks);
        unreadableTasks = Set.copyOf(unreadableTasks);
        stuckTasks = List.copyOf(stuckTasks);
    }

    /**
     * Whether all engine threads work; a store that is away does not count, nor do tasks that this node cannot run or that go on
     * for too long.
     */
    public boolean isUp() {
        return this.engineErrors.isEmpty();
    }
}
