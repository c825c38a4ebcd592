package io.tasklane.store;

import java.util.List;
import java.util.Set;

/**
 * What a worker wants to claim.
 *
 * @param queues queues in the order in which they are asked: the next one only gets what the earlier ones left
 * @param limit most tasks in all, at least 1
 * @param token number of this claim, never used before by this worker
 * @param excludedTasks names of tasks that this node cannot run; they stay where they are
 */
public record ClaimRequest(List<QueueClaim> queues, int limit, long token, Set<String> excludedTasks) {

    public ClaimRequest {
        queues = List.copyOf(queues);
        excludedTasks = Set.copyOf(excludedTasks);
    }
}
