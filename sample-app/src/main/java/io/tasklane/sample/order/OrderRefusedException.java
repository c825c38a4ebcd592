package io.tasklane.sample.order;

/** The order cannot be taken; nothing of it is stored. */
public class OrderRefusedException extends RuntimeException {

    public OrderRefusedException(String message) {
        super(message);
    }
}
