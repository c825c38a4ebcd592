package io.tasklane.sample.order;

import io.tasklane.sample.Emailing;
import io.tasklane.sample.SimulatedWork;
import io.tasklane.sample.activity.ActivityLog;
import org.springframework.stereotype.Service;

/** Mails vouchers: a task that another task enqueues. */
@Service
public class Vouchers {

    private final CustomerRepository customers;

    private final ActivityLog activity;

    private final SimulatedWork work;

    Vouchers(CustomerRepository customers, ActivityLog activity, SimulatedWork work) {
        this.customers = customers;
        this.activity = activity;
        this.work = work;
    }

    /** For so many points. */
    @Emailing
    public void send(long customerId, int points) {
        Customer customer = this.customers.findById(customerId).orElseThrow();
        this.work.brief();
        this.activity.record("Voucher for %d points mailed to %s".formatted(points, customer.getEmail()));
    }
}
