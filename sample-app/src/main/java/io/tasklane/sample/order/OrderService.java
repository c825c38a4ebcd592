package io.tasklane.sample.order;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders. The order and its tasks are stored in one transaction: either all of it exists afterwards, or nothing. */
@Service
public class OrderService {

    private final CustomerRepository customers;

    private final OrderRepository orders;

    private final OrderTasks tasks;

    private final ReviewInvitations reviews;

    private final ApplicationEventPublisher events;

    OrderService(
            CustomerRepository customers,
            OrderRepository orders,
            OrderTasks tasks,
            ReviewInvitations reviews,
            ApplicationEventPublisher events) {
        this.customers = customers;
        this.orders = orders;
        this.tasks = tasks;
        this.reviews = reviews;
        this.events = events;
    }

    /**
     * Stores the order and enqueues what is to be done about it.
     *
     * @throws OrderRefusedException if there is no such customer
     */
    @Transactional
    public CustomerOrder place(PlaceOrder wish) {
        Customer customer = this.customers
                .findById(wish.customerId())
                .orElseThrow(() -> new OrderRefusedException("There is no customer " + wish.customerId()));
        CustomerOrder order = this.orders.save(new CustomerOrder(customer, wish.item(), wish.amount()));

        // Plain calls, in the least urgent order on purpose: each writes one row and returns at once.
        this.tasks.generateReport(order.getId());
        this.tasks.sendEmail(order.getId());
        this.tasks.sendOtp(order.getId());
        this.reviews.invite(order.getId());
        this.events.publishEvent(new OrderPlaced(order.getId(), customer.getId(), order.getAmount()));
        return order;
    }

    /**
     * Does all that {@link #place} does and then fails: neither the order nor any of its tasks is there afterwards.
     *
     * @throws OrderRefusedException always
     */
    @Transactional
    public void placeAndFail(PlaceOrder wish) {
        CustomerOrder order = place(wish);
        throw new OrderRefusedException(
                "Order %d was stored and its tasks were enqueued; then the last item was sold.".formatted(order.getId())
                        + " The transaction is rolled back: no order, no tasks.");
    }
}
