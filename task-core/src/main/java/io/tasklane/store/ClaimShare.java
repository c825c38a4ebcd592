package io.tasklane.store;

import io.tasklane.RateLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a claim takes from one of its queues, for stores: what is left after the queues before it, and what a rate limit
 * allows.
 *
 * @param asked most tasks for free slots that were asked for
 * @param left most tasks for free slots that the queues before it have left
 * @param limit most tasks, 0 for none
 * @param free how many of them a slot is free for
 */
public record ClaimShare(int asked, int left, int limit, int free) {

    /**
     * Returns the share of a queue without a rate limit.
     *
     * @param request the claim
     * @param queue one of its queues
     * @param claimed how many tasks the queues before it gave
     */
    public static ClaimShare of(ClaimRequest request, QueueClaim queue, int claimed) {
        int limit = Math.max(0, Math.min(queue.limit(), request.limit() - claimed));
        int free = Math.max(0, Math.min(queue.free(), request.free() - claimed));
        return new ClaimShare(Math.min(queue.limit(), queue.free()), Math.min(limit, free), limit, free);
    }

    /** Returns what of it may be claimed of so many. */
    public ClaimShare atMost(int most) {
        return new ClaimShare(
                Math.min(this.asked, most),
                Math.min(this.left, most),
                Math.min(this.limit, most),
                Math.min(this.free, most));
    }

    /** Returns what of it a bucket allows: nothing ahead of free slots, and a token for each task. */
    public ClaimShare within(TokenBucket bucket) {
        int most = Math.min(this.left, bucket.whole());
        return new ClaimShare(this.asked, this.left, most, most);
    }

    /**
     * Returns how long it takes until more may be claimed.
     *
     * @param rate the rate limit
     * @param bucket what the claim has left of it
     * @param claimed how many tasks it got from this queue
     * @return null if the rate limit took nothing from the claim, the queue had no more, or nothing of it ever starts
     */
    public @Nullable Duration untilNext(RateLimit rate, TokenBucket bucket, int claimed) {
        if (rate.isBlocked() || claimed < this.limit || this.limit >= this.asked) {
            return null;
        }
        // Otherwise the queues before it have taken the slots, and as soon as one is free it may ask again.
        return this.limit < this.left ? bucket.untilNext(rate, this.left) : Duration.ZERO;
    }
}
