package io.tasklane.autoconfigure.host;

import io.tasklane.Task;
import java.util.concurrent.BlockingQueue;

/** The task of a host. */
public class Confirmations {

    private final BlockingQueue<String> confirmed;

    public Confirmations(Confirmed confirmed) {
        this.confirmed = confirmed.names();
    }

    @Task(queue = "email")
    public void confirm(String order) {
        this.confirmed.add(order);
    }
}
