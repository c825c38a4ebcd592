package io.tasklane.store;

import io.tasklane.TaskId;
import java.util.List;
import java.util.Set;

/**
 * What an exchange brought.
 *
 * @param claimed the claimed tasks, in the order in which they are to start
 * @param refused tasks whose completion was refused because the lease was no longer the current one
 * @param released tasks that became claimable because completions or claims have given up their keys
 */
public record TaskExchange(List<LeasedTask> claimed, Set<TaskId> refused, ReleasedTasks released) {

    public TaskExchange {
        claimed = List.copyOf(claimed);
        refused = Set.copyOf(refused);
    }

    /** The same exchange with more tasks that became claimable. */
    public TaskExchange with(ReleasedTasks others) {
        return new TaskExchange(this.claimed, this.refused, this.released.and(others));
    }

    /** An exchange that has given up no key. */
    public TaskExchange(List<LeasedTask> claimed, Set<TaskId> refused) {
        this(claimed, refused, ReleasedTasks.NONE);
    }
}
