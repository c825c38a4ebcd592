package io.tasklane.sample.order;

import java.math.BigDecimal;

/**
 * Somebody bought something.
 *
 * @param orderId the order
 * @param customerId who bought
 * @param amount for how much
 */
public record OrderPlaced(long orderId, long customerId, BigDecimal amount) {}
