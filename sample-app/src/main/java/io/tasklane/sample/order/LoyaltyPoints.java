package io.tasklane.sample.order;

import io.tasklane.Completion;
import io.tasklane.Task;
import io.tasklane.sample.activity.ActivityLog;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * A durable event listener: publishing the event writes a task, in the publisher's transaction. To add the points twice would
 * be a mistake, so the task completes in the transaction in which it adds them.
 */
@Service
public class LoyaltyPoints {

    private static final int VOUCHER_EVERY = 100;

    private final CustomerRepository customers;

    private final Vouchers vouchers;

    private final ActivityLog activity;

    LoyaltyPoints(CustomerRepository customers, Vouchers vouchers, ActivityLog activity) {
        this.customers = customers;
        this.vouchers = vouchers;
        this.activity = activity;
    }

    /**
     * One point for each whole unit of money, and a voucher at each hundred points. The points, the voucher's task and "this task
     * is done" are one transaction, which the worker opens: whatever crashes, each exists once, or not yet. The orders of one
     * customer are booked one after the other, in their order, so that none waits for another's transaction.
     */
    @Task(completion = Completion.IN_TRANSACTION, concurrencyKey = "#event.customerId()")
    @EventListener
    public void add(OrderPlaced event) {
        int points = event.amount().intValue();
        this.customers.addPoints(event.customerId(), points);
        int now = this.customers.findById(event.customerId()).orElseThrow().getPoints();
        if (now / VOUCHER_EVERY > (now - points) / VOUCHER_EVERY) {
            this.vouchers.send(event.customerId(), now / VOUCHER_EVERY * VOUCHER_EVERY);
        }
        this.activity.record("%d points for order %d".formatted(points, event.orderId()));
    }
}
