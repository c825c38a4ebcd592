package io.tasklane.store;

import java.util.List;
import java.util.Set;

/**
 * What a worker wants to claim. A task that is claimed for a free slot counts as started. One that is claimed ahead does not:
 * if its worker dies, it goes back as a <em>suspect</em>, which may or may not have been running. So does a task under which
 * workers have died twice, see {@link PoisonGuard}. A suspect is claimed by itself, as the first task of a claim and never ahead,
 * so that the next death convicts the right one.
 *
 * @param queues queues in the order in which they are asked: the next one only gets what the earlier ones left
 * @param limit most tasks in all, at least 1
 * @param free how many of them a slot is free for; those beyond it are claimed ahead
 * @param token number of this claim, never used before by this worker
 * @param excludedTasks names of tasks that this node cannot run; they stay where they are
 * @param suspect whether the first task may be a suspect; otherwise suspects stay where they are
 */
public record ClaimRequest(
        List<QueueClaim> queues, int limit, int free, long token, Set<String> excludedTasks, boolean suspect) {

    public ClaimRequest {
        queues = List.copyOf(queues);
        excludedTasks = Set.copyOf(excludedTasks);
    }

    /** Claims nothing ahead, and a suspect if it comes first. */
    public ClaimRequest(List<QueueClaim> queues, int limit, long token, Set<String> excludedTasks) {
        this(queues, limit, limit, token, excludedTasks, true);
    }
}
