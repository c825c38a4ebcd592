package io.tasklane.sample.mail;

import io.tasklane.TaskClient;
import io.tasklane.TaskHandle;
import io.tasklane.sample.order.CustomerRepository;
import java.util.List;
import org.springframework.stereotype.Service;

/** Enqueues mails with the options of {@link TaskClient}. */
@Service
public class Mailing {

    private final TaskClient tasks;

    private final Newsletter newsletter;

    private final CustomerRepository customers;

    Mailing(TaskClient tasks, Newsletter newsletter, CustomerRepository customers) {
        this.tasks = tasks;
        this.newsletter = newsletter;
        this.customers = customers;
    }

    /** One mail for each customer: many calls, one bulk insert, all or nothing. */
    public List<TaskHandle<?>> toAll(String subject) {
        return this.tasks.batch(
                () -> this.customers.findAll().forEach(customer -> this.newsletter.send(customer.getId(), subject)));
    }

    /** The same task, but ahead of everything that waits in the queue: somebody wants to log in. */
    public TaskHandle<Void> passwordReset(long customerId) {
        return this.tasks
                .with(options -> options.priority(100))
                .enqueue(() -> this.newsletter.send(customerId, "Reset your password"));
    }
}
