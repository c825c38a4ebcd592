package io.tasklane.sample.mail;

import io.tasklane.sample.Emailing;
import io.tasklane.sample.SimulatedWork;
import io.tasklane.sample.activity.ActivityLog;
import io.tasklane.sample.order.Customer;
import io.tasklane.sample.order.CustomerRepository;
import org.springframework.stereotype.Service;

/** Sends one mail to one customer: a task for each, so that each is retried for itself. */
@Service
public class Newsletter {

    private final CustomerRepository customers;

    private final ActivityLog activity;

    private final SimulatedWork work;

    Newsletter(CustomerRepository customers, ActivityLog activity, SimulatedWork work) {
        this.customers = customers;
        this.activity = activity;
        this.work = work;
    }

    /** Its name in the database is {@code Newsletter.send}: simple class name and method. */
    @Emailing
    public void send(long customerId, String subject) {
        Customer customer = this.customers.findById(customerId).orElseThrow();
        this.work.brief();
        this.activity.record("'%s' mailed to %s".formatted(subject, customer.getEmail()));
    }
}
