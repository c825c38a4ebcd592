package io.tasklane.sample.web;

import io.tasklane.TaskClient;
import io.tasklane.sample.payment.Card;
import io.tasklane.sample.payment.Payments;
import io.tasklane.sample.report.SalesReports;
import io.tasklane.sample.webhook.Webhooks;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reports, payments and webhooks. */
@RestController
@ResponseStatus(HttpStatus.ACCEPTED)
class WorkController {

    private final TaskClient tasks;

    private final SalesReports reports;

    private final Payments payments;

    private final Webhooks webhooks;

    WorkController(TaskClient tasks, SalesReports reports, Payments payments, Webhooks webhooks) {
        this.tasks = tasks;
        this.reports = reports;
        this.payments = payments;
        this.webhooks = webhooks;
    }

    @PostMapping("/api/reports/{month}")
    EnqueuedTask report(@PathVariable YearMonth month) {
        return EnqueuedTask.of(this.reports.monthly(month));
    }

    @PostMapping("/api/archive")
    List<EnqueuedTask> archive(@RequestParam(defaultValue = "6") int parts) {
        return EnqueuedTask.of(
                this.tasks.batch(() -> IntStream.rangeClosed(1, parts).forEach(this.reports::archive)));
    }

    @PostMapping("/api/payments/{card}")
    EnqueuedTask pay(@PathVariable Card card) {
        return EnqueuedTask.of(this.tasks.enqueue(() -> this.payments.charge(card)));
    }

    @PostMapping("/api/refunds/{order}")
    EnqueuedTask refund(@PathVariable long order) {
        return EnqueuedTask.of(this.tasks.enqueue(() -> this.payments.refund(order)));
    }

    @PostMapping("/api/webhooks/{event}")
    EnqueuedTask webhook(@PathVariable String event) {
        return EnqueuedTask.of(this.tasks.enqueue(() -> this.webhooks.deliver(event)));
    }
}
