package io.tasklane.sample.order;

import io.tasklane.Task;
import io.tasklane.sample.activity.ActivityLog;
import org.springframework.stereotype.Service;

/** Asks for a review some time after the order: a delayed task is a row with a due time, not a timer in memory. */
@Service
public class ReviewInvitations {

    private final ActivityLog activity;

    ReviewInvitations(ActivityLog activity) {
        this.activity = activity;
    }

    /** Runs no earlier than {@code shop.review-delay} after the call. */
    @Task(delay = "${shop.review-delay}")
    public void invite(long orderId) {
        this.activity.record("How was it? Review of order %d asked for".formatted(orderId));
    }
}
