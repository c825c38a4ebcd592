package io.tasklane.worker;

import io.tasklane.store.ClaimRequest;
import io.tasklane.store.LeasedTask;
import io.tasklane.store.QueueClaim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what a container claims next: never more than it has free slots, and only where there may be something. */
final class ClaimPlanner {

    private final ContainerSpec spec;

    private final QueueHints hints;

    private final TaskSlots slots;

    private int turn;

    ClaimPlanner(ContainerSpec spec, QueueHints hints, TaskSlots slots) {
        this.spec = spec;
        this.hints = hints;
        this.slots = slots;
    }

    /**
     * Returns what to claim, null for nothing.
     *
     * @param queues queues of the container now
     * @param freed tasks whose completion is written with the claim
     * @param token token of the claim
     * @param excluded names of tasks that this node cannot run
     */
    @Nullable
    ClaimRequest plan(List<String> queues, List<EndedTask> freed, long token, Set<String> excluded) {
        int free = this.spec.concurrency().getAsInt() - (this.slots.held() - freed.size());
        if (free <= 0 || queues.stream().noneMatch(this.hints::isHot)) {
            return null;
        }
        Map<String, Integer> freedByQueue = new HashMap<>();
        freed.forEach(ended -> freedByQueue.merge(ended.task().queue(), 1, Integer::sum));
        List<QueueClaim> claims = new ArrayList<>();
        boolean any = false;
        for (String queue : inTurn(queues)) {
            int held = this.slots.held(queue) - freedByQueue.getOrDefault(queue, 0);
            int limit = Math.min(free, this.spec.queueLimit().applyAsInt(queue) - held);
            boolean hot = this.hints.isHot(queue);
            // In strict order a queue that nobody spoke of is asked too: another node may have filled it.
            if (limit > 0 && (hot || this.spec.order() == QueueOrder.STRICT)) {
                claims.add(new QueueClaim(queue, limit));
                any |= hot;
            }
        }
        return any ? new ClaimRequest(claims, free, token, excluded) : null;
    }

    /** Learns from the answer to a claim which queues are exhausted. */
    void answered(ClaimRequest claim, List<LeasedTask> claimed, long mark) {
        if (this.spec.order() == QueueOrder.ROUND_ROBIN) {
            this.turn++;
        }
        Map<String, Integer> got = new HashMap<>();
        claimed.forEach(task -> got.merge(task.queue(), 1, Integer::sum));
        int left = claim.limit();
        for (QueueClaim asked : claim.queues()) {
            int count = got.getOrDefault(asked.queue(), 0);
            if (count < Math.min(left, asked.limit())) {
                this.hints.exhausted(asked.queue(), mark);
            }
            left -= count;
        }
    }

    private List<String> inTurn(List<String> queues) {
        if (this.spec.order() == QueueOrder.STRICT || queues.size() < 2) {
            return queues;
        }
        List<String> rotated = new ArrayList<>(queues);
        Collections.rotate(rotated, -(this.turn % queues.size()));
        return rotated;
    }
}
