package io.tasklane.store;

import io.tasklane.TaskId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an exchange brought.
 *
 * @param claimed the claimed tasks, in the order in which they are to start
 * @param refused tasks whose completion was refused because the lease was no longer the current one
 * @param released tasks that became claimable because completions have given up their keys; the claim may have got them
 * @param passedOn tasks that became claimable after the claim, because claimed ones keep their keys no longer
 * @param limited queues of which a rate limit let less be claimed than was asked for and may be there, and how long it takes
 *     until it lets more; zero to ask again at once
 * @param later queues that had tasks whose names have a rate limit, which stay there, and how long it takes until some of them
 *     may be claimed; others in the queue need not wait
 */
public record TaskExchange(
        List<LeasedTask> claimed,
        Set<TaskId> refused,
        ReleasedTasks released,
        ReleasedTasks passedOn,
        Map<String, Duration> limited,
        Map<String, Duration> later) {

    public TaskExchange {
        claimed = List.copyOf(claimed);
        refused = Set.copyOf(refused);
        limited = Map.copyOf(limited);
        later = Map.copyOf(later);
    }

    /** The same exchange, with tasks that became claimable after its claim. */
    public TaskExchange passingOn(ReleasedTasks others) {
        return new TaskExchange(this.claimed, this.refused, this.released, others, this.limited, this.later);
    }

    /** The tasks that became claimable and may still be there. */
    public ReleasedTasks left() {
        Map<String, Integer> left = new HashMap<>(this.released.tasks());
        this.claimed.forEach(
                task -> left.computeIfPresent(task.queue(), (queue, count) -> count > 1 ? count - 1 : null));
        return new ReleasedTasks(left, this.released.more()).and(this.passedOn);
    }

    /** An exchange whose claim has given up no key. */
    public TaskExchange(
            List<LeasedTask> claimed,
            Set<TaskId> refused,
            ReleasedTasks released,
            Map<String, Duration> limited,
            Map<String, Duration> later) {
        this(claimed, refused, released, ReleasedTasks.NONE, limited, later);
    }

    /** An exchange in which no rate limit had a say. */
    public TaskExchange(List<LeasedTask> claimed, Set<TaskId> refused, ReleasedTasks released) {
        this(claimed, refused, released, Map.of(), Map.of());
    }

    /** An exchange that has given up no key, and in which no rate limit had a say. */
    public TaskExchange(List<LeasedTask> claimed, Set<TaskId> refused) {
        this(claimed, refused, ReleasedTasks.NONE);
    }
}
