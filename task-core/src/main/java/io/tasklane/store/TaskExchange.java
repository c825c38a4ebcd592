package io.tasklane.store;

import io.tasklane.TaskId;
import java.util.List;
import java.util.Set;

/**
 * What an exchange brought.
 *
 * @param claimed the claimed tasks, in the order in which they are to start
 * @param refused tasks whose completion was refused because the lease was no longer the current one
 */
public record TaskExchange(List<LeasedTask> claimed, Set<TaskId> refused) {

    public TaskExchange {
        claimed = List.copyOf(claimed);
        refused = Set.copyOf(refused);
    }
}
