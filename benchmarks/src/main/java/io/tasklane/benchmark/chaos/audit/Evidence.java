package io.tasklane.benchmark.chaos.audit;

import io.tasklane.benchmark.chaos.Order;
import io.tasklane.benchmark.chaos.fault.FaultWindow;
import java.util.List;

/**
 * All that is known of a run of chaos.
 *
 * @param orders what the producers know
 * @param faults what was done
 * @param history what the database knows
 */
public record Evidence(List<Order> orders, List<FaultWindow> faults, History history) {}
