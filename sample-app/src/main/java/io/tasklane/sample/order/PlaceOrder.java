package io.tasklane.sample.order;

import java.math.BigDecimal;

/**
 * Wish to buy.
 *
 * @param customerId who buys
 * @param item what
 * @param amount for how much
 */
public record PlaceOrder(long customerId, String item, BigDecimal amount) {}
