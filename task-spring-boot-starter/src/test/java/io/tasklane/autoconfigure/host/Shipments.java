package io.tasklane.autoconfigure.host;

import io.tasklane.Backoff;
import io.tasklane.Completion;
import io.tasklane.Task;
import io.tasklane.TaskContext;

/** Tasks that place orders in the transaction in which they complete; the first try fails after that. */
public class Shipments {

    private final Orders orders;

    public Shipments(Orders orders) {
        this.orders = orders;
    }

    @Task(queue = "email", completion = Completion.IN_TRANSACTION, retries = 1, backoff = @Backoff(initial = "0s"))
    public void ship(String order, TaskContext context) throws RefusedByCarrier {
        this.orders.place(order);
        if (context.attempt() == 1) {
            throw new RefusedByCarrier();
        }
    }

    /** A checked one, with which Spring would commit. */
    public static final class RefusedByCarrier extends Exception {}
}
