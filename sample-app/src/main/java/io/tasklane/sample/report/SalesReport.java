package io.tasklane.sample.report;

import java.math.BigDecimal;
import java.time.YearMonth;

/**
 * Sales of one month.
 *
 * @param month the month
 * @param orders number of orders
 * @param revenue sum of their amounts
 */
public record SalesReport(YearMonth month, long orders, BigDecimal revenue) {}
