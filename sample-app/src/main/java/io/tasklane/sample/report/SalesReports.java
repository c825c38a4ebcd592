package io.tasklane.sample.report;

import io.tasklane.Task;
import io.tasklane.TaskHandle;
import io.tasklane.sample.SimulatedWork;
import io.tasklane.sample.activity.ActivityLog;
import io.tasklane.sample.order.CustomerOrder;
import io.tasklane.sample.order.OrderRepository;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.stereotype.Service;

/** Long work in a dedicated queue: its container has two slots of its own, and takes nobody else's. */
@Service
public class SalesReports {

    private final OrderRepository orders;

    private final ActivityLog activity;

    private final SimulatedWork work;

    SalesReports(OrderRepository orders, ActivityLog activity, SimulatedWork work) {
        this.orders = orders;
        this.activity = activity;
        this.work = work;
    }

    /**
     * As with {@code @Async}: the body returns the value in a handle, the caller got a handle that waits for it. A report that
     * takes a minute hangs: it is interrupted, and tried once more.
     */
    @Task(queue = "reports", timeout = "1m")
    public TaskHandle<SalesReport> monthly(YearMonth month) {
        this.work.lengthy();
        List<CustomerOrder> sold = this.orders.findByPlacedAtGreaterThanEqualAndPlacedAtLessThan(
                startOf(month), startOf(month.plusMonths(1)));
        BigDecimal revenue = sold.stream().map(CustomerOrder::getAmount).reduce(BigDecimal.ZERO, BigDecimal::add);
        this.activity.record("Sales of %s: %d orders, %s".formatted(month, sold.size(), revenue));
        return TaskHandle.of(new SalesReport(month, sold.size(), revenue));
    }

    /** One part of a night's batch; keeps a slot of the queue busy for a while. */
    @Task(queue = "reports", name = "reports.archive")
    public void archive(int part) {
        this.work.lengthy();
        this.activity.record("Part %d of the archive written".formatted(part));
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
