package io.tasklane.store;

import io.tasklane.TaskId;
import java.util.List;
import java.util.Set;

/**
 * What an exchange brought.
 *
 * @param claimed the claimed tasks, in the order in which they are to start
 * @param refused tasks whose completion was refused because the lease was no longer the current one
 * @param released tasks that became claimable because the completions have given up their keys
 */
public record TaskExchange(List<LeasedTask> claimed, Set<TaskId> refused, ReleasedTasks released) {

    public TaskExchange {
        claimed = List.copyOf(claimed);
        refused = Set.copyOf(refused);
    }

    /** An exchange that has given up no key. */
    public TaskExchange(List<LeasedTask> claimed, Set<TaskId> refused) {
        this(claimed, refused, ReleasedTasks.NONE);
    }
}
