package io.tasklane.sample.order;

import io.tasklane.Task;
import io.tasklane.sample.activity.ActivityLog;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A durable event listener: publishing the event writes a task, in the publisher's transaction. */
@Service
public class LoyaltyPoints {

    private final CustomerRepository customers;

    private final ActivityLog activity;

    LoyaltyPoints(CustomerRepository customers, ActivityLog activity) {
        this.customers = customers;
        this.activity = activity;
    }

    /** One point for each whole unit of money. */
    @Task
    @EventListener
    @Transactional
    public void add(OrderPlaced event) {
        int points = event.amount().intValue();
        this.customers.addPoints(event.customerId(), points);
        this.activity.record("%d points for order %d".formatted(points, event.orderId()));
    }
}
