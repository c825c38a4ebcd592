package io.tasklane.sample.order;

import io.tasklane.Task;
import io.tasklane.sample.SimulatedWork;
import io.tasklane.sample.activity.ActivityLog;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an order sets off, by urgency: queues {@code high}, {@code medium} and {@code low} share one container that always
 * empties the first before it looks at the next.
 */
@Service
public class OrderTasks {

    private final OrderRepository orders;

    private final ActivityLog activity;

    private final SimulatedWork work;

    OrderTasks(OrderRepository orders, ActivityLog activity, SimulatedWork work) {
        this.orders = orders;
        this.activity = activity;
        this.work = work;
    }

    /** The customer looks at the phone now: first. */
    @Task(queue = "high")
    public void sendOtp(long orderId) {
        this.work.brief();
        int code = ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        this.activity.record("One-time password %d for order %d texted".formatted(code, orderId));
    }

    /** May take a minute. The worker calls through the proxy: {@code @Transactional} applies to the body. */
    @Task(queue = "medium")
    @Transactional
    public void sendEmail(long orderId) {
        CustomerOrder order = this.orders.findById(orderId).orElseThrow();
        this.work.brief();
        this.activity.record("Confirmation of order %d (%s) mailed to %s"
                .formatted(orderId, order.getItem(), order.getCustomer().getEmail()));
    }

    /** Nobody waits for it: last. */
    @Task(queue = "low")
    public void generateReport(long orderId) {
        this.work.brief();
        this.activity.record("Report on order %d written".formatted(orderId));
    }
}
