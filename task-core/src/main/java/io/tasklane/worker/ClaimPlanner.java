package io.tasklane.worker;

import io.tasklane.store.ClaimRequest;
import io.tasklane.store.QueueClaim;
import io.tasklane.store.TaskExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a container claims next: what it has free slots for, and of short tasks some ahead, and only where there may be
 * something.
 */
final class ClaimPlanner {

    private final ContainerSpec spec;

    private final QueueHints hints;

    private final TaskSlots slots;

    private final RunPace pace;

    private final QueueShares shares;

    private final TokenWaits waits;

    private int turn;

    private boolean wanting;

    /** What {@link #waits} said before the claim that is to be answered. */
    private long waitsMark;

    ClaimPlanner(ContainerSpec spec, QueueHints hints, TokenWaits waits, TaskSlots slots, RunPace pace) {
        this.spec = spec;
        this.hints = hints;
        this.waits = waits;
        this.slots = slots;
        this.pace = pace;
        this.shares = new QueueShares(spec.weights());
    }

    /**
     * Returns what to claim, null for nothing.
     *
     * @param queues queues of the container now
     * @param freed tasks whose completion is written with the claim
     * @param token token of the claim
     * @param excluded names of tasks that this node cannot run
     * @param suspect whether a suspect may be claimed
     */
    @Nullable
    ClaimRequest plan(List<String> queues, List<EndedTask> freed, long token, Set<String> excluded, boolean suspect) {
        this.waitsMark = this.waits.mark();
        this.wanting = false;
        if (queues.stream().noneMatch(this::isHot)) {
            return null;
        }
        Map<String, Integer> freedByQueue = new HashMap<>();
        freed.forEach(ended -> freedByQueue.merge(ended.task().queue(), 1, Integer::sum));
        int concurrency = this.slots.size();
        int room = concurrency - this.slots.stuck().size() - (this.slots.held() - freed.size());
        Map<String, Integer> kept = kept(freedByQueue);
        int shared = room - kept.values().stream().mapToInt(Integer::intValue).sum();
        int free = 0;
        int most = kept.isEmpty() ? 0 : room;
        List<QueueClaim> claims = new ArrayList<>();
        boolean any = false;
        boolean strict = this.spec.order() == QueueOrder.STRICT;
        int mostAhead = strict ? Integer.MAX_VALUE : leastAhead(queues, concurrency);
        for (String queue : inTurn(queues)) {
            if (this.waits.isWaiting(queue)) {
                continue;
            }
            boolean limited = this.spec.limited().test(queue);
            int ahead = Math.min(mostAhead, ahead(queue, concurrency));
            int ofQueue = left(queue) + freedByQueue.getOrDefault(queue, 0);
            int own = kept.getOrDefault(queue, 0);
            int slots = Math.min(own > 0 ? own + Math.max(0, shared) : shared, ofQueue);
            int limit = slots + ahead;
            boolean hot = isHot(queue);
            this.wanting |= hot && limit <= 0 && ofQueue > 0;
            if (strict && hot) {
                // As with leastAhead, for those that come after it.
                mostAhead = ahead;
            }
            // In strict order a queue that nobody spoke of is asked too: another node may have filled it.
            if (limit > 0 && (hot || strict)) {
                QueueClaim claim = new QueueClaim(queue, limit, ahead == 0 ? limit : free(limit, ofQueue), limited);
                claims.add(claim);
                if (hot && !kept.isEmpty()) {
                    // Together the queues must not take what is kept; who gets nothing now is asked next.
                    shared -= Math.max(0, slots - own);
                }
                any |= hot;
                most = Math.max(most, limit);
                free = Math.max(free, claim.free());
            }
        }
        return any ? new ClaimRequest(byShare(claims, most), most, free, token, excluded, suspect) : null;
    }

    /** How many more of its tasks a queue may have here, whatever the others have. */
    private int left(String queue) {
        return this.spec.queueLimit().applyAsInt(queue) - this.slots.stuck(queue) - this.slots.held(queue);
    }

    /** Whether tasks wait for want of slots, as far as the last claim tells, or the want of one. */
    boolean isWanting() {
        return this.wanting;
    }

    private int ahead(String queue, int concurrency) {
        return this.spec.limited().test(queue) ? 0 : this.pace.ahead(queue, concurrency);
    }

    // A queue of which nothing is claimed ahead is not asked while more of the others is held than there are slots.
    private int leastAhead(List<String> queues, int concurrency) {
        return queues.stream()
                .filter(this::isHot)
                .mapToInt(queue -> ahead(queue, concurrency))
                .min()
                .orElse(0);
    }

    // What a queue leaves of its share the others get at the next claim, which follows at once.
    private List<QueueClaim> byShare(List<QueueClaim> claims, int places) {
        if (this.spec.order() != QueueOrder.WEIGHTED || claims.size() < 2) {
            return claims;
        }
        Map<String, QueueClaim> byQueue = new LinkedHashMap<>();
        claims.forEach(claim -> byQueue.put(claim.queue(), claim));
        List<QueueClaim> shared = new ArrayList<>();
        this.shares
                .divide(
                        List.copyOf(byQueue.keySet()),
                        places,
                        queue -> claim(byQueue, queue).limit())
                .forEach((queue, share) -> shared.add(new QueueClaim(
                        queue,
                        share,
                        Math.min(share, claim(byQueue, queue).free()),
                        claim(byQueue, queue).limited())));
        return shared;
    }

    private static QueueClaim claim(Map<String, QueueClaim> byQueue, String queue) {
        return Objects.requireNonNull(byQueue.get(queue));
    }

    private boolean isHot(String queue) {
        return this.hints.isHot(queue) && !this.waits.isWaiting(queue);
    }

    /** How many slots are kept for queues that do not fill them. */
    private Map<String, Integer> kept(Map<String, Integer> freed) {
        Map<String, Integer> reserved = this.slots.reserved();
        if (reserved.isEmpty()) {
            return reserved;
        }
        Map<String, Integer> kept = new HashMap<>();
        reserved.forEach((queue, slots) -> {
            int held = this.slots.held(queue) - freed.getOrDefault(queue, 0);
            kept.put(queue, Math.max(0, slots - held));
        });
        return kept;
    }

    private int free(int limit, int ofQueue) {
        return Math.max(0, Math.min(Math.min(limit, ofQueue), this.slots.free()));
    }

    /** Learns from the answer to a claim which queues are exhausted, and which have to wait for tokens. */
    void answered(ClaimRequest claim, TaskExchange answer, long mark) {
        if (this.spec.order() == QueueOrder.ROUND_ROBIN) {
            this.turn++;
        }
        Map<String, Integer> got = new LinkedHashMap<>();
        answer.claimed().forEach(task -> got.merge(task.queue(), 1, Integer::sum));
        if (this.spec.order() == QueueOrder.WEIGHTED) {
            this.shares.started(got);
        }
        int left = claim.limit();
        for (QueueClaim asked : claim.queues()) {
            int count = got.getOrDefault(asked.queue(), 0);
            Duration wait = answer.limited().get(asked.queue());
            if (wait != null) {
                this.waits.waitFor(asked.queue(), wait, this.waitsMark);
            } else if (count < Math.min(left, asked.limit())) {
                this.hints.exhausted(asked.queue(), mark);
            } else {
                this.wanting |= isHot(asked.queue()) && count < left(asked.queue());
            }
            Duration look = answer.later().get(asked.queue());
            if (look != null) {
                this.waits.lookAfter(asked.queue(), look);
            }
            left -= count;
        }
    }

    private List<String> inTurn(List<String> queues) {
        if (this.spec.order() == QueueOrder.STRICT || queues.size() < 2) {
            return queues;
        }
        if (this.spec.order() == QueueOrder.WEIGHTED) {
            return this.shares.inTurn(queues);
        }
        List<String> rotated = new ArrayList<>(queues);
        Collections.rotate(rotated, -(this.turn % queues.size()));
        return rotated;
    }
}
