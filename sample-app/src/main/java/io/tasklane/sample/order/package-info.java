/** Customers, orders, and the tasks that an order sets off. */
@NullMarked
package io.tasklane.sample.order;

import org.jspecify.annotations.NullMarked;
